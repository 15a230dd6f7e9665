import {
  CreateEventSourceMappingCommand,
  InvokeCommand,
  InvokeWithResponseStreamCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { ACCOUNT, arnOf, f, queueArn } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";

const PID = "exports.handler = async () => process.pid;";

let emulator: Emulator;
let caller: FunctionCaller;
let sqs: SQSClient;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
  sqs = emulator.client(SQSClient);
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  emulator.clock().freeze();
});

const queueUrl = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;
const createQueue = (QueueName: string, Attributes: Record<string, string> = {}) =>
  sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
const invocations = () => emulator.invocations({ function: "f" });

/** The next message of a queue. */
async function received(name: string) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl: queueUrl(name), WaitTimeSeconds: 20 }),
  );
  return Messages[0];
}

/** Asked for by way of the server, so that it goes on. */
async function invoked(times: number): Promise<void> {
  let count = 0;
  while (count < times) {
    const response = await fetch(`${emulator.endpoint}/_waystation/invocations?function=f`);
    count = JSON.parse(await response.text()).invocations.length;
  }
}

async function counts() {
  return (await emulator.faults.list()).map(({ matched, fired }) => [matched, fired]);
}

describe("a client", () => {
  test("gets the function error that is asked for, then the function", async () => {
    await caller.create(PID);
    const effect = { type: "fail-invocation", errorType: "TypeError", errorMessage: "no" };
    await emulator.faults.add({ resource: "f", times: 1, effect });
    expect(await caller.invoke()).toMatchObject({
      ...{ status: 200, error: "Unhandled", version: "$LATEST" },
      value: { errorType: "TypeError", errorMessage: "no" },
    });
    expect((await caller.invoke()).value).toEqual(expect.any(Number));
    expect(await counts()).toEqual([[2, 1]]);
  });

  test("hears of a time-out at once, with the function's own timeout", async () => {
    await caller.create(PID, { Timeout: 900 });
    await emulator.faults.add({ resource: arnOf("f"), effect: "time-out-invocation" });
    const { requestId, error, text, log } = await caller.invoke({}, { LogType: "Tail" });
    const errorMessage = `RequestId: ${requestId} Error: Task timed out after 900.00 seconds`;
    expect({ error, text }).toEqual({
      error: "Unhandled",
      text: JSON.stringify({ errorType: "Sandbox.Timedout", errorMessage }),
    });
    expect(log).toContain("Task timed out after 900.00 seconds");
  });

  test("whose function timed out meets a new process, as the one before ended with it", async () => {
    await caller.create(PID);
    const before = (await caller.invoke()).value;
    await emulator.faults.add({ resource: "f", effect: "time-out-invocation", times: 1 });
    await caller.invoke();
    const after = (await caller.invoke()).value;
    expect([after === before, (await caller.invoke()).value === after]).toEqual([false, true]);
  });

  test("whose invocation waits hears that it was given up when everything is forgotten", async () => {
    await caller.create(PID);
    await emulator.faults.add({ resource: "f", effect: { type: "delay-invocation", duration: "10s" } });
    const clock = emulator.clock();
    const answer = caller.invoke().catch((cause: Error) => cause.message);
    while (clock.pending === 0) await (await fetch(`${emulator.endpoint}/_waystation/faults`)).text();
    emulator.reset(ACCOUNT);
    expect(await answer).toBe("The invocation was given up.");
    await caller.create(PID);
    await emulator.clock().advance("1h");
    expect(await invocations()).toEqual([]);
  });

  test("is throttled with a reason, by the concurrency that is reserved where some is", async () => {
    await caller.create(PID);
    await emulator.faults.add({ service: "lambda", effect: "throttle-invocation" });
    await expect(caller.invoke()).rejects.toMatchObject({
      ...{ name: "TooManyRequestsException", Reason: "ConcurrentInvocationLimitExceeded" },
      $metadata: { httpStatusCode: 429 },
    });
    await caller.client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 1 }));
    const Reason = "ReservedFunctionConcurrentInvocationLimitExceeded";
    await expect(caller.invoke()).rejects.toMatchObject({ Reason });
  });

  test("meets a new process", async () => {
    await caller.create(PID);
    const pids = [(await caller.invoke()).value, (await caller.invoke()).value];
    await emulator.faults.add({ resource: "f", times: 1, effect: "cold-start" });
    pids.push((await caller.invoke()).value, (await caller.invoke()).value);
    expect([pids[1] === pids[0], pids[2] === pids[1], pids[3] === pids[2]]).toEqual([true, false, true]);
  });

  test("waits for the account's clock, which goes on", async () => {
    await caller.create(PID);
    await emulator.faults.add({ resource: "f", effect: { type: "delay-invocation", duration: "10s" } });
    const clock = emulator.clock();
    const start = clock.now();
    const answer = caller.invoke();
    while (clock.pending === 0) await (await fetch(`${emulator.endpoint}/_waystation/faults`)).text();
    await clock.advance("1h");
    expect((await answer).value).toEqual(expect.any(Number));
    expect(await invocations()).toMatchObject([{ time: formatIso8601(start + 10_000) }]);
  });

  test("who streams gets the function error", async () => {
    await caller.create(PID);
    await emulator.faults.add({ resource: "f", effect: "fail-invocation" });
    const { EventStream = [] } = await caller.client.send(new InvokeWithResponseStreamCommand(f));
    let end: { readonly ErrorCode?: string | undefined } | undefined;
    for await (const { InvokeComplete } of EventStream) end = InvokeComplete ?? end;
    expect(end).toMatchObject({ ErrorCode: "Unhandled" });
  });

  test("hears of a function that is missing as without faults", async () => {
    await emulator.faults.add({ effect: "fail-invocation" });
    await expect(caller.invoke()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
    expect(await counts()).toEqual([[0, 0]]);
  });

  test("has calls go wrong as those of other services", async () => {
    await caller.create(PID);
    const rule = { operation: "Invoke", resource: arnOf("f"), times: 1 };
    await emulator.faults.add({ ...rule, effect: "throttle" });
    await expect(caller.invoke()).rejects.toMatchObject({
      ...{ name: "TooManyRequestsException", Reason: "CallerRateLimitExceeded" },
      $metadata: { httpStatusCode: 429 },
    });
    await emulator.faults.add({ ...rule, effect: { type: "error", code: "ServiceException" } });
    await expect(caller.invoke()).rejects.toMatchObject({ name: "ServiceException" });
    expect((await caller.invoke()).value).toEqual(expect.any(Number));
    expect(await invocations()).toHaveLength(1);
  });
});

