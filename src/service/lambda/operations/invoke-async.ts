import { ResourceConflict, ResourceNotFound } from "../../../engine/function/function-errors.ts";
import { label, payload, statusCode } from "../../../model/location.ts";
import { blob, required, structure } from "../../../model/shape.ts";
import { Service } from "../errors.ts";
import { calledFunction, callOf, tooLong } from "../invoke/invocation-given.ts";
import { InvalidRequestContent, InvalidRuntime } from "../invoke/invoke-errors.ts";
import { eventGaps, MOST_BYTES, queued } from "../invoke/queued.ts";
import { lambdaOperation } from "../operation.ts";
import { readName } from "../shapes.ts";

/** Has a function run, some time: what Invoke does with an Event, under its first name. API_InvokeAsync. */
export const invokeAsync = lambdaOperation({
  name: "InvokeAsync",
  http: { method: "POST", path: "/2014-11-13/functions/{FunctionName}/invoke-async" },
  input: structure({ FunctionName: label(readName), InvokeArgs: required(payload(blob())) }),
  output: structure({ Status: statusCode() }),
  errors: [InvalidRequestContent, InvalidRuntime, ResourceConflict, ResourceNotFound, Service],
  maxDocumentBytes: MOST_BYTES,
  tooLong: tooLong("InvokeAsync", MOST_BYTES),
  gaps: eventGaps,
  handle(context, { FunctionName, InvokeArgs: Payload }) {
    const called = calledFunction(context, { FunctionName });
    const { StatusCode: Status } = queued(context, callOf(context, called, { FunctionName, Payload }));
    return { Status };
  },
});
