import { header, payload, statusCode } from "../../../model/location.ts";
import { blob, string, structure } from "../../../model/shape.ts";
import {
  calledFunction,
  callOf,
  invocationGaps,
  invocationMembers,
  MOST_BYTES,
  tooLong,
} from "../invoke/invocation-given.ts";
import { streamErrors } from "../invoke/invoke-errors.ts";
import { StreamedAnswer } from "../invoke/streamed-answer.ts";
import { lambdaEventOperation } from "../operation.ts";
import { executedVersion } from "../shapes.ts";

/** Runs a function and answers with what it writes, as it does. API_InvokeWithResponseStream. */
export const invokeWithResponseStream = lambdaEventOperation({
  name: "InvokeWithResponseStream",
  http: { method: "POST", path: "/2021-11-15/functions/{FunctionName}/response-streaming-invocations" },
  input: structure({
    ...invocationMembers,
    InvocationType: header("X-Amz-Invocation-Type", string({ values: ["RequestResponse", "DryRun"] })),
  }),
  output: structure({
    StatusCode: statusCode(),
    ExecutedVersion: executedVersion,
    ResponseStreamContentType: header("Content-Type", string()),
  }),
  events: structure({
    PayloadChunk: structure({ Payload: payload(blob()) }),
    InvokeComplete: structure({ ErrorCode: string(), ErrorDetails: string(), LogResult: string() }),
  }),
  errors: streamErrors,
  maxDocumentBytes: MOST_BYTES,
  tooLong: tooLong("InvokeWithResponseStream"),
  gaps: invocationGaps,
  async handle(context, input) {
    const called = calledFunction(context, input);
    if (input.InvocationType === "DryRun") return { StatusCode: 204, events: nothing() };
    const { invoke, call } = context;
    const answer = new StreamedAnswer(invoke, callOf(context, called, input), call.signal);
    return { ExecutedVersion: await answer.begun, events: eventsOf(answer, input.LogType === "Tail") };
  },
});

async function* eventsOf(answer: StreamedAnswer, showsLog: boolean): AsyncGenerator<object, void, void> {
  for await (const Payload of answer.chunks()) yield { PayloadChunk: { Payload } };
  const { type, payload: rest, log } = await answer.whole;
  if (type === "answered" && rest !== "") yield { PayloadChunk: { Payload: Buffer.from(rest) } };
  yield {
    InvokeComplete: {
      ...(type === "failed" && { ErrorCode: "Unhandled", ErrorDetails: rest }),
      ...(showsLog && { LogResult: Buffer.from(log).toString("base64") }),
    },
  };
}

async function* nothing(): AsyncGenerator<object, void, void> {}
