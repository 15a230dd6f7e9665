import { label } from "../../../model/location.ts";
import { structure } from "../../../model/shape.ts";
import { questionErrors } from "../errors.ts";
import { unqualifiedAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { concurrency, writeName } from "../shapes.ts";

/** Shows what is reserved for a function. API_GetFunctionConcurrency. */
export const getFunctionConcurrency = lambdaOperation({
  name: "GetFunctionConcurrency",
  http: { method: "GET", path: "/2019-09-30/functions/{FunctionName}/concurrency" },
  input: structure({ FunctionName: label(writeName) }),
  output: structure({ ReservedConcurrentExecutions: concurrency }),
  errors: questionErrors,
  handle(context, named) {
    const { functions, name } = unqualifiedAt(context, named);
    return { ReservedConcurrentExecutions: functions.get(name).reservedConcurrency };
  },
});
