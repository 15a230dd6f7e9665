import { expect, test } from "vitest";
import type { AttemptOutcome } from "../../../../src/engine/mapping/stream/decision/attempt-outcome.ts";
import { ALane, records, START } from "./a-lane.ts";

const succeeded: AttemptOutcome = { result: "succeeded" };
const failed: AttemptOutcome = { result: "failed", isFunctionError: true };

test("with a batching window records are collected from the arrival of the first on", () => {
  const lane = new ALane(records(100, 200, 5_200), { settings: { windowMs: 5000 } });
  lane.now = START + 100;
  expect(lane.next()).toEqual({ kind: "wait", until: START + 5_100, for: "windowEnds" });
  lane.now = START + 5_100;
  expect(lane.attempt(succeeded)).toEqual(["n0", "n1"]);
  lane.now = START + 5_200;
  expect(lane.next()).toEqual({ kind: "wait", until: START + 10_200, for: "windowEnds" });
});

test("what arrived during an invocation is collected from its end on", () => {
  const lane = new ALane(records(0, 1000), { settings: { windowMs: 5000 } });
  const batch = lane.batch();
  lane.now = START + 8000;
  lane.answer(batch, succeeded);
  lane.records.push({ index: 9, sequenceNumber: "n9", arrivedAt: START + 7000, isWanted: true });
  expect(lane.next()).toEqual({ kind: "wait", until: START + 13_000, for: "windowEnds" });
});

test("a batch that is full does not wait, nor does one that is tried again", () => {
  const lane = new ALane(records(0, 0), { settings: { windowMs: 5000 }, batchSize: 2 });
  expect(lane.next().kind).toBe("invoke");
  lane.attempt(failed);
  expect(lane.next()).toEqual({ kind: "wait", until: START + 500, for: "retried" });
});

test("the end of a closed shard is not waited for", () => {
  const lane = new ALane(records(0), { settings: { windowMs: 5000 } });
  lane.isClosed = true;
  expect(lane.next().kind).toBe("invoke");
});

test("records that grow too old while they are collected are given up", () => {
  const lane = new ALane(records(0, 50_000), { settings: { windowMs: 300_000 }, ageLimitMs: 60_000 });
  expect(lane.next()).toEqual({ kind: "wait", until: START + 60_000, for: "expires" });
  lane.now = START + 60_000;
  expect(lane.next()).toEqual({ kind: "wait", until: START + 110_000, for: "expires" });
  expect(lane.discarded).toHaveLength(1);
});

const MINUTE = 60_000;
/** How far START lies behind the beginning of its minute. */
const INTO = START % MINUTE;
const windows = { settings: { tumblingWindowMs: MINUTE } };
const handsOn = (state: unknown): AttemptOutcome => ({ result: "succeeded", state: JSON.stringify(state) });

test("each call of a tumbling window has what the one before handed on, and the last one says so", () => {
  const lane = new ALane(records(0, 1000, MINUTE), windows);
  const start = START - INTO;
  const window = { start, end: start + MINUTE, isFinal: false, isTerminatedEarly: false };
  const first = lane.batch();
  expect(first.window).toEqual({ ...window, state: "{}" });
  lane.answer(first, handsOn({ sum: 1 }));
  lane.now = START + 1000;
  const second = lane.batch();
  expect(second.window).toEqual({ ...window, state: '{"sum":1}' });
  lane.answer(second, handsOn({ sum: 2 }));
  expect(lane.next()).toEqual({ kind: "wait", until: start + MINUTE, for: "tumblingWindowEnds" });
  lane.now = start + MINUTE;
  const last = lane.batch();
  expect(last).toEqual({ records: [], end: 4, window: { ...window, state: '{"sum":2}', isFinal: true } });
  lane.answer(last, handsOn({}));
  lane.now = START + MINUTE;
  expect(lane.batch().window).toEqual({ ...window, start: start + MINUTE, end: start + 2 * MINUTE, state: "{}" });
});

test("a batch holds records of one window", () => {
  const lane = new ALane(records(0, MINUTE), windows);
  lane.now = START + MINUTE;
  expect(lane.attempt(handsOn({}))).toEqual(["n0"]);
  expect(lane.attempt(handsOn({}))).toEqual([]);
  expect(lane.attempt(handsOn({}))).toEqual(["n1"]);
});

test("the end of a closed shard ends its window", () => {
  const lane = new ALane(records(0), windows);
  lane.isClosed = true;
  lane.attempt(handsOn({}));
  expect(lane.batch().window).toMatchObject({ isFinal: true, isTerminatedEarly: false });
  lane.attempt(handsOn({}));
  expect(lane.next()).toEqual({ kind: "finish" });
});

test.for([
  { bytes: 1024 * 1024, isTerminatedEarly: false },
  { bytes: 1024 * 1024 + 1, isTerminatedEarly: true },
])("a state of $bytes bytes ends the window early: $isTerminatedEarly", ({ bytes, isTerminatedEarly }) => {
  const lane = new ALane(records(0, 0), { ...windows, batchSize: 1 });
  lane.attempt(handsOn({ s: "x".repeat(bytes - '{"s":""}'.length) }));
  const next = lane.batch();
  expect(next.window).toMatchObject({ isFinal: isTerminatedEarly, isTerminatedEarly });
  expect(next.records).toHaveLength(isTerminatedEarly ? 0 : 1);
  lane.answer(next, handsOn({}));
  if (isTerminatedEarly) expect(lane.batch().window).toMatchObject({ state: "{}", isFinal: false });
});

test("a call that fails changes no state, and the last one is tried as often as any other", () => {
  const lane = new ALane(records(0), { settings: { tumblingWindowMs: MINUTE, maximumRetryAttempts: 1 } });
  lane.attempt(failed);
  expect(lane.batch().window).toMatchObject({ state: "{}" });
  lane.attempt(handsOn({ sum: 1 }));
  lane.now = START - INTO + MINUTE;
  for (const _ of [1, 2]) {
    expect(lane.batch().window).toMatchObject({ isFinal: true, state: '{"sum":1}' });
    lane.attempt(failed);
  }
  expect(lane.next()).toEqual({ kind: "wait", until: Number.POSITIVE_INFINITY });
  expect(lane.discarded).toEqual([]);
});

test("a report within a window hands on the state as well", () => {
  const lane = new ALane(records(0, 0), { settings: { tumblingWindowMs: MINUTE, reportsFailures: true } });
  lane.attempt({ result: "failed", isFunctionError: false, from: 1, state: '{"sum":1}' });
  const rest = lane.batch();
  expect(rest.records).toHaveLength(1);
  expect(rest.window).toMatchObject({ state: '{"sum":1}' });
});
