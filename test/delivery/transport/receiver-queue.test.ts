import { expect, test } from "vitest";
import { httpRetries } from "../../../src/delivery/sns/http-policy.ts";
import { type AttemptResult, delivered, failed, refused } from "../../../src/delivery/transport/attempt.ts";
import { ConcurrencyLimit } from "../../../src/delivery/transport/concurrency-limit.ts";
import type { Outcome } from "../../../src/delivery/transport/job.ts";
import { Pace } from "../../../src/delivery/transport/pace.ts";
import { PendingJob } from "../../../src/delivery/transport/pending-job.ts";
import { PendingLimits } from "../../../src/delivery/transport/pending-limits.ts";
import { ReceiverQueue, type ReceiverQueueLimits } from "../../../src/delivery/transport/receiver-queue.ts";
import { invocationRetries, managedEndpointRetries } from "../../../src/delivery/transport/retry.ts";
import { effectivePolicy, type RetryPolicy } from "../../../src/engine/topic/delivery-policy.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { SECOND, stillTime } from "../../support/queue.ts";
import { aJob } from "../jobs.ts";

interface Started {
  readonly message: string;
  readonly signal: AbortSignal;
  /** Ends the attempt, and resolves when the receiver queue has taken notice. */
  readonly end: (result: AttemptResult) => Promise<void>;
}

/** A receiver queue whose attempts end when the test says so. */
function aReceiverQueue(limits: Partial<ReceiverQueueLimits> = {}, maxPerSecond = Number.POSITIVE_INFINITY) {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const started: Started[] = [];
  const events: string[] = [];
  const told: string[] = [];
  const queue = new ReceiverQueue({
    clock,
    limits: { concurrency: 10, pending: 100, characters: 1000, ...limits },
    pendingLimits: new PendingLimits({ pending: 1000, characters: 10_000, assured: 1000 }),
    concurrencyLimit: new ConcurrencyLimit({ assured: 100, shared: 100, most: 100 }),
    pace: new Pace(() => maxPerSecond),
    emptied: () => events.push("emptied"),
    owed: ({ number }, nextAttemptAt) => told.push(`${number} owed${nextAttemptAt === undefined ? "" : " later"}`),
    over: ({ number }) => told.push(`${number} over`),
  });
  const attempt = (message: string, signal: AbortSignal) => {
    let settle: (result: AttemptResult) => void = () => {};
    const ended = new Promise<AttemptResult>((resolve) => {
      settle = resolve;
    });
    const end = async (result: AttemptResult): Promise<void> => {
      settle(result);
      await ended;
    };
    started.push({ message, signal, end });
    return ended;
  };
  const say = (outcome: Outcome): string => {
    if (outcome.result !== "retrying") return outcome.result === "delivered" ? "delivered" : "failed";
    return `retried after ${(outcome.nextAttemptAt - clock.now()) / SECOND} s:`;
  };
  let number = 0;
  const add = (message: string): boolean => {
    const outcome = (attempts: number, heard: Outcome) => void events.push(`${say(heard)} ${attempts}`);
    const { job } = aJob(undefined, { content: {}, characters: message.length, outcome });
    return queue.add(new PendingJob({ job, number: ++number }, (signal) => attempt(message, signal)));
  };
  return { queue, clock, started, events, told, add };
}

function http(policy: Partial<RetryPolicy>) {
  return httpRetries(effectivePolicy(undefined, { healthyRetryPolicy: policy }).healthyRetryPolicy);
}

const AGAIN = failed("busy", http({ numRetries: 3 }));

test("attempts start in order, no more at a time than the limit", async () => {
  const { started, add } = aReceiverQueue({ concurrency: 2 });
  for (const message of ["1", "2", "3", "4"]) add(message);
  expect(started.map(({ message }) => message)).toEqual(["1", "2"]);
  await started[1]!.end(delivered());
  expect(started.map(({ message }) => message)).toEqual(["1", "2", "3"]);
  await started[0]!.end(refused("no"));
  expect(started.map(({ message }) => message)).toEqual(["1", "2", "3", "4"]);
});

test("a delivery that waits for its retry keeps nobody else from starting", async () => {
  const { started, add } = aReceiverQueue({ concurrency: 1 });
  add("1");
  add("2");
  await started[0]!.end(AGAIN);
  expect(started.map(({ message }) => message)).toEqual(["1", "2"]);
});

test("a retry without a delay starts at once", async () => {
  const { started, add, clock } = aReceiverQueue();
  add("1");
  await started[0]!.end(failed("busy", http({ numRetries: 1, numNoDelayRetries: 1 })));
  expect(started).toHaveLength(2);
  expect(clock.pending).toBe(0);
});

