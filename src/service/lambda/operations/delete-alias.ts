import { InvalidParameterValue, ResourceConflict } from "../../../engine/function/function-errors.ts";
import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { aliasName } from "../alias/alias-description.ts";
import { anyErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { writeName } from "../shapes.ts";

/** Deletes an alias; one that is not there is no error. API_DeleteAlias. */
export const deleteAlias = lambdaOperation({
  name: "DeleteAlias",
  http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}/aliases/{Name}", status: 204 },
  input: structure({ FunctionName: label(writeName), Name: label(aliasName) }),
  errors: [InvalidParameterValue, ResourceConflict, ...anyErrors],
  handle(context, { Name, ...named }) {
    const { functions, name } = functionAt(context, named);
    functions.aliases.delete(name, Name);
  },
});