describe("a queue", () => {
  const map = (EventSourceArn: string) =>
    caller.client.send(new CreateEventSourceMappingCommand({ ...f, EventSourceArn }));
  const send = () => sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("q"), MessageBody: "a" }));

  test("whose function fails twice has its message in the dead-letter queue", async () => {
    await caller.create(PID);
    await createQueue("dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 2 });
    await createQueue("q", { VisibilityTimeout: "60", RedrivePolicy });
    await emulator.faults.add({ resource: "f", times: 2, effect: "fail-invocation" });
    await map(queueArn("q"));
    const { MessageId } = await send();
    for (const times of [1, 2]) {
      await invoked(times);
      await emulator.clock().advance("60s");
    }
    expect(await received("dead")).toMatchObject({ MessageId, Body: "a" });
    expect((await invocations()).map(({ outcome }) => outcome)).toEqual(["failed", "failed"]);
  });

  test("whose function is throttled tries again with the same message", async () => {
    await caller.create(PID);
    await createQueue("q", { VisibilityTimeout: "360" });
    await emulator.faults.add({ resource: "f", times: 2, effect: "throttle-invocation" });
    await map(queueArn("q"));
    await send();
    for (const times of [1, 2]) {
      await invoked(times);
      await emulator.clock().advance("60s");
    }
    await invoked(3);
    const outcomes = (await invocations()).map(({ outcome }) => outcome);
    expect(outcomes).toEqual(["throttled", "throttled", "answered"]);
  });
});

test("nothing of a queue or of an event reaches the functions that come after a reset", async () => {
  const given = async () => {
    await caller.create(PID);
    await createQueue("q", { VisibilityTimeout: "60" });
    const EventSourceArn = queueArn("q");
    await caller.client.send(new CreateEventSourceMappingCommand({ ...f, EventSourceArn, BatchSize: 1 }));
  };
  await given();
  await emulator.faults.add({ resource: "f", times: 1, effect: "throttle-invocation" });
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("q"), MessageBody: "a" }));
  await invoked(1);
  await emulator.faults.add({ resource: "f", effect: { type: "delay-invocation", duration: "10s" } });
  await sqs.send(new SendMessageCommand({ QueueUrl: queueUrl("q"), MessageBody: "b" }));
  await caller.client.send(new InvokeCommand({ ...f, InvocationType: "Event", Payload: "{}" }));
  emulator.reset(ACCOUNT);
  await given();
  await emulator.clock().advance("1h");
  expect(await invocations()).toEqual([]);
  expect(emulator.clock().pending).toBe(0);
});

test("an event whose attempts time out goes to its destination after three of them", async () => {
  await caller.create(PID);
  await createQueue("failed");
  const DestinationConfig = { OnFailure: { Destination: queueArn("failed") } };
  await caller.client.send(new PutFunctionEventInvokeConfigCommand({ ...f, DestinationConfig }));
  await emulator.faults.add({ resource: "f", effect: "time-out-invocation" });
  await caller.client.send(new InvokeCommand({ ...f, InvocationType: "Event", Payload: "{}" }));
  await emulator.settled({ within: "1h" });
  const { Body = "" } = (await received("failed")) ?? {};
  expect(JSON.parse(Body)).toMatchObject({
    requestContext: { condition: "RetriesExhausted", approximateInvokeCount: 3 },
    responsePayload: { errorType: "Sandbox.Timedout" },
  });
});