test("retries are counted, and the last failure is for good", async () => {
  const { started, events, add, clock } = aReceiverQueue();
  add("1");
  for (const attempt of [0, 1, 2]) {
    await started[attempt]!.end(AGAIN);
    clock.advance(20 * SECOND - 1);
    expect(started).toHaveLength(attempt + 1);
    clock.advance(1);
    expect(started).toHaveLength(attempt + 2);
  }
  await started[3]!.end(AGAIN);
  expect(events).toEqual([
    "retried after 20 s: 1",
    "retried after 20 s: 2",
    "retried after 20 s: 3",
    "failed 4",
    "emptied",
  ]);
  expect(clock.pending).toBe(0);
});

test("failures of different kinds have retries of their own", async () => {
  const { started, events, add, clock } = aReceiverQueue();
  add("1");
  for (const retries of [invocationRetries, managedEndpointRetries, invocationRetries, invocationRetries]) {
    await started.at(-1)!.end(failed("busy", retries));
    clock.advance(120 * SECOND);
  }
  expect(events).toEqual([
    "retried after 60 s: 1",
    "retried after 0 s: 2",
    "retried after 120 s: 3",
    "failed 4",
    "emptied",
  ]);
});

test("there is room for so many deliveries, whatever they wait for", async () => {
  const { started, add } = aReceiverQueue({ concurrency: 2, pending: 3 });
  expect([add("1"), add("2"), add("3"), add("4")]).toEqual([true, true, true, false]);
  await started[0]!.end(AGAIN);
  expect(add("5")).toBe(false);
  await started[1]!.end(delivered());
  expect([add("6"), add("7")]).toEqual([true, false]);
});

test("there is room for so many characters", async () => {
  const { started, add } = aReceiverQueue({ characters: 10 });
  expect([add("12345"), add("123456"), add("12345"), add("1")]).toEqual([true, false, true, false]);
  await started[0]!.end(AGAIN);
  expect(add("1")).toBe(false);
  await started[1]!.end(refused("no"));
  expect([add("12345"), add("1")]).toEqual([true, false]);
});

test("the pace holds back what would start too soon, retries included", async () => {
  const { started, add, clock } = aReceiverQueue({}, 1);
  add("1");
  add("2");
  await started[0]!.end(failed("busy", http({ numRetries: 1, numNoDelayRetries: 1 })));
  expect(started.map(({ message }) => message)).toEqual(["1"]);
  clock.advance(999);
  expect(started).toHaveLength(1);
  clock.advance(1);
  expect(started.map(({ message }) => message)).toEqual(["1", "2"]);
  clock.advance(1000);
  expect(started.map(({ message }) => message)).toEqual(["1", "2", "1"]);
});

test("one alarm at most is set, whatever waits", async () => {
  const { started, add, clock } = aReceiverQueue({ concurrency: 3 });
  for (const message of ["1", "2", "3"]) add(message);
  for (const { end } of [...started]) {
    await end(AGAIN);
    clock.advance(1);
  }
  expect(clock.pending).toBe(1);
});

test("clearing a receiver queue aborts its attempts, cancels its retries and tells nobody", async () => {
  const { queue, started, events, add, clock } = aReceiverQueue({ concurrency: 2 });
  for (const message of ["1", "2", "3"]) add(message);
  await started[0]!.end(AGAIN);
  events.length = 0;
  queue.clear();
  expect(queue.pending).toBe(0);
  expect(clock.pending).toBe(0);
  expect(started.map(({ signal }) => signal.aborted)).toEqual([false, true, true]);
  await started[1]!.end(delivered());
  clock.advance(20 * SECOND);
  expect(events).toEqual([]);
  expect(started).toHaveLength(3);
});

test("a cleared receiver queue has all of its room again", () => {
  const { queue, add } = aReceiverQueue({ pending: 2, characters: 10 });
  expect([add("12345"), add("12345"), add("")]).toEqual([true, true, false]);
  queue.clear();
  expect([add("12345"), add("12345"), add("")]).toEqual([true, true, false]);
});

test("tells of each job that it is owed, that it comes further, and that it is over", async () => {
  const { started, told, add } = aReceiverQueue();
  add("a");
  add("b");
  await started[0]?.end(failed("busy", http({ numRetries: 1 })));
  await started[1]?.end(delivered(200));
  expect(told).toEqual(["1 owed", "2 owed", "1 owed later", "2 over"]);
});
