import { label } from "../../../model/location.ts";
import { string, structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { readName } from "../shapes.ts";

/** Shows the code signing configuration that a function was created with. API_GetFunctionCodeSigningConfig. */
export const getFunctionCodeSigningConfig = lambdaOperation({
  name: "GetFunctionCodeSigningConfig",
  http: { method: "GET", path: "/2020-06-30/functions/{FunctionName}/code-signing-config" },
  input: structure({ FunctionName: label(readName) }),
  output: structure({ CodeSigningConfigArn: string(), FunctionName: string() }),
  errors: questionErrors,
  handle(context, input) {
    const { functions, name } = functionAt(context, input);
    return { FunctionName: name, CodeSigningConfigArn: functions.get(name).codeSigning };
  },
});
