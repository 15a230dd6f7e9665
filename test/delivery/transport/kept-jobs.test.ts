import { expect, test } from "vitest";
import { type AttemptResult, delivered, failed } from "../../../src/delivery/transport/attempt.ts";
import type { Progress } from "../../../src/delivery/transport/job.ts";
import { type DeliveryLimits, ReceiverQueues } from "../../../src/delivery/transport/receiver-queues.ts";
import type { RetrySchedule } from "../../../src/delivery/transport/retry.ts";
import { ControlledClock } from "../../../src/kernel/time/controlled-clock.ts";
import { SECOND, stillTime } from "../../support/queue.ts";
import { aJob } from "../jobs.ts";

const limits: DeliveryLimits = {
  queue: { pending: 100, characters: 1000 },
  total: { pending: 1000, characters: 10_000, assured: 100 },
  attempts: { assured: 100, shared: 100, most: 100 },
};
const NONE = { count: 0, delayMs: 0 };
/** A retry at once, then two with ten seconds in between. */
const schedule: RetrySchedule = {
  kind: "http",
  immediate: 1,
  preBackoff: { count: 2, delayMs: 10 * SECOND },
  backoff: { ...NONE, minMs: 0, maxMs: 0, curve: "linear" },
  postBackoff: NONE,
  totalMs: Number.POSITIVE_INFINITY,
};

/** Receiver queues whose attempts end as they are told to, on a clock that stands still. */
function queuesOn(clock: ControlledClock, results: readonly AttemptResult[]) {
  const heard: string[] = [];
  const { job } = aJob("payload", {
    retryPolicy: schedule,
    outcome: (attempt, { result }) => void heard.push(`${attempt} ${result}`),
    kept: (progress) => ({ type: "kept", at: 0, ...progress }),
  });
  const queues = new ReceiverQueues({
    clockOf: () => clock,
    limits,
    soon: (task) => void Promise.resolve().then(task),
  });
  const left = [...results];
  const target = { concurrency: 1, queueKey: () => "one", attempt: async () => left.shift() ?? delivered(200) };
  const kept = () => [...queues.taken()].map(([, { type: _, at: __, ...progress }]) => progress as unknown as Progress);
  const add = (progress?: Progress) =>
    progress === undefined ? queues.add(job, target) : queues.goOn(job, target, progress);
  return { heard, kept, add };
}

/** Lets attempts end that end at once. */
async function turn(): Promise<void> {
  for (let step = 0; step < 100; step++) await undefined;
}

test("a job goes on where it was: with its next retry, at its instant, counted on", async () => {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const busy = failed("busy", schedule);
  const before = queuesOn(clock, [busy, busy]);
  before.add();
  await turn();
  expect(before.heard).toEqual(["1 retrying", "2 retrying"]);
  const [progress] = before.kept();
  expect(progress).toEqual({ attempts: 2, retries: { http: 2 }, nextAttemptAt: clock.now() + 10 * SECOND });

  clock.advance(4 * SECOND);
  const after = queuesOn(clock, [busy, busy]);
  after.add(progress);
  await turn();
  expect(after.heard).toEqual([]);
  expect(after.kept()).toEqual([progress]);
  clock.advance(6 * SECOND);
  await turn();
  expect(after.heard).toEqual(["3 retrying"]);
  clock.advance(10 * SECOND);
  await turn();
  expect(after.heard).toEqual(["3 retrying", "4 dropped"]);
  expect(after.kept()).toEqual([]);
});

test("an attempt under way counts as one to be made", async () => {
  const clock = new ControlledClock(stillTime);
  clock.freeze();
  const { kept, add } = queuesOn(clock, []);
  add();
  expect(kept()).toEqual([{ attempts: 0, retries: {} }]);
  await turn();
  expect(kept()).toEqual([]);
});
