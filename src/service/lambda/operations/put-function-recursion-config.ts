import { label } from "../../../model/location.ts";
import { required, structure } from "../../../model/shape.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { bareName, recursion } from "../shapes.ts";

/** Says whether a function may be the cause of its own invocations. API_PutFunctionRecursionConfig. */
export const putFunctionRecursionConfig = lambdaOperation({
  name: "PutFunctionRecursionConfig",
  http: { method: "PUT", path: "/2024-08-31/functions/{FunctionName}/recursion-config" },
  input: structure({ FunctionName: label(bareName), RecursiveLoop: required(recursion) }),
  output: structure({ RecursiveLoop: recursion }),
  errors: changeErrors,
  gaps: [
    "Loops are noticed by the trace header that AWS's SDKs hand on in the process of a function; a handler that runs in the program itself hands on none.",
    "Of a batch of a queue the messages that went in a loop fail, and the others are handled; what AWS does with those is not known.",
  ],
  handle(context, { RecursiveLoop, ...named }) {
    const { functions, name } = functionAt(context, named);
    functions.setRecursion(name, RecursiveLoop === "Allow" ? "Allow" : "Terminate");
    return { RecursiveLoop };
  },
});
