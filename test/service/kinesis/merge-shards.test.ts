import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  alreadyResharded,
  type Input,
  invalidArgument,
  noStream,
  notActive,
  notFound,
  onDemandMode,
  SECOND,
  shardId,
  slow,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;

// Kinesis reference 6.9

describe("MergeShards", () => {
  const merge = (ShardToMerge: number | string, AdjacentShardToMerge: number | string): Input => ({
    StreamName: "s",
    ShardToMerge: typeof ShardToMerge === "number" ? shardId(ShardToMerge) : ShardToMerge,
    AdjacentShardToMerge:
      typeof AdjacentShardToMerge === "number" ? shardId(AdjacentShardToMerge) : AdjacentShardToMerge,
  });

  test("makes one shard of two", () => {
    const { call, create, describe: describeStream } = aKinesis();
    create("s", { ShardCount: 3 });
    expect(call("MergeShards", merge(0, 1))).toBeUndefined();
    const { Shards } = describeStream("s");
    expect(Shards[3]).toMatchObject({
      ShardId: shardId(3),
      ParentShardId: shardId(0),
      AdjacentParentShardId: shardId(1),
      HashKeyRange: { StartingHashKey: "0", EndingHashKey: "226854911280625642308916404954512140969" },
    });
    const secondOf = (number = "") => BigInt(number).toString(16).slice(29, 38);
    const ends = Shards.map(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber);
    expect(secondOf(ends[0])).toBe(secondOf(ends[1]));
    expect(ends.slice(2)).toEqual([undefined, undefined]);
  });

  test.for([
    [1, 0],
    [0, 2],
    [0, 0],
  ] as const)("shards %d and %d are no pair", ([lower, upper]) => {
    const { create, failure } = aKinesis();
    create("s", { ShardCount: 3 });
    expect(failure("MergeShards", merge(lower, upper))).toEqual(
      invalidArgument(
        `Shards ${shardId(lower)} and ${shardId(upper)} in ${under} are not an adjacent pair of shards eligible for merging`,
      ),
    );
  });

  test("reads both ids, the first one first, before it looks for a stream", () => {
    const { failure } = aKinesis();
    expect(failure("MergeShards", merge("x", "y"))).toEqual(notFound(`Could not find shard x in ${under}.`));
    expect(failure("MergeShards", merge(0, "y"))).toEqual(notFound(`Could not find shard y in ${under}.`));
    expect(failure("MergeShards", merge(0, 1))).toEqual(noStream("s"));
  });

  test("asks for the state before the shards", () => {
    const { call, clock, failure } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 2 });
    expect(failure("MergeShards", merge(0, 7))).toEqual(notActive("s", "CREATING"));
    clock.advance(25 * SECOND);
    expect(failure("MergeShards", merge(0, 7))).toEqual(notFound(`Could not find shard ${shardId(7)} in ${under}.`));
    expect(failure("MergeShards", merge(8, 7))).toEqual(notFound(`Could not find shard ${shardId(8)} in ${under}.`));
    call("MergeShards", merge(0, 1));
    expect(failure("MergeShards", merge(0, 1))).toEqual(notActive("s", "UPDATING"));
  });

  test("does not merge a shard twice", () => {
    const { call, create, failure } = aKinesis();
    create("s", { ShardCount: 3 });
    call("MergeShards", merge(0, 1));
    expect(failure("MergeShards", merge(0, 1))).toEqual(alreadyResharded("s", 0));
    expect(failure("MergeShards", merge(1, 2))).toEqual(alreadyResharded("s", 1));
    call("MergeShards", merge(3, 2));
  });

  test("names the closed one of two", () => {
    const { call, create, failure } = aKinesis();
    create("s", { ShardCount: 3 });
    call("MergeShards", merge(1, 2));
    expect(failure("MergeShards", merge(0, 1))).toEqual(alreadyResharded("s", 1));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("MergeShards", merge(0, 1))).toEqual(onDemandMode("s"));
  });
});
