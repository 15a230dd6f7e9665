import { describe, expect, test } from "vitest";
import { SequenceNumbers } from "../../../../src/engine/stream/shard/sequence-number.ts";
import type { StartingPosition } from "../../../../src/engine/stream/shard/starting-position.ts";
import {
  aStream,
  DAY,
  MINUTE,
  position,
  put,
  putOne,
  readTexts,
  SECOND,
  START,
  START_SECOND,
  type StreamFixture,
  shard,
} from "../../../support/stream.ts";

/** A stream with records a, b and c, a second apart from each other, and their numbers. */
function aFilledStream(): StreamFixture & { readonly numbers: readonly string[] } {
  const fixture = aStream();
  const numbers = ["a", "b", "c"].map((text) => {
    const number = putOne(fixture.stream, text);
    fixture.clock.advance(SECOND);
    return number;
  });
  return { ...fixture, numbers };
}

function from({ stream }: Pick<StreamFixture, "stream">, start: StartingPosition): readonly string[] {
  return readTexts(stream, position(stream, start));
}

test("TRIM_HORIZON is the oldest record", () => {
  expect(from(aFilledStream(), { type: "TRIM_HORIZON" })).toEqual(["a", "b", "c"]);
});

test("LATEST is fixed when it is asked for, however much later it is read", () => {
  const { stream, clock } = aFilledStream();
  const latest = position(stream, { type: "LATEST" });
  put(stream, ["d"]);
  clock.advance(MINUTE);
  put(stream, ["e"]);
  expect(readTexts(stream, latest)).toEqual(["d", "e"]);
});

test.for([
  { type: "AT_SEQUENCE_NUMBER", read: ["b", "c"] },
  { type: "AFTER_SEQUENCE_NUMBER", read: ["c"] },
] as const)("$type of a record reads $read", ({ type, read }) => {
  const fixture = aFilledStream();
  expect(from(fixture, { type, sequenceNumber: fixture.numbers[1]! })).toEqual(read);
});

test.for(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] as const)(
  "%s of the shard's starting sequence number is its beginning, with records or without",
  (type) => {
    const { stream } = aStream();
    const start = { type, sequenceNumber: shard(stream).startingSequenceNumber };
    const early = position(stream, start);
    put(stream, ["a"]);
    expect(readTexts(stream, early)).toEqual(["a"]);
    expect(readTexts(stream, position(stream, start))).toEqual(["a"]);
  },
);

describe("a number that no record has", () => {
  const numbers = new SequenceNumbers(0, START_SECOND - 2);

  test.for([
    { what: "the second before the record's", second: START_SECOND, at: ["b", "c"], after: ["b", "c"] },
    { what: "the record's own second", second: START_SECOND + 1, at: ["b", "c"], after: ["c"] },
    { what: "the second after the record's", second: START_SECOND + 2, at: ["c"], after: ["c"] },
  ])("with a record's index and $what is before or behind that record", ({ second, at, after }) => {
    const sequenceNumber = numbers.of(2, second);
    expect(from(aFilledStream(), { type: "AT_SEQUENCE_NUMBER", sequenceNumber })).toEqual(at);
    expect(from(aFilledStream(), { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber })).toEqual(after);
  });

  test("between the indexes of two records reads from the later one", () => {
    const { stream } = aStream({ shardCount: 2 });
    put(stream, ["a"], { partitionKey: "a" });
    const between = new SequenceNumbers(0, START_SECOND - 2).of(2, START_SECOND);
    put(stream, ["other"], { partitionKey: "b" });
    put(stream, ["b"], { partitionKey: "a" });
    expect(from({ stream }, { type: "AT_SEQUENCE_NUMBER", sequenceNumber: between })).toEqual(["b"]);
  });

  test("that a closed shard ends with is the shard's end", () => {
    const { stream } = aFilledStream();
    stream.shards.split(0, 1000n);
    const sequenceNumber = shard(stream).endingSequenceNumber!;
    expect(from({ stream }, { type: "AT_SEQUENCE_NUMBER", sequenceNumber })).toEqual([]);
    expect(from({ stream }, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber })).toEqual([]);
  });
});

test("a sequence number whose record has expired reads from the oldest record there is", () => {
  const fixture = aFilledStream();
  fixture.clock.advance(DAY - 2 * SECOND);
  const start = { type: "AT_SEQUENCE_NUMBER", sequenceNumber: fixture.numbers[0]! } as const;
  expect(from(fixture, start)).toEqual(["b", "c"]);
});

test.for([
  { what: "long before the stream", instant: 0, read: ["a", "b", "c"] },
  { what: "of a record", instant: START + SECOND, read: ["b", "c"] },
  { what: "a millisecond after a record", instant: START + SECOND + 1, read: ["c"] },
  { what: "after the last record, but not ahead", instant: START + 3 * SECOND, read: [] },
])("AT_TIMESTAMP $what reads $read", ({ instant, read }) => {
  expect(from(aFilledStream(), { type: "AT_TIMESTAMP", instant })).toEqual(read);
});

test("AT_TIMESTAMP after the last record is where the next one will be", () => {
  const { stream } = aFilledStream();
  const end = position(stream, { type: "AT_TIMESTAMP", instant: START + 3 * SECOND });
  put(stream, ["d"]);
  expect(readTexts(stream, end)).toEqual(["d"]);
});

test("AT_TIMESTAMP of what has expired is where the next record will be, whether or not somebody read since", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY - MINUTE);
  position(stream, { type: "LATEST" });
  clock.advance(MINUTE + 1);
  const found = position(stream, { type: "AT_TIMESTAMP", instant: START });
  readTexts(stream);
  expect(position(stream, { type: "AT_TIMESTAMP", instant: START })).toBe(found);
  expect(found).toBe(position(stream, { type: "LATEST" }));
});

test("AT_TIMESTAMP may be the present but not the future", () => {
  const { stream } = aStream();
  expect(stream.position(shard(stream), { type: "AT_TIMESTAMP", instant: START }).outcome).toBe("found");
  expect(stream.position(shard(stream), { type: "AT_TIMESTAMP", instant: START + 1 })).toEqual({
    outcome: "future",
    now: START,
  });
});

test.for([
  { what: "no sequence number", sequenceNumber: (2n ** 185n).toString(), outcome: { outcome: "invalid" } },
  {
    what: "a number of another shard",
    sequenceNumber: new SequenceNumbers(1, START_SECOND - 2).of(1, START_SECOND),
    outcome: { outcome: "otherShard", shardIndex: 1 },
  },
  { what: "an old number of another shard", sequenceNumber: "5", outcome: { outcome: "otherShard", shardIndex: 5 } },
  {
    what: "a number of another stream's shard 0",
    sequenceNumber: new SequenceNumbers(0, START_SECOND - 3).of(1, START_SECOND),
    outcome: { outcome: "otherStream", version: 2 },
  },
  { what: "an old number of shard 0", sequenceNumber: "0", outcome: { outcome: "otherStream", version: 0 } },
])("$what is no position in shard 0", ({ sequenceNumber, outcome }) => {
  const { stream } = aStream();
  expect(stream.position(shard(stream), { type: "AT_SEQUENCE_NUMBER", sequenceNumber })).toEqual(outcome);
  expect(stream.position(shard(stream), { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber })).toEqual(outcome);
});
