import { functionArn } from "../../../engine/function/function-book.ts";
import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Tells that the runtime of a function is always the newest. API_GetRuntimeManagementConfig. */
export const getRuntimeManagementConfig = lambdaOperation({
  name: "GetRuntimeManagementConfig",
  http: { method: "GET", path: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
  input: structure(qualifiedRead),
  output: structure({ UpdateRuntimeOn: string(), RuntimeVersionArn: string(), FunctionArn: string() }),
  errors: questionErrors,
  gaps: ["It cannot be set."],
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    functions.resolve(name, qualifier);
    return { UpdateRuntimeOn: "Auto", FunctionArn: functionArn(scope, name, qualifier) };
  },
});
