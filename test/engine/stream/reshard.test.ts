import { describe, expect, test } from "vitest";
import { MAX_HASH_KEY } from "../../../src/engine/stream/shard/hash-range.ts";
import { parseSequenceNumber } from "../../../src/engine/stream/shard/sequence-number.ts";
import {
  aStream,
  create,
  put,
  putOne,
  read,
  readTexts,
  SECOND,
  START_SECOND,
  shard,
  shardTree,
  slow,
} from "../../support/stream.ts";

const LAST_INDEX = 2n ** 63n - 1n;
/** Where the first of three shards ends. */
const FIRST_END = 113427455640312821154458202477256070484n;

describe("a split that takes as long as on AWS", () => {
  test("shows and uses the old shard until it is done", () => {
    const { stream, clock } = aStream({}, slow);
    expect(stream.shards.split(0, 2n)).toBe("splitting");
    expect(stream.status).toBe("UPDATING");
    expect(shardTree(stream)).toEqual([[0n, MAX_HASH_KEY]]);
    expect(stream.shards.split(0, 2n)).toBe("notActive");
    clock.advance(30 * SECOND - 1);
    expect(put(stream, ["a"], { explicitHashKey: 1n })).toMatchObject([{ shard: 0 }]);
    expect(shard(stream).endingSequenceNumber).toBeUndefined();
    clock.advance(1);
    expect(stream.status).toBe("ACTIVE");
    expect(put(stream, ["b"], { explicitHashKey: 1n })).toMatchObject([{ shard: 1 }]);
  });

  test("closes the parent and opens two children in the second after", () => {
    const { stream, clock } = aStream({}, slow);
    const closing = START_SECOND + 25 + 30;
    stream.shards.split(0, 2n);
    clock.advance(30 * SECOND);
    expect(shardTree(stream)).toEqual([
      [0n, MAX_HASH_KEY],
      [0n, 1n, 0],
      [2n, MAX_HASH_KEY, 0],
    ]);
    const { createdSecond } = parseSequenceNumber(shard(stream, 0).startingSequenceNumber)!;
    expect(parseSequenceNumber(shard(stream, 0).endingSequenceNumber!)).toEqual({
      version: 2,
      createdSecond,
      shardIndex: 0,
      index: LAST_INDEX,
      isGap: false,
      second: closing,
    });
    for (const index of [1, 2]) {
      expect(parseSequenceNumber(shard(stream, index).startingSequenceNumber)).toEqual({
        version: 2,
        createdSecond: closing + 1,
        shardIndex: index,
        index: 0n,
        isGap: false,
        second: closing + 1,
      });
    }
  });

  test("takes effect at its own time when nobody looks until much later", () => {
    const { stream, clock } = aStream({}, slow);
    stream.shards.split(0, 2n);
    clock.advance(3600 * SECOND);
    expect(shard(stream, 0).closedSecond).toBe(START_SECOND + 25 + 30);
  });
});

test("a record that comes before the children's creation second is numbered as of that second", () => {
  const { stream } = aStream();
  stream.shards.split(0, 2n);
  const number = putOne(stream, "x");
  expect(parseSequenceNumber(number)).toMatchObject({ createdSecond: START_SECOND + 1, second: START_SECOND + 1 });
  expect(BigInt(number)).toBeGreaterThan(BigInt(shard(stream, 0).endingSequenceNumber!));
});

test("every record of a parent has a lower number than every record of its children", () => {
  const { stream } = aStream();
  const last = putOne(stream, "x");
  stream.shards.split(0, 2n);
  const first = putOne(stream, "y");
  stream.shards.split(2, 1n << 127n);
  const next = putOne(stream, "z");
  expect([last, first, next].map(BigInt)).toEqual([last, first, next].map(BigInt).sort((a, b) => (a < b ? -1 : 1)));
});

test("the parent's records stay readable after the split", () => {
  const { stream } = aStream();
  put(stream, ["a"]);
  stream.shards.split(0, 2n);
  put(stream, ["b"]);
  expect([readTexts(stream, 0, { index: 0 }), readTexts(stream, 0, { index: 2 })]).toEqual([["a"], ["b"]]);
});

test.for([
  { key: 0n, outcome: "badHashKey" },
  { key: 1n, outcome: "badHashKey" },
  { key: 2n, outcome: "splitting" },
  { key: FIRST_END - 1n, outcome: "splitting" },
  { key: FIRST_END, outcome: "badHashKey" },
  { key: MAX_HASH_KEY, outcome: "badHashKey" },
])("the first of three shards split at $key is answered with $outcome", ({ key, outcome }) => {
  expect(aStream({ shardCount: 3 }).stream.shards.split(0, key)).toBe(outcome);
});

test.for([
  { key: FIRST_END + 2n, outcome: "badHashKey" },
  { key: FIRST_END + 3n, outcome: "splitting" },
])("the second of three shards split at $key is answered with $outcome", ({ key, outcome }) => {
  expect(aStream({ shardCount: 3 }).stream.shards.split(1, key)).toBe(outcome);
});

