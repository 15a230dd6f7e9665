import { structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { configurationGaps, functionConfiguration } from "../function/configuration-shapes.ts";
import { describedNow } from "../function/description.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Shows how a function or a version of it is run. API_GetFunctionConfiguration. */
export const getFunctionConfiguration = lambdaOperation({
  name: "GetFunctionConfiguration",
  http: { method: "GET", path: "/2015-03-31/functions/{FunctionName}/configuration" },
  input: structure(qualifiedRead),
  output: functionConfiguration,
  errors: questionErrors,
  gaps: configurationGaps,
  handle(context, input) {
    const { functions, scope, name, qualifier } = functionAt(context, input);
    return describedNow({ scope, name, qualifier, version: functions.resolve(name, qualifier).version });
  },
});
