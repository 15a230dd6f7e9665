import { LATEST } from "../../../engine/function/function.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { statusCode } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Deletes a function with all that belongs to it, or a version. API_DeleteFunction. */
export const deleteFunction = lambdaOperation({
  name: "DeleteFunction",
  // AWS: 200 in the model of 2026, 204 before; clients take either.
  http: { method: "DELETE", path: "/2015-03-31/functions/{FunctionName}", status: 204 },
  input: structure(qualifiedRead),
  output: structure({ StatusCode: statusCode() }),
  errors: changeErrors,
  handle(context, input) {
    const { functions, name, qualifier } = functionAt(context, input);
    if (qualifier === undefined) functions.delete(name);
    else if (qualifier === LATEST) {
      throw new InvalidParameterValue("$LATEST version cannot be deleted without deleting the function.");
    } else if (!/^\d+$/.test(qualifier)) {
      throw new InvalidParameterValue("Deletion of aliases is not currently supported.");
    } else functions.deleteVersion(name, qualifier);
    return {};
  },
});
