import fc from "fast-check";
import { expect, test } from "vitest";
import type { AttemptOutcome } from "../../../../src/engine/mapping/stream/decision/attempt-outcome.ts";
import { laneOf } from "../../../../src/engine/mapping/stream/lane.ts";
import { ALane, type ARecord, START } from "./a-lane.ts";

const arrivals = fc.array(fc.record({ afterMs: fc.integer({ min: 0, max: 40_000 }), isWanted: fc.boolean() }), {
  minLength: 1,
  maxLength: 30,
});
const options = fc.record({
  batchSize: fc.integer({ min: 1, max: 8 }),
  ageLimitMs: fc.constantFrom(60_000, Number.POSITIVE_INFINITY),
  settings: fc.record({
    windowMs: fc.constantFrom(0, 5000, 100_000),
    maximumRetryAttempts: fc.integer({ min: 0, max: 3 }),
    bisects: fc.boolean(),
    tumblingWindowMs: fc.constantFrom(0, 30_000),
    reportsFailures: fc.boolean(),
  }),
});
const fate = fc.record({
  kind: fc.constantFrom("succeeded", "failed", "failed", "refused", "reported", "notMade"),
  place: fc.nat({ max: 7 }),
});

function recordsOf(list: readonly { readonly afterMs: number; readonly isWanted: boolean }[]): ARecord[] {
  let arrivedAt = START;
  return list.map(({ afterMs, isWanted }, place) => {
    arrivedAt += afterMs;
    return { index: 2 * place + 1, sequenceNumber: `n${place}`, arrivedAt, isWanted };
  });
}

test("every record is settled once, in order: processed, or discarded with word of it", () => {
  fc.assert(
    fc.property(arrivals, options, fc.infiniteStream(fate), (list, chosen, fates) => {
      const lane = new ALane(recordsOf(list), chosen);
      lane.isClosed = true;
      lane.now = lane.records.at(-1)?.arrivedAt ?? START;
      const settled: string[] = [];
      let told = 0;
      const noteDiscarded = () => {
        for (const { records } of lane.discarded.slice(told)) settled.push(...records.map((one) => one.sequenceNumber));
        told = lane.discarded.length;
      };
      for (let step = lane.next(); step.kind !== "finish"; step = lane.next()) {
        noteDiscarded();
        if (step.kind === "wait") {
          expect(step.until).toBeGreaterThan(lane.now);
          expect(step.until).toBeLessThan(Number.POSITIVE_INFINITY);
          lane.now = step.until;
          continue;
        }
        const { records, window } = step.batch;
        expect(records.length > 0 || window?.isFinal === true).toBe(true);
        expect(records.length).toBeLessThanOrEqual(chosen.batchSize);
        const outcome = outcomeFor(fates.next().value, records.length, chosen.settings);
        const before = lane.state.position;
        lane.answer(step.batch, outcome);
        const isDiscarded = lane.discarded.length > told;
        if (isDiscarded) noteDiscarded();
        else settled.push(...namesBetween(records, before, lane.state.position));
      }
      noteDiscarded();
      const wanted = lane.records.filter(({ isWanted }) => isWanted).map(({ sequenceNumber }) => sequenceNumber);
      expect(settled).toEqual(wanted);
    }),
    { numRuns: 500 },
  );
});

function namesBetween(records: readonly ARecord[], from: number, to: number): string[] {
  return records.filter(({ index }) => index >= from && index < to).map(({ sequenceNumber }) => sequenceNumber);
}

function outcomeFor(
  { kind, place }: { readonly kind: string; readonly place: number },
  count: number,
  { tumblingWindowMs, reportsFailures }: { readonly tumblingWindowMs: number; readonly reportsFailures: boolean },
): AttemptOutcome {
  const state = tumblingWindowMs > 0 ? { state: "{}" } : {};
  if (kind === "succeeded") return { result: "succeeded", ...state };
  if (kind === "notMade") return { result: "notMade" };
  if (kind === "reported" && reportsFailures && count > 0) {
    return { result: "failed", isFunctionError: false, from: place % count, ...state };
  }
  return { result: "failed", isFunctionError: kind === "failed" };
}

test("bisecting finds the records that fail, and no other is given up", () => {
  const poisoned = fc.array(fc.boolean(), { minLength: 1, maxLength: 40 });
  fc.assert(
    fc.property(poisoned, fc.integer({ min: 1, max: 40 }), (isPoison, batchSize) => {
      const list = recordsOf(isPoison.map(() => ({ afterMs: 0, isWanted: true })));
      const lane = new ALane(list, { batchSize, settings: { bisects: true, maximumRetryAttempts: 0 } });
      lane.isClosed = true;
      for (let step = lane.next(); step.kind !== "finish"; step = lane.next()) {
        if (step.kind === "wait") lane.now = step.until;
        else {
          const fails = step.batch.records.some(({ sequenceNumber }) => isPoison[Number(sequenceNumber.slice(1))]);
          lane.answer(step.batch, fails ? { result: "failed", isFunctionError: true } : { result: "succeeded" });
        }
      }
      const discarded = lane.discarded.map(({ records }) => records.map(({ sequenceNumber }) => sequenceNumber));
      expect(discarded).toEqual(isPoison.flatMap((is, place) => (is ? [[`n${place}`]] : [])));
    }),
  );
});

test("a partition key is always of one lane, and many keys are of all of them", () => {
  const lanes = new Set<number>();
  for (let number = 0; number < 200; number++) {
    const record = { index: number, partitionKey: `key-${number}` };
    const lane = laneOf(record, 10);
    expect(laneOf({ ...record, index: 7 }, 10)).toBe(lane);
    lanes.add(lane);
  }
  expect([...lanes].sort((one, other) => one - other)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
  expect(Array.from({ length: 4 }, (_, index) => laneOf({ index, partitionKey: undefined }, 3))).toEqual([0, 1, 2, 0]);
});
