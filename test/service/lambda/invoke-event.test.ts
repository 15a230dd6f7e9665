import { expect, test } from "vitest";
import type { QueuedEvent } from "../../../src/engine/invocation.ts";
import { aLambda, arnOf } from "../../support/lambda.ts";

/** Lambda, and the events that were queued. */
function queueing() {
  const queued: QueuedEvent[] = [];
  const lambda = aLambda({
    queueEvent(event) {
      queued.push(event);
      return { requestId: event.requestId ?? "" };
    },
  });
  return { ...lambda, queued };
}

test("an Event is queued under the id of its request and answered with 202 and nothing", async () => {
  const lambda = queueing();
  await lambda.create("f");
  const Payload = Buffer.from('{ "a": 1 }');
  const answer = await lambda.call("Invoke", { FunctionName: "f", InvocationType: "Event", Payload });
  expect(answer).toEqual({ StatusCode: 202 });
  expect(lambda.queued).toEqual([
    { functionArn: arnOf("f"), payload: '{ "a": 1 }', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  ]);
});

test("an Event without a payload is {}, and one for an alias goes by that", async () => {
  const lambda = queueing();
  await lambda.create("f", { Publish: true });
  await lambda.call("CreateAlias", { FunctionName: "f", Name: "live", FunctionVersion: "1" });
  await lambda.call("Invoke", { FunctionName: "f:live", InvocationType: "Event" });
  expect(lambda.queued).toMatchObject([{ functionArn: `${arnOf("f")}:live`, payload: "{}" }]);
});

test.for([
  { bytes: 1024 * 1024, isTaken: true },
  { bytes: 1024 * 1024 + 1, isTaken: false },
])("an Event of $bytes bytes", async ({ bytes, isTaken }) => {
  const lambda = queueing();
  await lambda.create("f");
  const Payload = Buffer.from(`"${"x".repeat(bytes - 2)}"`);
  const answer = lambda.call("Invoke", { FunctionName: "f", InvocationType: "Event", Payload });
  if (isTaken) expect(await answer).toEqual({ StatusCode: 202 });
  else await expect(answer).rejects.toMatchObject({ shape: "RequestTooLargeException", status: 413 });
});

test("an Event that is no JSON, or for nobody, is refused at once", async () => {
  const lambda = queueing();
  await lambda.create("f");
  const invoke = (FunctionName: string, text: string) =>
    lambda.call("Invoke", { FunctionName, InvocationType: "Event", Payload: Buffer.from(text) });
  await expect(invoke("f", "{")).rejects.toMatchObject({ shape: "InvalidRequestContentException" });
  await expect(invoke("g", "{}")).rejects.toMatchObject({ shape: "ResourceNotFoundException" });
  expect(lambda.queued).toEqual([]);
});

test.for([
  { what: "no base64", ClientContext: "?", text: "Client context must be a valid Base64-encoded JSON object." },
  { what: "a list", ClientContext: "WzFd", text: "Client context must be a valid Base64-encoded JSON object." },
  { what: "null", ClientContext: "bnVsbA==", text: "Client context must be a valid Base64-encoded JSON object." },
  {
    what: "more than 3583 bytes",
    ClientContext: Buffer.from(JSON.stringify({ custom: { a: "x".repeat(2670) } })).toString("base64"),
    text: "Client context has 3583 bytes of base64-encoded data at most.",
  },
])("a client context of $what is refused before the function runs", async ({ ClientContext, text }) => {
  const lambda = queueing();
  await lambda.create("f");
  expect(await lambda.failure("Invoke", { FunctionName: "f", ClientContext })).toBe(
    `400 InvalidRequestContentException: ${text}`,
  );
});

test("InvokeAsync queues an event under its first name, of 1 MB at most", async () => {
  const lambda = queueing();
  await lambda.create("f");
  const ask = (FunctionName: string, text: string) =>
    lambda.call("InvokeAsync", { FunctionName, InvokeArgs: Buffer.from(text) });
  expect(await ask("f", '{ "a": 1 }')).toEqual({ Status: 202 });
  expect(lambda.queued).toEqual([
    { functionArn: arnOf("f"), payload: '{ "a": 1 }', requestId: expect.stringMatching(/^[0-9a-f-]{36}$/) },
  ]);
  await expect(ask("f", "{")).rejects.toMatchObject({ shape: "InvalidRequestContentException" });
  await expect(ask("g", "{}")).rejects.toMatchObject({ shape: "ResourceNotFoundException" });
});
