import fc from "fast-check";
import { expect, test } from "vitest";
import { afterAttempt } from "../../../../src/engine/mapping/stream/decision/after-attempt.ts";
import { ReadingDirectory } from "../../../../src/engine/mapping/stream/reading-directory.ts";
import type { ReadingEvent } from "../../../../src/engine/mapping/stream/reading-event.ts";
import type { StreamReadings } from "../../../../src/engine/mapping/stream/stream-readings.ts";
import type { Entry } from "../../../../src/kernel/event/event-log.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { registerReplaySuite } from "../../replay-suite.ts";
import { START } from "./a-lane.ts";

const scopes = [scopeOf("000000000000", "us-east-1"), scopeOf("111111111111", "eu-west-1")];
const uuids = ["m1", "m2"];
const base = { scope: fc.constantFrom(...scopes), uuid: fc.constantFrom(...uuids) };
const shard = fc.integer({ min: 0, max: 3 });
const laneCount = fc.integer({ min: 1, max: 3 });

const commands = fc.oneof(
  {
    weight: 2,
    arbitrary: fc.record({
      type: fc.constant("begin" as const),
      ...base,
      laneCount,
      positions: fc.uniqueArray(fc.tuple(shard, fc.nat({ max: 20 })), { selector: ([of]) => of, maxLength: 3 }),
    }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      type: fc.constant("attempt" as const),
      ...base,
      shard,
      lane: fc.nat({ max: 2 }),
      count: fc.integer({ min: 1, max: 5 }),
      result: fc.constantFrom("succeeded" as const, "failed" as const, "notMade" as const),
      state: fc.constantFrom(undefined, '{"sum":1}'),
      from: fc.constantFrom(undefined, 0, 1, 2),
    }),
  },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("change" as const), ...base, laneCount }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant("finish" as const), ...base, shard }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant("forget" as const), ...base }) },
);
type Command = typeof commands extends fc.Arbitrary<infer C> ? C : never;

/** Records of a shard behind a position. */
function batchBehind(position: number, count: number, state: string | undefined) {
  const records = Array.from({ length: count }, (_, place) => {
    return { index: position + place, sequenceNumber: String(position + place), arrivedAt: START };
  });
  const window = { start: START, end: START + 1000, state: "{}", isFinal: false, isTerminatedEarly: false };
  return { records, end: position + count, ...(state !== undefined && { window }) };
}

function attempt(readings: StreamReadings, command: Extract<Command, { type: "attempt" }>): unknown {
  const { uuid, shard: of, lane, count, result, state, from } = command;
  const reading = readings.find(uuid);
  if (reading === undefined || lane >= reading.laneCount || reading.isFinished(of)) return undefined;
  const before = reading.lane(of, lane);
  const settings = {
    windowMs: 0,
    maximumRetryAttempts: 2,
    bisects: true,
    tumblingWindowMs: 1000,
    reportsFailures: true,
  };
  const outcome = { result, isFunctionError: true, ...(state && { state }), ...(from !== undefined && { from }) };
  const [end = before.position + count] = before.ends;
  const batch = batchBehind(before.position, end - before.position, state);
  const at = { settings, ageLimitMs: Number.POSITIVE_INFINITY, now: START };
  const after = afterAttempt(before, outcome, { batch, requestId: "request" }, at);
  readings.move(uuid, { shard: of, lane }, after);
  return after.type;
}

registerReplaySuite<ReadingDirectory, Command>({
  name: "readings of streams",
  commands,
  start: ({ clock, logs }) => new ReadingDirectory({ clockOf: () => clock, logs }),
  run(directory, command) {
    const readings = directory.in(command.scope);
    const { uuid } = command;
    switch (command.type) {
      case "begin":
        return void readings.begin(uuid, { ...command, streamId: "stream" });
      case "attempt":
        return attempt(readings, command);
      case "change":
        return readings.find(uuid) && readings.changeLanes(uuid, command.laneCount);
      case "finish":
        return readings.find(uuid) && readings.finish(uuid, command.shard, (other) => other !== 1);
      case "forget":
        return readings.forget(uuid);
    }
  },
  replay: (directory, entry) => directory.replay(entry as Entry<ReadingEvent>),
  entries: (directory) => directory.entries(),
  observe: (directory) => scopes.map((scope) => uuids.map((uuid) => directory.in(scope).find(uuid)?.kept())),
});

test("lanes that take the place of others begin with what is furthest behind, and pass over what was settled", () => {
  const clock = { now: () => START, at: () => () => {} };
  const readings = new ReadingDirectory({ clockOf: () => clock }).in(scopes[0] ?? scopeOf("000000000000", "us-east-1"));
  const reading = readings.begin("m", { streamId: "stream", laneCount: 2, positions: [[0, 5]] });
  const settled = (end: number) => ({ ...reading.lane(0, 0), position: end });
  readings.move("m", { shard: 0, lane: 0 }, { type: "batchProcessed", state: settled(20) });
  readings.changeLanes("m", 1);
  expect(reading.lane(0, 0)).toMatchObject({ position: 5, ends: [] });
  const inLane0 = { partitionKey: undefined, index: 10 };
  expect(reading.wasSettled(0, inLane0)).toBe(true);
  expect(reading.wasSettled(0, { ...inLane0, index: 11 })).toBe(false);
  expect(reading.wasSettled(0, { ...inLane0, index: 20 })).toBe(false);
  readings.move("m", { shard: 0, lane: 0 }, { type: "batchProcessed", state: settled(20) });
  expect(reading.wasSettled(0, inLane0)).toBe(false);
});
