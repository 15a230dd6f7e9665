import { expect, test } from "vitest";
import type { Tail } from "../../../../src/engine/stream/consumer/tail.ts";
import { aStream, DAY, MINUTE, put, SECOND, textsOf, throttled } from "../../../support/stream.ts";

const ALL = { records: 1000, bytes: Number.POSITIVE_INFINITY };

/** The texts that are next, by shard. */
function taken(tail: Tail, limit = ALL): readonly (readonly [shard: number, ...texts: readonly string[]])[] {
  return tail.take(limit).map(({ shard, records }) => [shard.index, ...textsOf(records)]);
}

test("a tail has what is put from its beginning on, once", () => {
  const { stream } = aStream();
  put(stream, ["before"]);
  const tail = stream.tail();
  expect(taken(tail)).toEqual([]);
  put(stream, ["a", "b"]);
  expect(taken(tail)).toEqual([[0, "a", "b"]]);
  expect(taken(tail)).toEqual([]);
});

test("a tail follows every shard", () => {
  const { stream } = aStream({ shardCount: 3 });
  const tail = stream.tail();
  put(stream, ["c"], { partitionKey: "e" });
  put(stream, ["a"], { partitionKey: "a" });
  put(stream, ["b"], { partitionKey: "b" });
  expect(taken(tail)).toEqual([
    [0, "a"],
    [1, "b"],
    [2, "c"],
  ]);
});

test("a tail follows shards into their children, and reads what the parents had before", () => {
  const { stream, clock } = aStream();
  const tail = stream.tail();
  put(stream, ["parent"]);
  stream.shards.split(0, 1000n);
  clock.advance(2 * SECOND);
  put(stream, ["low"], { explicitHashKey: 0n });
  put(stream, ["high"], { explicitHashKey: 1000n });
  expect(taken(tail)).toEqual([
    [0, "parent"],
    [1, "low"],
    [2, "high"],
  ]);
  expect(taken(tail)).toEqual([]);
});

test.for([
  {
    limit: { records: 2, bytes: 1000 },
    expected: [
      [[0, "a", "b"]],
      [
        [0, "c"],
        [1, "d"],
      ],
      [],
    ],
  },
  {
    limit: { records: 1000, bytes: 4 },
    expected: [
      [[0, "a", "b"]],
      [
        [0, "c"],
        [1, "d"],
      ],
      [],
    ],
  },
  { limit: { records: 3, bytes: 1000 }, expected: [[[0, "a", "b", "c"]], [[1, "d"]], []] },
])("a tail gives no more than it is asked for: $limit", ({ limit, expected }) => {
  const { stream } = aStream({ shardCount: 2 });
  const tail = stream.tail();
  put(stream, ["a", "b", "c"], { partitionKey: "a" });
  put(stream, ["d"], { partitionKey: "b" });
  expect(expected.map(() => taken(tail, limit))).toEqual(expected);
});

test("a tail has nothing of what has expired, nor of shards that have", () => {
  const { stream, clock } = aStream();
  const tail = stream.tail();
  put(stream, ["old"]);
  stream.shards.split(0, 1000n);
  clock.advance(DAY - SECOND);
  put(stream, ["new"]);
  clock.advance(MINUTE);
  expect(taken(tail)).toEqual([[2, "new"]]);
});

test("a tail uses up nobody's right to read", () => {
  const { stream } = aStream({}, throttled);
  const tail = stream.tail();
  for (let time = 0; time < 10; time++) taken(tail);
  expect(stream.read(stream.shards.find(0)!, 0)).not.toBe("throttled");
});
