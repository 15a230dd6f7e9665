import { ResourceNotFound } from "../../../engine/function/function-errors.ts";
import { policyText } from "../../../engine/function/policies.ts";
import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Shows who may invoke a function, a version or an alias. API_GetPolicy. */
export const getPolicy = lambdaOperation({
  name: "GetPolicy",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/policy" },
  input: structure(qualifiedRead),
  output: structure({ Policy: string(), RevisionId: string() }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, name, qualifier } = functionAt(context, input);
    const policy = functions.policies.find(name, qualifier);
    if (policy === undefined) throw new ResourceNotFound("The resource you requested does not exist.");
    return { Policy: policyText(policy.statements), RevisionId: policy.revisionId };
  },
});
