import { label } from "../../../model/location.ts";
import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { bareName, recursion } from "../shapes.ts";

/** Says whether a function may be the cause of its own invocations. API_PutFunctionRecursionConfig. */
export const putFunctionRecursionConfig = lambdaOperation({
  name: "PutFunctionRecursionConfig",
  http: { method: "PUT", path: "/2024-08-31/functions/{FunctionName}/recursion-config" },
  input: structure({ FunctionName: label(bareName), RecursiveLoop: required(recursion) }),
  output: structure({ RecursiveLoop: recursion }),
  errors: changeErrors,
  handle(context, { RecursiveLoop, ...named }) {
    const { functions, name } = functionAt(context, named);
    functions.setRecursion(name, RecursiveLoop === "Allow" ? "Allow" : "Terminate");
    return { RecursiveLoop };
  },
});
