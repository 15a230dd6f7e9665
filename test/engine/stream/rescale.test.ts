import { describe, expect, test } from "vitest";
import { uniformRanges } from "../../../src/engine/stream/shard/hash-range.ts";
import { aStream, create, DAY, SECOND, START_SECOND, shard, shardTree, slow } from "../../support/stream.ts";

// Numbers of shards ever made, as a peer checked against AWS.
test.for([
  { from: 2, to: 4, total: 6 },
  { from: 4, to: 5, total: 15 },
  { from: 10, to: 13, total: 37 },
  { from: 4, to: 2, total: 6 },
  { from: 5, to: 3, total: 7 },
])("going from $from to $to shards makes $total in all", ({ from, to, total }) => {
  const { stream } = aStream({ shardCount: from });
  expect(stream.shards.rescale(to)).toEqual({ outcome: "rescaling", currentCount: from, targetCount: to });
  expect(stream.shards.openCount).toBe(to);
  expect(stream.shards.list()).toHaveLength(total);
});

test("several rounds of merges pair neighbours from the lowest on", () => {
  const { stream } = aStream({ shardCount: 4 });
  stream.shards.rescale(3);
  stream.shards.rescale(2);
  expect(
    shardTree(stream)
      .slice(4)
      .map(([, , ...parents]) => parents),
  ).toEqual([
    [0, 1],
    [4, 2],
  ]);
});

test("doubling halves every shard, so that the ranges are those of a stream created that large", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.rescale(4);
  const open = stream.shards.list({ filter: { type: "AT_LATEST" } });
  expect(open.map(({ range }) => range)).toEqual(uniformRanges(4));
});

test("going up by less than half leaves shards behind that are closed already", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.rescale(3);
  const tree = stream.shards.list().map(({ index, isOpen, parentIds }) => [index, isOpen, parentIds.length]);
  expect(tree).toEqual([
    [0, false, 0],
    [1, false, 0],
    [2, false, 1],
    [3, false, 1],
    [4, true, 1],
    [5, true, 1],
    [6, true, 2],
  ]);
  expect([0, 2, 6].map((index) => shard(stream, index).createdSecond)).toEqual([
    START_SECOND - 2,
    START_SECOND + 1,
    START_SECOND + 2,
  ]);
});

test.for([
  { from: 4, to: 8, outcome: "rescaling" },
  { from: 4, to: 9, outcome: "overDouble" },
  { from: 4, to: 2, outcome: "rescaling" },
  { from: 4, to: 1, outcome: "belowHalf" },
  { from: 5, to: 3, outcome: "rescaling" },
  { from: 5, to: 2, outcome: "belowHalf" },
  { from: 4, to: 4, outcome: "rescaling" },
])("going from $from to $to shards is answered with $outcome", ({ from, to, outcome }) => {
  const { stream } = aStream({ shardCount: from });
  expect(stream.shards.rescale(to)).toMatchObject({ outcome, currentCount: from });
});

test("the present number of shards changes nothing and counts for nothing", () => {
  const { stream } = aStream({ shardCount: 2 }, { ...slow, quotas: { rescalesPerDay: 0 } });
  stream.shards.rescale(2);
  expect(stream.status).toBe("ACTIVE");
  expect(stream.shards.list()).toHaveLength(2);
});

test("the stream is UPDATING with its old shards until the change is done", () => {
  const { stream, clock } = aStream({ shardCount: 2 }, slow);
  stream.shards.rescale(4);
  clock.advance(30 * SECOND - 1);
  expect([stream.status, stream.shards.openCount]).toEqual(["UPDATING", 2]);
  expect(stream.shards.rescale(4)).toEqual({ outcome: "notActive", currentCount: 2 });
  clock.advance(1);
  expect([stream.status, stream.shards.openCount]).toEqual(["ACTIVE", 4]);
});

describe("quotas", () => {
  test.for([
    { openShardsPerStream: 4, outcome: "rescaling" },
    { openShardsPerStream: 3, outcome: "streamLimit" },
  ])("of $openShardsPerStream shards per stream answer four with $outcome", ({ openShardsPerStream, outcome }) => {
    const { stream } = aStream({ shardCount: 2 }, { quotas: { openShardsPerStream } });
    expect(stream.shards.rescale(4).outcome).toBe(outcome);
  });

  test.for([
    { to: 8, outcome: "streamLimit" },
    { to: 4, outcome: "rescaling" },
    { to: 3, outcome: "streamLimit" },
    { to: 2, outcome: "rescaling" },
  ])("bring a stream of four shards that may have three below that, to $to: $outcome", ({ to, outcome }) => {
    const { stream } = aStream({ shardCount: 4 }, { quotas: { openShardsPerStream: 3 } });
    expect(stream.shards.rescale(to).outcome).toBe(outcome);
  });

  test.for([
    { openShards: 5, outcome: "rescaling" },
    { openShards: 4, outcome: "shardLimit" },
  ])("of $openShards shards per account count other streams' too: $outcome", ({ openShards, outcome }) => {
    const { stream, streams } = aStream({ shardCount: 2 }, { quotas: { openShards } });
    create(streams, { name: "other" });
    expect(stream.shards.rescale(4).outcome).toBe(outcome);
  });

  test("allow ten changes within 24 hours", () => {
    const { stream, clock } = aStream({ shardCount: 2 });
    const toggle = () => stream.shards.rescale(stream.shards.openCount === 2 ? 3 : 2).outcome;
    const outcomes = Array.from({ length: 11 }, toggle);
    expect(outcomes).toEqual([...Array(10).fill("rescaling"), "tooOften"]);
    clock.advance(DAY - 1);
    expect(toggle()).toBe("tooOften");
    clock.advance(1);
    expect(toggle()).toBe("rescaling");
  });
});

test("a stream of 5,000 shards doubles", () => {
  const { stream } = aStream({ shardCount: 5000 });
  stream.shards.rescale(10_000);
  const open = stream.shards.list({ filter: { type: "AT_LATEST" } });
  expect(open).toHaveLength(10_000);
  expect(open.every(({ range }, place) => place === 0 || open[place - 1]!.range.end + 1n === range.start)).toBe(true);
});
