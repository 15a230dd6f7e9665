import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  HOUR,
  type Input,
  inUse,
  invalidArgument,
  limitExceeded,
  noStream,
  notFound,
  REGION,
  refusal,
  SECOND,
  slow,
} from "../../support/kinesis.ts";

const id = (index: number): string => `shardId-${String(index).padStart(12, "0")}`;
const under = `stream s under account ${ACCOUNT}`;
const notActive = (status: string) => inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state ${status}`);
const ON_DEMAND_MODE = refusal(
  "ValidationException",
  `Request is invalid. Stream s under account ${ACCOUNT} is in On-Demand mode.`,
);
const closed = (index: number) =>
  invalidArgument(
    `Shard ${id(index)} in ${under} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
const MAX = 2n ** 128n - 1n;

// Kinesis reference 6.8, 3.2

describe("SplitShard", () => {
  const split = (NewStartingHashKey: bigint | string, ShardToSplit = id(0)): Input => ({
    StreamName: "s",
    ShardToSplit,
    NewStartingHashKey: String(NewStartingHashKey),
  });

  test("makes two shards of one", () => {
    const { call, create, describe: describeStream } = aKinesis();
    create("s");
    expect(call("SplitShard", split(1000n))).toBeUndefined();
    const { Shards } = describeStream("s");
    expect(Shards.map(({ ShardId, ParentShardId }) => [ShardId, ParentShardId])).toEqual([
      [id(0), undefined],
      [id(1), id(0)],
      [id(2), id(0)],
    ]);
    expect(Shards.map(({ HashKeyRange }) => Object.values(HashKeyRange))).toEqual([
      ["0", String(MAX)],
      ["0", "999"],
      ["1000", String(MAX)],
    ]);
    expect(Shards.map(({ AdjacentParentShardId }) => AdjacentParentShardId)).toEqual([undefined, undefined, undefined]);
  });

  test("takes effect when the stream is ACTIVE again", () => {
    const { call, clock, create, describe: describeStream, failure } = aKinesis(slow);
    create("s");
    call("SplitShard", split(2n));
    expect(describeStream("s")).toMatchObject({ StreamStatus: "UPDATING", Shards: { length: 1 } });
    expect(describeStream("s").Shards[0]?.SequenceNumberRange.EndingSequenceNumber).toBeUndefined();
    expect(failure("SplitShard", split(2n))).toEqual(notActive("UPDATING"));
    clock.advance(30 * SECOND);
    expect(describeStream("s")).toMatchObject({ StreamStatus: "ACTIVE", Shards: { length: 3 } });
  });

  test.for([2n, MAX - 1n])("can split at %s", (key) => {
    const { call, create } = aKinesis();
    create("s");
    expect(call("SplitShard", split(key))).toBeUndefined();
  });

  test.for([0n, 1n, MAX])("cannot split at %s", (key) => {
    const { create, failure } = aKinesis();
    create("s");
    expect(failure("SplitShard", split(key))).toEqual(
      invalidArgument(
        `NewStartingHashKey ${key} used in SplitShard() on shard ${id(0)} in ${under} is not both greater than one plus the shard's StartingHashKey 0 and less than the shard's EndingHashKey ${MAX}.`,
      ),
    );
  });

  test.for(["ABKLFD8", "2.14E4", "2147483648", "shardId-"])(
    "%s is no shard, whether or not there is a stream",
    (text) => {
      const { create, failure } = aKinesis();
      const expected = notFound(`Could not find shard ${text} in ${under}.`);
      expect(failure("SplitShard", split(2n, text))).toEqual(expected);
      create("s");
      expect(failure("SplitShard", split(2n, text))).toEqual(expected);
    },
  );

  test.for(["1", "shard-1", "foo-00001", "shardId-000000000001"])("%s is a shard that does not exist", (text) => {
    const { create, failure } = aKinesis();
    expect(failure("SplitShard", split(2n, text))).toEqual(noStream("s"));
    create("s");
    expect(failure("SplitShard", split(2n, text))).toEqual(notFound(`Could not find shard ${id(1)} in ${under}.`));
  });

  test("asks for the state before the shard, the shard before the quota, the quota before the hash key", () => {
    const { call, clock, failure } = aKinesis({ ...slow, quotas: { openShards: 1 } });
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(failure("SplitShard", split(0n, "7"))).toEqual(notActive("CREATING"));
    clock.advance(25 * SECOND);
    expect(failure("SplitShard", split(0n, "7"))).toEqual(notFound(`Could not find shard ${id(7)} in ${under}.`));
    expect(failure("SplitShard", split(0n))).toEqual(
      limitExceeded(
        `This request would exceed the shard limit for the account ${ACCOUNT} in ${REGION}. Current shard count for the account: 1. Limit: 1. Number of additional shards that would have resulted from this request: 1. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
      ),
    );
    call("DeleteStream", { StreamName: "s" });
    expect(failure("SplitShard", split(2n))).toEqual(notActive("DELETING"));
  });

  test("does not split a shard twice", () => {
    const { call, create, failure } = aKinesis();
    create("s");
    call("SplitShard", split(1000n));
    expect(failure("SplitShard", split(500n))).toEqual(closed(0));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("SplitShard", split(2n))).toEqual(ON_DEMAND_MODE);
  });
});

// Kinesis reference 6.9

describe("MergeShards", () => {
  const merge = (ShardToMerge: number | string, AdjacentShardToMerge: number | string): Input => ({
    StreamName: "s",
    ShardToMerge: typeof ShardToMerge === "number" ? id(ShardToMerge) : ShardToMerge,
    AdjacentShardToMerge: typeof AdjacentShardToMerge === "number" ? id(AdjacentShardToMerge) : AdjacentShardToMerge,
  });

  test("makes one shard of two", () => {
    const { call, create, describe: describeStream } = aKinesis();
    create("s", { ShardCount: 3 });
    expect(call("MergeShards", merge(0, 1))).toBeUndefined();
    const { Shards } = describeStream("s");
    expect(Shards[3]).toMatchObject({
      ShardId: id(3),
      ParentShardId: id(0),
      AdjacentParentShardId: id(1),
      HashKeyRange: { StartingHashKey: "0", EndingHashKey: "226854911280625642308916404954512140969" },
    });
    expect(Shards.map(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber !== undefined)).toEqual([
      true,
      true,
      false,
      false,
    ]);
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
        `Shards ${id(lower)} and ${id(upper)} in ${under} are not an adjacent pair of shards eligible for merging`,
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
    expect(failure("MergeShards", merge(0, 7))).toEqual(notActive("CREATING"));
    clock.advance(25 * SECOND);
    expect(failure("MergeShards", merge(0, 7))).toEqual(notFound(`Could not find shard ${id(7)} in ${under}.`));
    expect(failure("MergeShards", merge(8, 7))).toEqual(notFound(`Could not find shard ${id(8)} in ${under}.`));
    call("MergeShards", merge(0, 1));
    expect(failure("MergeShards", merge(0, 1))).toEqual(notActive("UPDATING"));
  });

  test("does not merge a shard twice", () => {
    const { call, create, failure } = aKinesis();
    create("s", { ShardCount: 3 });
    call("MergeShards", merge(0, 1));
    expect(failure("MergeShards", merge(0, 1))).toEqual(closed(0));
    expect(failure("MergeShards", merge(1, 2))).toEqual(closed(1));
    call("MergeShards", merge(3, 2));
  });

  test("names the closed one of two", () => {
    const { call, create, failure } = aKinesis();
    create("s", { ShardCount: 3 });
    call("MergeShards", merge(1, 2));
    expect(failure("MergeShards", merge(0, 1))).toEqual(closed(1));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("MergeShards", merge(0, 1))).toEqual(ON_DEMAND_MODE);
  });
});

// Kinesis reference 6.10

describe("UpdateShardCount", () => {
  const to = (TargetShardCount: number): Input => ({
    StreamName: "s",
    TargetShardCount,
    ScalingType: "UNIFORM_SCALING",
  });

  test.for([
    [2, 4, 6],
    [4, 5, 15],
    [10, 13, 37],
    [4, 2, 6],
    [5, 3, 7],
    [10, 5, 15],
  ] as const)("from %d to %d shards: %d altogether", ([from, target, all]) => {
    const { call, create, describe: describeStream, arnOf } = aKinesis();
    create("s", { ShardCount: from });
    expect(call("UpdateShardCount", to(target))).toEqual({
      StreamName: "s",
      CurrentShardCount: from,
      TargetShardCount: target,
      StreamARN: arnOf("s"),
    });
    const { Shards } = describeStream("s");
    expect(Shards).toHaveLength(all);
    const open = Shards.filter(({ SequenceNumberRange }) => SequenceNumberRange.EndingSequenceNumber === undefined);
    expect(open).toHaveLength(target);
  });

  test("to the present number changes nothing", () => {
    const { call, create, describe: describeStream } = aKinesis(slow);
    create("s", { ShardCount: 2 });
    expect(call("UpdateShardCount", to(2))).toMatchObject({ CurrentShardCount: 2, TargetShardCount: 2 });
    expect(describeStream("s").StreamStatus).toBe("ACTIVE");
  });

  test("cannot more than double", () => {
    const { create, failure } = aKinesis();
    create("s", { ShardCount: 1 });
    expect(failure("UpdateShardCount", to(4))).toEqual(
      limitExceeded(
        "UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: 1 Target shard count: 4 ",
      ),
    );
  });

  test("cannot less than halve", () => {
    const { create, failure } = aKinesis();
    create("s", { ShardCount: 5 });
    expect(failure("UpdateShardCount", to(2))).toEqual(
      limitExceeded(
        "UpdateShardCount cannot scale down below half your current open shard count. Current open shard count: 5, Target shard count: 2",
      ),
    );
  });

  test.for<[quota: Input]>([[{ openShards: 3 }], [{ openShardsPerStream: 3 }]])("keeps to the quota %j", ([quotas]) => {
    const { call, create, failure } = aKinesis({ quotas });
    create("s", { ShardCount: 2 });
    expect(failure("UpdateShardCount", to(4))).toEqual(
      limitExceeded(
        "Target shard count or number of open shards cannot be greater than 3. Current open shard count: 2, Target shard count: 4",
      ),
    );
    call("UpdateShardCount", to(3));
  });

  test("works ten times a day", () => {
    const { call, clock, create, failure } = aKinesis();
    create("s", { ShardCount: 2 });
    for (let time = 0; time < 10; time++) call("UpdateShardCount", to(time % 2 === 0 ? 3 : 2));
    expect(failure("UpdateShardCount", to(3))).toEqual(
      limitExceeded(`UpdateShardCount can be called 10 times in 24 hours for ${under}.`),
    );
    clock.advance(24 * HOUR);
    call("UpdateShardCount", to(3));
  });

  test("needs an ACTIVE stream", () => {
    const { call, create, failure } = aKinesis(slow);
    create("s", { ShardCount: 2 });
    call("UpdateShardCount", to(4));
    expect(failure("UpdateShardCount", to(3))).toEqual(notActive("UPDATING"));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("UpdateShardCount", to(8))).toEqual(ON_DEMAND_MODE);
  });
});

// Kinesis reference 11.1

test("records go to the parent until the stream is ACTIVE again, and stay readable there", () => {
  const { call, clock, create, put } = aKinesis(slow);
  create("s");
  const to = (key: string) => put("s", ["x"], { ExplicitHashKey: key })[0]?.ShardId;
  call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "2" });
  expect([to("1"), to("2")]).toEqual([id(0), id(0)]);
  clock.advance(30 * SECOND);
  expect([to("1"), to("2")]).toEqual([id(1), id(2)]);
});
