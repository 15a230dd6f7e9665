import { expect, test } from "vitest";
import { AwsError } from "../../../src/kernel/aws-error.ts";
import { aKinesis, type CallOptions, type Input, SECOND } from "../../support/kinesis.ts";

interface Received {
  readonly QueueRecords: readonly { readonly ReceiptHandle: string; readonly ReceiveCount: number }[];
}

const NOTHING: Received = { QueueRecords: [] };

/** A queue from which dead letters come after one receive. */
function aQueue() {
  const kinesis = aKinesis();
  const { call, createOnDemand, arnOf } = kinesis;
  createOnDemand("stream");
  const { QueueARN } = call<{ readonly QueueDescription: { readonly QueueARN: string } }>("CreateQueue", {
    QueueName: "queue",
    StreamConfigurationList: [{ StreamARN: arnOf("stream") }],
    QueueAttributes: { DeadLetterConfiguration: { TargetType: "BUILT_IN", MaxReceiveCount: 1 } },
  }).QueueDescription;
  const receive = <Answer = Promise<Received>>(operation: string, input: Input = {}, options?: CallOptions): Answer =>
    call<Answer>(operation, { QueueARN, ...input }, options);
  return { ...kinesis, QueueARN, receive };
}

/** Whether somebody is told of the answer once all that is ready has been passed on. */
async function isAnswered(answer: Promise<unknown>): Promise<boolean> {
  const still = Symbol("waits");
  const told = Promise.resolve(answer);
  // An answer passes through a few functions, each of which takes one turn.
  for (let turn = 0; turn < 10; turn++) await Promise.resolve();
  return (await Promise.race([told, Promise.resolve(still)])) !== still;
}

const receives = ["ReceiveQueueRecords", "ReceiveDeadLetterQueueRecords"] as const;

test.for(
  receives.flatMap((operation) => [
    [operation, "nine seconds unless told", {}, 9] as const,
    [operation, "one second", { WaitTimeSeconds: 1 }, 1] as const,
    [operation, "twenty seconds", { WaitTimeSeconds: 20 }, 20] as const,
  ]),
)("%s waits %s", async ([operation, , input, seconds]) => {
  const { receive, clock } = aQueue();
  const answer = receive(operation, input);
  clock.advance(seconds * SECOND - 1);
  expect(await isAnswered(answer)).toBe(false);
  clock.advance(1);
  expect(await isAnswered(answer)).toBe(true);
  expect(await answer).toEqual(NOTHING);
});

test.for(receives.flatMap((operation) => [0, 21].map((seconds) => [operation, seconds] as const)))(
  "%s does not wait %i seconds",
  ([operation, WaitTimeSeconds]) => {
    const { failure, QueueARN } = aQueue();
    expect(failure(operation, { QueueARN, WaitTimeSeconds }).code).toBe("ValidationException");
  },
);

test("a receive that finds records does not wait", () => {
  const { put, receive } = aQueue();
  put("stream", ["a", "b"]);
  expect(receive<Received>("ReceiveQueueRecords", { Limit: 1, WaitTimeSeconds: 20 }).QueueRecords).toHaveLength(1);
});

test("a put wakes who waits longest, and nobody who waits for dead letters", async () => {
  const { put, receive, clock } = aQueue();
  const dead = receive("ReceiveDeadLetterQueueRecords");
  const first = receive("ReceiveQueueRecords");
  const second = receive("ReceiveQueueRecords");
  put("stream", ["a"]);
  expect(await first).toMatchObject({ QueueRecords: [{ ReceiveCount: 1 }] });
  expect([await isAnswered(second), await isAnswered(dead)]).toEqual([false, false]);
  clock.advance(9 * SECOND);
  expect([await second, await dead]).toEqual([NOTHING, NOTHING]);
});

test("a time-out that kills a record wakes who waits for dead letters, at that instant", async () => {
  const { put, receive, clock } = aQueue();
  put("stream", ["a"]);
  receive<Received>("ReceiveQueueRecords", { VisibilityTimeoutSeconds: 5 });
  const dead = receive("ReceiveDeadLetterQueueRecords");
  clock.advance(5 * SECOND - 1);
  expect(await isAnswered(dead)).toBe(false);
  clock.advance(1);
  expect(await isAnswered(dead)).toBe(true);
  expect((await dead).QueueRecords).toHaveLength(1);
});

test("a record that becomes visible at the very end of a wait is in time", async () => {
  const { put, receive, call, QueueARN, clock } = aQueue();
  call("UpdateQueue", { QueueARN, QueueAttributes: { DeadLetterConfiguration: { TargetType: "NONE" } } });
  put("stream", ["a"]);
  receive<Received>("ReceiveQueueRecords", { VisibilityTimeoutSeconds: 9 });
  const again = receive("ReceiveQueueRecords");
  clock.advance(9 * SECOND);
  expect(await again).toMatchObject({ QueueRecords: [{ ReceiveCount: 2 }] });
});

test("restoring and making visible wake who waits", async () => {
  const { put, receive, call, QueueARN } = aQueue();
  put("stream", ["a"]);
  const [alive] = receive<Received>("ReceiveQueueRecords").QueueRecords;
  const dead = receive("ReceiveDeadLetterQueueRecords");
  const Entries = [{ ReceiptHandle: alive!.ReceiptHandle, VisibilityTimeoutSeconds: 0 }];
  call("UpdateQueueRecordsVisibility", { QueueARN, Entries });
  const [letter] = (await dead).QueueRecords;
  const restored = receive("ReceiveQueueRecords");
  call("RestoreDeadLetterQueueRecords", { QueueARN, Entries: [{ ReceiptHandle: letter!.ReceiptHandle }] });
  expect(await restored).toMatchObject({ QueueRecords: [{ ReceiveCount: 1 }] });
});

test("who hangs up while waiting takes no record", async () => {
  const { put, receive } = aQueue();
  const hangUp = new AbortController();
  const waiting = receive("ReceiveQueueRecords", {}, { signal: hangUp.signal });
  hangUp.abort();
  expect(await waiting).toEqual(NOTHING);
  put("stream", ["a"]);
  expect(receive<Received>("ReceiveQueueRecords")).toMatchObject({ QueueRecords: [{ ReceiveCount: 1 }] });
});

test("records whose answer nobody got go to the next who waits, as if never received", async () => {
  const { put, receive } = aQueue();
  const undo: (() => void)[] = [];
  const lost = receive("ReceiveQueueRecords", {}, { onUndelivered: (task) => undo.push(task) });
  const next = receive("ReceiveQueueRecords");
  put("stream", ["a"]);
  expect((await lost).QueueRecords).toHaveLength(1);
  for (const task of undo) task();
  expect(await next).toMatchObject({ QueueRecords: [{ ReceiveCount: 1 }] });
});

test.for(receives)("%s that waits while its queue is deleted does not find it", async (operation) => {
  const { receive, call, QueueARN } = aQueue();
  const waiting = Promise.resolve(receive(operation)).catch((cause: unknown) => cause);
  call("DeleteQueue", { QueueARN });
  const cause = await waiting;
  expect(cause).toBeInstanceOf(AwsError);
  expect((cause as AwsError).queryCode).toContain("ResourceNotFound");
});
