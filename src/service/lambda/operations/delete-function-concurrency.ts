import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { unqualifiedAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { writeName } from "../shapes.ts";

/** Gives what is reserved for a function back to all of them. API_DeleteFunctionConcurrency. */
export const deleteFunctionConcurrency = lambdaOperation({
  name: "DeleteFunctionConcurrency",
  http: { method: "DELETE", path: "/2017-10-31/functions/{FunctionName}/concurrency", status: 204 },
  input: structure({ FunctionName: label(writeName) }),
  errors: changeErrors,
  handle(context, named) {
    const { functions, name } = unqualifiedAt(context, named);
    functions.unreserve(name);
  },
});
