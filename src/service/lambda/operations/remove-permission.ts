import {
  InvalidParameterValue,
  PreconditionFailed,
  ResourceNotFound,
} from "../../../engine/function/function-errors.ts";
import { label, query } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { anyErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Takes a permission away. API_RemovePermission. */
export const removePermission = lambdaOperation({
  name: "RemovePermission",
  http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}/policy/{StatementId}", status: 204 },
  input: structure({
    ...qualifiedRead,
    StatementId: label(string({ min: 1, max: 100, pattern: pattern("([a-zA-Z0-9-_.]+)") })),
    RevisionId: query("RevisionId", string()),
  }),
  errors: [InvalidParameterValue, ResourceNotFound, PreconditionFailed, ...anyErrors],
  handle(context, input) {
    const { functions, name, qualifier } = functionAt(context, input);
    functions.policies.remove(name, qualifier, input.StatementId, input.RevisionId);
  },
});
