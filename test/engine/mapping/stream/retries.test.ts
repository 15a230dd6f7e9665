import { expect, test } from "vitest";
import type { AttemptOutcome } from "../../../../src/engine/mapping/stream/decision/attempt-outcome.ts";
import { ALane, records, START } from "./a-lane.ts";

const SECOND = 1000;
const succeeded: AttemptOutcome = { result: "succeeded" };
const failed: AttemptOutcome = { result: "failed", isFunctionError: true };
const notMade: AttemptOutcome = { result: "notMade" };
const reported = (from: number): AttemptOutcome => ({ result: "failed", isFunctionError: false, from });

test("what succeeds is settled, and the next batch is what comes behind it", () => {
  const lane = new ALane(records(0, 0, 0), { batchSize: 2 });
  expect(lane.attempt(succeeded)).toEqual(["n0", "n1"]);
  expect(lane.attempt(succeeded)).toEqual(["n2"]);
  expect(lane.next()).toEqual({ kind: "wait", until: Number.POSITIVE_INFINITY });
});

test("a batch that fails comes again, and is not joined by what has arrived since", () => {
  const lane = new ALane(records(0, 0, 100));
  expect(lane.attempt(failed)).toEqual(["n0", "n1"]);
  expect(lane.attempt(succeeded)).toEqual(["n0", "n1"]);
  expect(lane.attempt(succeeded)).toEqual(["n2"]);
});

test.for([
  { failures: 1, waitMs: 500 },
  { failures: 2, waitMs: 1000 },
  { failures: 3, waitMs: 2000 },
  { failures: 7, waitMs: 32_000 },
  { failures: 8, waitMs: 60_000 },
  { failures: 2000, waitMs: 60_000 },
])("after $failures failures in a row it waits $waitMs ms", ({ failures, waitMs }) => {
  const lane = new ALane(records(0));
  for (let count = 0; count < failures; count++) lane.attempt(count % 2 === 0 ? failed : notMade);
  expect(lane.next()).toEqual({ kind: "wait", until: lane.now + waitMs, for: "retried" });
});

test.for([
  { maximumRetryAttempts: 0, calls: 1 },
  { maximumRetryAttempts: 1, calls: 2 },
  { maximumRetryAttempts: 3, calls: 4 },
])(
  "MaximumRetryAttempts $maximumRetryAttempts makes $calls calls and reports as many",
  ({ maximumRetryAttempts, calls }) => {
    const lane = new ALane(records(0, 0, 100_000_000), { settings: { maximumRetryAttempts } });
    for (let count = 1; count <= calls; count++) expect(lane.attempt(failed, `r${count}`)).toEqual(["n0", "n1"]);
    expect(lane.discarded).toEqual([
      {
        records: lane.records.slice(0, 2),
        condition: "RetryAttemptsExhausted",
        invokeCount: calls,
        requestId: `r${calls}`,
      },
    ]);
    lane.now = START + 100_000_000;
    expect(lane.attempt(succeeded)).toEqual(["n2"]);
  },
);

test("calls that are not made are no attempts", () => {
  const lane = new ALane(records(0), { settings: { maximumRetryAttempts: 1 } });
  for (let count = 0; count < 20; count++) lane.attempt(notMade);
  lane.attempt(failed);
  expect(lane.discarded).toEqual([]);
  lane.attempt(failed);
  expect(lane.discarded).toMatchObject([{ invokeCount: 2 }]);
});

test("a batch is cut in the middle until one record fails alone, which uses up no attempts before", () => {
  const lane = new ALane(records(0, 0, 0, 0, 0), { settings: { maximumRetryAttempts: 0, bisects: true } });
  const calls: string[][] = [];
  for (let step = lane.next(); lane.state.position < 10; step = lane.next()) {
    if (step.kind === "wait") lane.now = step.until;
    if (step.kind !== "invoke") continue;
    const names = step.batch.records.map(({ sequenceNumber }) => sequenceNumber);
    calls.push(names);
    lane.answer(step.batch, names.includes("n2") ? failed : succeeded);
  }
  expect(calls).toEqual([["n0", "n1", "n2", "n3", "n4"], ["n0", "n1"], ["n2", "n3", "n4"], ["n2"], ["n3", "n4"]]);
  expect(lane.discarded).toMatchObject([{ records: [{ sequenceNumber: "n2" }], invokeCount: 1 }]);
});

