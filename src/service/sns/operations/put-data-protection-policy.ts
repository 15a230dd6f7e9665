import { required, string, structure } from "../../../model/shape.ts";
import { checkDataProtectionPolicy } from "../data-protection-policy.ts";
import { InvalidSecurity, resourceErrors } from "../errors.ts";
import { snsOperation } from "../operation.ts";
import { protectedTopic } from "../resource.ts";

/** Gives a topic a data protection policy, or takes it away. API_PutDataProtectionPolicy. */
export const putDataProtectionPolicy = snsOperation({
  name: "PutDataProtectionPolicy",
  input: structure({ ResourceArn: required(string()), DataProtectionPolicy: required(string()) }),
  errors: [...resourceErrors, InvalidSecurity],
  gaps: ["The policy is stored; messages are neither audited, masked nor denied by it."],
  handle(context, { ResourceArn, DataProtectionPolicy }) {
    const topic = protectedTopic(context, ResourceArn);
    const { definition } = topic;
    const dataProtectionPolicy = checkDataProtectionPolicy(DataProtectionPolicy, definition.settings);
    topic.configure({ ...definition, dataProtectionPolicy });
  },
});
