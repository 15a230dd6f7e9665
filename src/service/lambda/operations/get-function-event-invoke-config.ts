import { structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { describedInvokeConfig, invokeConfigAnswer } from "../invoke-config/invoke-config-shapes.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Shows what asynchronous invocations come to. API_GetFunctionEventInvokeConfig. */
export const getFunctionEventInvokeConfig = lambdaOperation({
  name: "GetFunctionEventInvokeConfig",
  http: { method: "GET", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  input: structure(qualifiedRead),
  output: invokeConfigAnswer,
  errors: questionErrors,
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    return describedInvokeConfig(scope, name, [qualifier, functions.invokeConfigs.get(name, qualifier)]);
  },
});
