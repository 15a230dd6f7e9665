import { label } from "../../../model/location.ts";
import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { unqualifiedAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { concurrency, writeName } from "../shapes.ts";

/** Reserves a part of the account's concurrency for a function. API_PutFunctionConcurrency. */
export const putFunctionConcurrency = lambdaOperation({
  name: "PutFunctionConcurrency",
  http: { method: "PUT", path: "/2017-10-31/functions/{FunctionName}/concurrency" },
  input: structure({ FunctionName: label(writeName), ReservedConcurrentExecutions: required(concurrency) }),
  output: structure({ ReservedConcurrentExecutions: concurrency }),
  errors: changeErrors,
  handle(context, { ReservedConcurrentExecutions, ...named }) {
    const { functions, name } = unqualifiedAt(context, named);
    functions.reserve(name, ReservedConcurrentExecutions);
    return { ReservedConcurrentExecutions };
  },
});
