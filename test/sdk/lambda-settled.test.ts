import { Kinesis } from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  InvokeCommand,
} from "@aws-sdk/client-lambda";
import { SQS } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { ACCOUNT, queueArn, REGION } from "../support/lambda.ts";
import { aLambdaServer, lambdaClient } from "../support/lambda-server.ts";

// Lambda reference 14.5

interface HandledEvent {
  readonly Records?: readonly { readonly body?: string }[];
  readonly window?: object;
  readonly isFinalInvokeForWindow?: boolean;
}
type Handler = (event: HandledEvent) => unknown;

/** A server whose time stands still, with a function, a queue with a dead-letter queue, and a stream. */
async function aWorld(handler: Handler = () => null) {
  const events: HandledEvent[] = [];
  const f = async (event: HandledEvent) => {
    events.push(event);
    return handler(event);
  };
  const emulator = await aLambdaServer({ functions: { f } });
  const [sqs, kinesis, lambda] = [emulator.client(SQS), emulator.client(Kinesis), lambdaClient(emulator)];
  const deadLetterTargetArn = queueArn("dead");
  await sqs.createQueue({ QueueName: "dead" });
  const create = (QueueName: string, maxReceiveCount?: number) => {
    const redrive = maxReceiveCount && { RedrivePolicy: JSON.stringify({ deadLetterTargetArn, maxReceiveCount }) };
    return sqs.createQueue({ QueueName, Attributes: { VisibilityTimeout: "60", ...redrive } });
  };
  await create("q", 2);
  await create("endless");
  await kinesis.createStream({ StreamName: "s", ShardCount: 1 });
  const url = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;
  return {
    emulator,
    events,
    lambda,
    map: (EventSourceArn: string, more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
      lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn, ...more })),
    send: (MessageBody: string, name = "q", DelaySeconds?: number) =>
      sqs.sendMessage({ QueueUrl: url(name), MessageBody, ...(DelaySeconds && { DelaySeconds }) }),
    put: (text: string) => kinesis.putRecord({ StreamName: "s", PartitionKey: "a", Data: Buffer.from(text) }),
    dead: async () => (await sqs.receiveMessage({ QueueUrl: url("dead") })).Messages ?? [],
    invoke: (InvocationType: "Event" | "RequestResponse") =>
      lambda.send(new InvokeCommand({ FunctionName: "f", InvocationType, Payload: "{}" })),
    /** What is due, and in how many seconds. */
    due: async () => {
      const response = await fetch(`${emulator.endpoint}/_waystation/clock/due?account=${ACCOUNT}`);
      const { due } = JSON.parse(await response.text()) as { due: { kind: string; inSeconds: number; text: string }[] };
      return due.filter(({ kind }) => kind !== "retention-ends");
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const STREAM = `arn:aws:kinesis:${REGION}:${ACCOUNT}:stream/s`;
const FROM_START = { StartingPosition: "TRIM_HORIZON" } as const;
const fails = () => {
  throw new Error("no");
};

test("what failed comes again until it is in the dead-letter queue", async () => {
  await using world = await aWorld(fails);
  await world.map(queueArn("q"));
  const { MessageId } = await world.send("a");
  await world.emulator.settled({ within: "10m" });
  expect(await world.dead()).toMatchObject([{ MessageId, Body: "a" }]);
  expect(world.events).toHaveLength(2);
});

test("a message without a dead-letter queue is told of when that time is over, and only to who lets time pass", async () => {
  await using world = await aWorld(fails);
  await world.map(queueArn("endless"));
  await world.send("a", "endless");
  await world.emulator.settled();
  const settled = world.emulator.settled({ within: "150s" });
  await expect(settled).rejects.toThrow("Not settled: there is 1 message in queues that functions read.");
  expect(world.events).toHaveLength(3);
});

test("a batch whose function was throttled is tried again, and is due", async () => {
  await using world = await aWorld();
  await world.emulator.faults.add({ resource: "f", times: 3, effect: "throttle-invocation" });
  await world.map(queueArn("q"));
  await world.send("a");
  await world.emulator.settled();
  expect((await world.due())[0]).toMatchObject({
    ...{ kind: "batch-is-retried", inSeconds: 0.5, resource: queueArn("q") },
    text: "a batch of queue q goes to function f again",
  });
  await world.emulator.settled({ within: "30s" });
  expect((await world.emulator.invocations()).map(({ outcome }) => outcome)).toEqual([
    ...["throttled", "throttled", "throttled", "answered"],
  ]);
});

test("messages that are collected or delayed get to their function, and the end of the window is due", async () => {
  await using world = await aWorld();
  await world.map(queueArn("q"), { MaximumBatchingWindowInSeconds: 20, BatchSize: 100 });
  await world.send("a");
  await world.send("b", "q", 5);
  await world.emulator.settled();
  expect(world.events).toEqual([]);
  expect((await world.due()).find(({ kind }) => kind === "batch-window-ends")).toMatchObject({
    ...{ inSeconds: 20, text: "what was collected of queue q goes to function f" },
  });
  await world.emulator.settled({ within: "1m" });
  expect(world.events.map(({ Records = [] }) => Records.map(({ body }) => body))).toEqual([["a", "b"]]);
});

test("a batch of a stream is tried again as often as it may be, and is due", async () => {
  await using world = await aWorld(fails);
  await world.map(STREAM, { ...FROM_START, MaximumRetryAttempts: 3 });
  await world.put("a");
  await world.emulator.settled();
  expect((await world.due())[0]).toMatchObject({
    ...{ kind: "batch-is-retried", inSeconds: 0.5, resource: STREAM },
    text: "a batch of shardId-000000000000 of stream s goes to function f again",
  });
  await world.emulator.settled({ within: "1m" });
  expect(world.events).toHaveLength(4);
});

test("records that a stream's mapping collects get to their function, or grow too old", async () => {
  await using world = await aWorld(fails);
  const ages = { MaximumBatchingWindowInSeconds: 10, MaximumRecordAgeInSeconds: 60 };
  await world.map(STREAM, { ...FROM_START, ...ages });
  await world.put("a");
  await world.emulator.settled();
  expect((await world.due())[0]).toMatchObject({ kind: "batch-window-ends", inSeconds: 10 });
  const expiring: unknown[] = [];
  for (let passed = 0; passed < 60; passed += 10) {
    await world.emulator.clock().advance("10s");
    expiring.push(...(await world.due()).filter(({ kind }) => kind === "records-expire"));
  }
  expect(expiring).toMatchObject([{ text: "records of shardId-000000000000 of stream s are too old for function f" }]);
  await world.emulator.settled({ within: "1s" });
  expect(await world.due()).toEqual([]);
});

test("the last call of a tumbling window is made, and is due", async () => {
  await using world = await aWorld(() => ({ state: {} }));
  await world.map(STREAM, { ...FROM_START, TumblingWindowInSeconds: 60 });
  await world.put("a");
  await world.emulator.settled();
  expect((await world.due())[0]).toMatchObject({
    kind: "tumbling-window-ends",
    text: "the tumbling window of function f in shardId-000000000000 of stream s ends",
  });
  await world.emulator.settled({ within: "5m" });
  expect(world.events.map(({ isFinalInvokeForWindow }) => isFinalInvokeForWindow)).toEqual([false, true]);
});

test("an invocation that is made to begin later does, and is due", async () => {
  await using world = await aWorld();
  await world.emulator.faults.add({ resource: "f", effect: { type: "delay-invocation", duration: "10s" } });
  await world.invoke("Event");
  expect((await world.due())[0]).toMatchObject({ kind: "invocation-begins", inSeconds: 10 });
  await world.emulator.settled({ within: "1m" });
  expect(world.events).toHaveLength(1);
  const answer = world.invoke("RequestResponse");
  while ((await world.due()).length === 0);
  await world.emulator.settled({ within: "1m" });
  expect((await answer).StatusCode).toBe(200);
});
