import { describe, expect, test } from "vitest";
import { aKinesis, DAY, noShard, SECOND, shardId, textsOf } from "../../support/kinesis.ts";

// Kinesis reference 4.2, 6.18

describe("the end of a shard", () => {
  test("of a split names both children", () => {
    const { call, create, describe: describeStream, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a"]);
    const before = iterator(StreamName);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const { Records, NextShardIterator, ChildShards, MillisBehindLatest } = read(before);
    expect(textsOf(Records)).toEqual(["a"]);
    expect([NextShardIterator, MillisBehindLatest]).toEqual([undefined, 0]);
    const children = describeStream(StreamName).Shards.slice(1);
    expect(ChildShards).toEqual(
      children.map(({ ShardId, HashKeyRange }) => ({ ShardId, ParentShards: [shardId(0)], HashKeyRange })),
    );
  });

  test("of a merge names the one child from either parent", () => {
    const { call, create, iterator, read } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    call("MergeShards", { StreamName, ShardToMerge: "0", AdjacentShardToMerge: "1" });
    for (const ShardId of ["0", "1"]) {
      expect(read(iterator(StreamName, { ShardId })).ChildShards).toMatchObject([
        { ShardId: shardId(2), ParentShards: [shardId(0), shardId(1)] },
      ]);
    }
  });

  test("is reached at once from LATEST", () => {
    const { call, create, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a"]);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const { Records, NextShardIterator, ChildShards } = read(iterator(StreamName, { ShardIteratorType: "LATEST" }));
    expect([Records, NextShardIterator, ChildShards?.length]).toEqual([[], undefined, 2]);
  });

  test("is not told before the last record is", () => {
    const { call, create, iterator, put, read } = aKinesis();
    const StreamName = create("s");
    put(StreamName, ["a", "b"]);
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    const first = read(iterator(StreamName), { Limit: 1 });
    expect([first.NextShardIterator, first.ChildShards]).toEqual([expect.any(String), undefined]);
    expect(read(first.NextShardIterator!).ChildShards).toHaveLength(2);
  });

  test("a shard whose records have all expired does not exist any more", () => {
    const { call, clock, create, failure, iterator, read } = aKinesis();
    const StreamName = create("s");
    call("SplitShard", { StreamName, ShardToSplit: "0", NewStartingHashKey: "1000" });
    clock.advance(DAY);
    const ShardIterator = iterator(StreamName);
    read(ShardIterator);
    clock.advance(SECOND);
    expect(failure("GetRecords", { ShardIterator })).toEqual(noShard(0, "s"));
  });
});
