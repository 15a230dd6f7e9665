import { callerArn, callerUserId } from "../../../kernel/scope.ts";
import { string, structure } from "../../../model/shape.ts";
import { stsOperation } from "../operation.ts";

/** Tells who signed the request. API_GetCallerIdentity, STS API reference. AWS: nobody needs a permission for it. */
export const getCallerIdentity = stsOperation({
  name: "GetCallerIdentity",
  input: structure({}),
  output: structure({ Arn: string(), UserId: string(), Account: string() }),
  errors: [],
  handle: ({ call: { scope } }) => ({
    Arn: callerArn(scope),
    UserId: callerUserId(scope.account),
    Account: scope.account,
  }),
});