test("each half has attempts of its own", () => {
  const lane = new ALane(records(0, 0), { settings: { maximumRetryAttempts: 1, bisects: true } });
  expect([1, 2, 3, 4, 5].map(() => lane.attempt(failed))).toEqual([["n0", "n1"], ["n0"], ["n0"], ["n1"], ["n1"]]);
  expect(lane.discarded.map(({ records: [only], invokeCount }) => [only?.sequenceNumber, invokeCount])).toEqual([
    ["n0", 2],
    ["n1", 2],
  ]);
});

test("what comes before the first reported record is settled, and the rest is a batch with attempts of its own", () => {
  const lane = new ALane(records(0, 0, 0), { settings: { maximumRetryAttempts: 3, reportsFailures: true } });
  const calls = [lane.attempt(reported(2)), ...[1, 2, 3, 4].map(() => lane.attempt(reported(0)))];
  expect(calls).toEqual([["n0", "n1", "n2"], ["n2"], ["n2"], ["n2"], ["n2"]]);
  expect(lane.discarded).toMatchObject([{ records: [{ sequenceNumber: "n2" }], invokeCount: 4 }]);
});

test("with bisecting on, a report cuts where it says, and never in the middle", () => {
  const lane = new ALane(records(0, 0, 0, 0), { settings: { bisects: true, reportsFailures: true } });
  const calls = [lane.attempt(reported(1)), lane.attempt(reported(0)), lane.attempt(failed), lane.attempt(succeeded)];
  expect(calls).toEqual([["n0", "n1", "n2", "n3"], ["n1", "n2", "n3"], ["n1", "n2", "n3"], ["n1"]]);
  expect(lane.attempt(succeeded)).toEqual(["n2", "n3"]);
});

test("only the first records that are too old are given up, as never called", () => {
  const lane = new ALane(records(0, 50_000, 50_000), { ageLimitMs: 60_000 });
  lane.now = START + 60_000;
  expect(lane.attempt(succeeded)).toEqual(["n1", "n2"]);
  expect(lane.discarded).toEqual([{ records: [lane.records[0]], condition: "RecordAgeExceeded", invokeCount: 1 }]);
});

test("a batch is given up in the moment in which it is too old, with the attempts that were made", () => {
  const lane = new ALane(records(0), { ageLimitMs: 60_000 });
  let calls = 0;
  for (let step = lane.next(); lane.discarded.length === 0; step = lane.next()) {
    if (step.kind === "invoke") lane.answer(step.batch, failed, `r${++calls}`);
    if (step.kind === "wait") lane.now = step.until;
  }
  expect(lane.now).toBe(START + 60_000);
  expect(lane.discarded).toMatchObject([
    { condition: "RecordAgeExceeded", invokeCount: calls, requestId: `r${calls}` },
  ]);
  expect(calls).toBe(7);
});

test("what is left of a batch whose first records grow too old keeps its attempts", () => {
  const lane = new ALane(records(0, 59_000, 200_000), { ageLimitMs: 60_000, settings: { maximumRetryAttempts: 1 } });
  lane.now = START + 59_700;
  expect(lane.attempt(failed)).toEqual(["n0", "n1"]);
  expect(lane.attempt(failed)).toEqual(["n1"]);
  expect(lane.discarded).toMatchObject([
    { records: [{ sequenceNumber: "n0" }], condition: "RecordAgeExceeded", invokeCount: 1 },
    { records: [{ sequenceNumber: "n1" }], condition: "RetryAttemptsExhausted", invokeCount: 2 },
  ]);
});

test("records that are not wanted are passed over, with or without others", () => {
  const list = records(0, 0, 0, 0).map((record, place) => ({ ...record, isWanted: place === 1 }));
  const lane = new ALane(list);
  expect(lane.attempt(succeeded)).toEqual(["n1"]);
  expect(lane.state.position).toBe(8);
  lane.records.push({ index: 9, sequenceNumber: "n9", arrivedAt: lane.now, isWanted: false });
  expect(lane.next().kind).toBe("wait");
  expect(lane.state.position).toBe(10);
});

test("a batch whose records are gone is over", () => {
  const lane = new ALane(records(0, 10 * SECOND));
  lane.attempt(failed);
  lane.records.shift();
  lane.now = START + 10 * SECOND;
  expect(lane.attempt(succeeded)).toEqual(["n1"]);
  expect(lane.discarded).toEqual([]);
});

test("a closed shard is over when all of it is settled", () => {
  const lane = new ALane(records(0));
  lane.isClosed = true;
  lane.attempt(failed);
  expect(lane.next().kind).toBe("wait");
  lane.attempt(succeeded);
  expect(lane.next()).toEqual({ kind: "finish" });
});
