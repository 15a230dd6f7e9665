import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { bareName, recursion } from "../shapes.ts";

/** Shows whether a function may be the cause of its own invocations. API_GetFunctionRecursionConfig. */
export const getFunctionRecursionConfig = lambdaOperation({
  name: "GetFunctionRecursionConfig",
  http: { method: "GET", path: "/2024-08-31/functions/{FunctionName}/recursion-config" },
  input: structure({ FunctionName: label(bareName) }),
  output: structure({ RecursiveLoop: recursion }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, name } = functionAt(context, input);
    return { RecursiveLoop: functions.get(name).recursion };
  },
});
