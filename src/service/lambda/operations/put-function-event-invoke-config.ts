import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { checkAnything, checkDestinations } from "../invoke-config/destination-check.ts";
import {
  describedInvokeConfig,
  invokeConfigAnswer,
  invokeConfigInput,
  settingsGiven,
} from "../invoke-config/invoke-config-shapes.ts";
import { lambdaOperation } from "../operation.ts";

/** Says what asynchronous invocations come to, in place of what was said before. API_PutFunctionEventInvokeConfig. */
export const putFunctionEventInvokeConfig = lambdaOperation({
  name: "PutFunctionEventInvokeConfig",
  http: { method: "PUT", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  input: invokeConfigInput,
  output: invokeConfigAnswer,
  errors: changeErrors,
  handle(context, input) {
    const at = functionAt(context, input);
    checkAnything(input);
    const { functions, scope, name, qualifier } = at;
    functions.invokeConfigs.check(name, qualifier);
    checkDestinations(context, at, input);
    const config = functions.invokeConfigs.set(name, qualifier, settingsGiven(input));
    return describedInvokeConfig(scope, name, [qualifier, config]);
  },
});
