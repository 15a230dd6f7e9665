import { header, payload, statusCode } from "../../../model/location.ts";
import { blob, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { invokeFor } from "../invoke/answer-given.ts";
import {
  calledFunction,
  callOf,
  invocationGaps,
  invocationMembers,
  MOST_BYTES,
  tooLong,
} from "../invoke/invocation-given.ts";
import { invokeErrors } from "../invoke/invoke-errors.ts";
import { eventGaps, queued } from "../invoke/queued.ts";
import { lambdaOperation } from "../operation.ts";
import { executedVersion } from "../shapes.ts";

/** Runs a function and answers with what it returned. API_Invoke. */
export const invoke = lambdaOperation({
  name: "Invoke",
  http: { method: "POST", path: "/2015-03-31/functions/{FunctionName}/invocations" },
  input: structure({
    ...invocationMembers,
    InvocationType: header("X-Amz-Invocation-Type", string({ values: ["Event", "RequestResponse", "DryRun"] })),
    DurableExecutionName: header(
      "X-Amz-Durable-Execution-Name",
      string({ min: 1, max: 64, pattern: pattern("[a-zA-Z0-9-_]+") }),
    ),
  }),
  output: structure({
    StatusCode: statusCode(),
    FunctionError: header("X-Amz-Function-Error", string()),
    LogResult: header("X-Amz-Log-Result", string()),
    Payload: payload(blob({ mediaType: "application/json" })),
    ExecutedVersion: executedVersion,
    DurableExecutionArn: header("X-Amz-Durable-Execution-Arn", string()),
  }),
  errors: invokeErrors,
  maxDocumentBytes: MOST_BYTES,
  tooLong: tooLong("Invoke"),
  gaps: [...invocationGaps, "There are no durable executions; DurableExecutionName makes no difference.", ...eventGaps],
  async handle(context, input) {
    const called = calledFunction(context, input);
    if (input.InvocationType === "DryRun") return { StatusCode: 204 };
    const call = callOf(context, called, input);
    if (input.InvocationType === "Event") return queued(context, call);
    const answer = await invokeFor(context.invoke, call, context.call.signal);
    return {
      StatusCode: 200,
      ...(answer.type === "failed" && { FunctionError: "Unhandled" }),
      ...(input.LogType === "Tail" && { LogResult: Buffer.from(answer.log).toString("base64") }),
      Payload: Buffer.from(answer.payload),
      ExecutedVersion: answer.executedVersion,
    };
  },
});