test("refusals of a split come in AWS's order: existence, quota, hash key, state of the shard", () => {
  const { stream, streams } = aStream({ shardCount: 2 }, { quotas: { openShards: 4 } });
  stream.shards.split(0, 1000n);
  expect(stream.shards.split(0, 0n)).toBe("badHashKey");
  expect(stream.shards.split(0, 1000n)).toBe("closed");
  create(streams, { name: "other" });
  expect(stream.shards.split(7, 1000n)).toBe("noShard");
  expect(stream.shards.split(0, 0n)).toBe("shardLimit");
});

test.for([
  { openShards: 2, outcome: "splitting" },
  { openShards: 1, outcome: "shardLimit" },
])("a split of the only shard in an account of $openShards is answered with $outcome", ({ openShards, outcome }) => {
  expect(aStream({}, { quotas: { openShards } }).stream.shards.split(0, 1000n)).toBe(outcome);
});

test("a merge joins two neighbours under the next id and names both parents in the order given", () => {
  const { stream } = aStream({ shardCount: 3 });
  expect(stream.shards.merge(0, 1)).toBe("merging");
  expect(shardTree(stream)[3]).toEqual([0n, shard(stream, 1).range.end, 0, 1]);
  expect(shard(stream, 0).closedSecond).toBe(START_SECOND);
  expect(shard(stream, 1).closedSecond).toBe(START_SECOND);
  expect(shard(stream, 3).createdSecond).toBe(START_SECOND + 1);
  expect(put(stream, ["x"], { explicitHashKey: shard(stream, 1).range.start })).toMatchObject([{ shard: 3 }]);
});

test("parents of different age close in the same second, not before the younger one was created", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.split(1, (1n << 127n) | 1000n);
  stream.shards.merge(0, 2);
  expect([0, 2].map((index) => shard(stream, index).closedSecond)).toEqual([START_SECOND + 1, START_SECOND + 1]);
  expect(shard(stream, 4).createdSecond).toBe(START_SECOND + 2);
});

test.for([
  { lower: 1, upper: 0, outcome: "notAdjacent" },
  { lower: 0, upper: 2, outcome: "notAdjacent" },
  { lower: 0, upper: 0, outcome: "notAdjacent" },
  { lower: 0, upper: 3, outcome: "noShard" },
  { lower: 3, upper: 0, outcome: "noShard" },
  { lower: 1, upper: 2, outcome: "merging" },
])("merging shards $lower and $upper of three is answered with $outcome", ({ lower, upper, outcome }) => {
  expect(aStream({ shardCount: 3 }).stream.shards.merge(lower, upper)).toBe(outcome);
});

test("shards that were merged cannot be merged again", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.merge(0, 1);
  expect(stream.shards.merge(0, 1)).toBe("closed");
});

test("an on-demand stream's shards are its own affair", () => {
  const { stream } = aStream({ settings: { mode: "ON_DEMAND" } });
  expect(stream.shards.split(0, 1000n)).toBe("onDemand");
  expect(stream.shards.merge(0, 1)).toBe("onDemand");
  expect(stream.shards.rescale(8)).toEqual({ outcome: "onDemand", currentCount: 4 });
});

test("a stream that is being created has no shards to be seen", () => {
  const { streams, clock, stream } = aStream({}, slow);
  const young = create(streams, { name: "young" });
  expect([young.shards.list(), young.shards.find(0), young.shards.openCount]).toEqual([[], undefined, 0]);
  expect(young.shards.split(0, 1000n)).toBe("notActive");
  clock.advance(25 * SECOND);
  expect(young.shards.list()).toHaveLength(1);
  expect(stream.shards.list()).toHaveLength(1);
});

test("the first shards are two seconds older than their stream", () => {
  const { stream } = aStream();
  expect(shard(stream).createdSecond).toBe(START_SECOND - 2);
});

test("a consumer that follows the shards to their end reads each record once", () => {
  const { stream } = aStream();
  put(stream, ["a", "b"]);
  stream.shards.split(0, 1n << 127n);
  put(stream, ["c"], { explicitHashKey: 0n });
  put(stream, ["d"], { explicitHashKey: MAX_HASH_KEY });
  stream.shards.merge(1, 2);
  put(stream, ["e"]);
  expect(readTexts(stream, 0, { index: 0 })).toEqual(["a", "b"]);
  expect(read(stream, 0, { index: 0 }).childShards?.map(({ index }) => index)).toEqual([1, 2]);
  expect([1, 2].map((index) => readTexts(stream, 0, { index }))).toEqual([["c"], ["d"]]);
  expect([1, 2].map((index) => read(stream, 0, { index }).childShards?.[0]?.index)).toEqual([3, 3]);
  expect(readTexts(stream, 0, { index: 3 })).toEqual(["e"]);
});
