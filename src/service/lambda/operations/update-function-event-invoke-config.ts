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

/** Changes some of what asynchronous invocations come to. API_UpdateFunctionEventInvokeConfig. */
export const updateFunctionEventInvokeConfig = lambdaOperation({
  name: "UpdateFunctionEventInvokeConfig",
  http: { method: "POST", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config" },
  input: invokeConfigInput,
  output: invokeConfigAnswer,
  errors: changeErrors,
  handle(context, input) {
    const at = functionAt(context, input);
    checkAnything(input);
    const { functions, scope, name, qualifier } = at;
    functions.invokeConfigs.check(name, qualifier);
    const { modifiedAt: _before, onSuccess, onFailure, ...others } = functions.invokeConfigs.get(name, qualifier);
    checkDestinations(context, at, input);
    const { OnSuccess, OnFailure } = input.DestinationConfig ?? {};
    const settings = {
      ...others,
      ...(onSuccess !== undefined && OnSuccess === undefined && { onSuccess }),
      ...(onFailure !== undefined && OnFailure === undefined && { onFailure }),
      ...settingsGiven(input),
    };
    const config = functions.invokeConfigs.set(name, qualifier, settings);
    return describedInvokeConfig(scope, name, [qualifier, config]);
  },
});
