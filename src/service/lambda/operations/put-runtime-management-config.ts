import { functionArn } from "../../../engine/function/function-book.ts";
import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { changeErrors } from "../errors.ts";
import { functionAt } from "../function/function-name.ts";
import { lambdaOperation } from "../operation.ts";
import { qualifiedRead } from "../shapes.ts";

/** Says when the runtime of a version is to be brought up to date. API_PutRuntimeManagementConfig. */
export const putRuntimeManagementConfig = lambdaOperation({
  name: "PutRuntimeManagementConfig",
  http: { method: "PUT", path: "/2021-07-20/functions/{FunctionName}/runtime-management-config" },
  input: structure({
    ...qualifiedRead,
    UpdateRuntimeOn: required(string({ values: ["Auto", "Manual", "FunctionUpdate"] })),
    RuntimeVersionArn: string({
      min: 26,
      max: 2048,
      pattern: pattern("arn:(aws[a-zA-Z-]*):lambda:[a-z]{2}((-gov)|(-iso(b?)))?-[a-z]+-\\d{1}::runtime:.+"),
    }),
  }),
  output: structure({
    UpdateRuntimeOn: required(string()),
    FunctionArn: required(string()),
    RuntimeVersionArn: string(),
  }),
  errors: changeErrors,
  gaps: ["It is kept and shown; runtimes are those of this machine. A version that is published begins with Auto."],
  handle(context, { UpdateRuntimeOn, RuntimeVersionArn, ...named }) {
    const { functions, scope, name, qualifier } = functionAt(context, named);
    const FunctionArn = functionArn(scope, name, qualifier);
    if (UpdateRuntimeOn !== "Manual") {
      const on = UpdateRuntimeOn === "FunctionUpdate" ? "FunctionUpdate" : "Auto";
      if (RuntimeVersionArn !== undefined) throw new InvalidParameterValue(unexpectedText(on));
      functions.setRuntimeUpdates(name, qualifier, { on });
      return { UpdateRuntimeOn, FunctionArn };
    }
    if (RuntimeVersionArn === undefined) throw new InvalidParameterValue(MISSING);
    functions.setRuntimeUpdates(name, qualifier, { on: "Manual", runtimeVersion: RuntimeVersionArn });
    return { UpdateRuntimeOn, FunctionArn, RuntimeVersionArn };
  },
});

// AWS: its words, observed of stacks.
const MISSING =
  "Missing runtime version ARN. A runtime version ARN is required when UpdateRuntimeVersionOn=Manual. Provide a valid runtime version ARN and retry the request.";

function unexpectedText(on: string): string {
  return `Unexpected runtime version ARN when UpdateRuntimeVersionOn=${on}. Remove the runtime version ARN and retry the request.`;
}
