import { required, string, structure } from "../../../model/shape.ts";
import { InvalidSecurity, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { protectedTopic } from "../resource.ts";
import { arn } from "../shapes.ts";

/** Shows the data protection policy of a topic, if it has one. API_GetDataProtectionPolicy. */
export const getDataProtectionPolicy = snsOperation({
  name: "GetDataProtectionPolicy",
  input: structure({ ResourceArn: required(arn) }),
  output: structure({ DataProtectionPolicy: string() }),
  errors: [...resourceErrors, InvalidSecurity],
  handle: (context, { ResourceArn }) => ({
    DataProtectionPolicy: protectedTopic(context, ResourceArn).definition.dataProtectionPolicy,
  }),
});
