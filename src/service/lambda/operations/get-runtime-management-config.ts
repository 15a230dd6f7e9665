import { functionArn } from "../../../engine/function/function-book.ts";
import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Shows when the runtime of a version would be brought up to date. API_GetRuntimeManagementConfig. */
export const getRuntimeManagementConfig = lambdaOperation({
  name: "GetRuntimeManagementConfig",
  http: { method: "GET", path: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
  input: structure(qualifiedRead),
  output: structure({ UpdateRuntimeOn: string(), RuntimeVersionArn: string(), FunctionArn: string() }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    const { on, runtimeVersion } = functions.runtimeUpdates(name, qualifier);
    const FunctionArn = functionArn(scope, name, qualifier);
    return {
      UpdateRuntimeOn: on,
      FunctionArn,
      ...(runtimeVersion !== undefined && { RuntimeVersionArn: runtimeVersion }),
    };
  },
});
