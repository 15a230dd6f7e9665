import { structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Has asynchronous invocations come to what they do by default. API_DeleteFunctionEventInvokeConfig. */
export const deleteFunctionEventInvokeConfig = lambdaOperation({
  name: "DeleteFunctionEventInvokeConfig",
  http: { method: "DELETE", path: "/2019-09-25/functions/{FunctionName}/event-invoke-config", status: 204 },
  input: structure(qualifiedRead),
  errors: changeErrors,
  handle(context, input) {
    const { functions, name, qualifier } = functionAt(context, input);
    functions.invokeConfigs.delete(name, qualifier);
  },
});
