import { describe, expect, test } from "vitest";
import {
  aKinesis,
  DAY,
  type Input,
  invalidArgument,
  type KinesisFixture,
  MINUTE,
  noStream,
  refusal,
  SECOND,
  type Shard,
  START,
  shardId,
} from "../../support/kinesis.ts";

// Kinesis reference 6.7, 3.7

interface Listing {
  readonly Shards: readonly Shard[];
  readonly NextToken?: string;
}

const indexes = ({ Shards }: Listing): number[] => Shards.map(({ ShardId }) => Number(ShardId.slice(8)));

/** A stream whose only shard was split after a minute; the lower half of it was split after another. */
function aSplitStream(): KinesisFixture & { readonly list: (input: Input) => number[] } {
  const kinesis = aKinesis();
  const { call, clock, create } = kinesis;
  const StreamName = create("s");
  const split = (ShardToSplit: string, NewStartingHashKey: string) => {
    clock.advance(MINUTE);
    call("SplitShard", { StreamName, ShardToSplit, NewStartingHashKey });
  };
  split("0", "1000");
  split("1", "500");
  clock.advance(MINUTE);
  return { ...kinesis, list: (input) => indexes(call<Listing>("ListShards", { StreamName, ...input })) };
}

test("shards are shown with their parents and ranges", () => {
  const { call } = aSplitStream();
  const { Shards, NextToken } = call<Listing>("ListShards", { StreamName: "s" });
  expect(NextToken).toBeUndefined();
  expect(Shards[0]).toMatchObject({
    ShardId: shardId(0),
    HashKeyRange: { StartingHashKey: "0", EndingHashKey: "340282366920938463463374607431768211455" },
    SequenceNumberRange: { EndingSequenceNumber: expect.stringMatching(/^\d{56}$/) },
  });
  expect(Shards[0]?.ParentShardId).toBeUndefined();
  expect(Shards.slice(1).map(({ ParentShardId }) => ParentShardId)).toEqual([
    shardId(0),
    shardId(0),
    shardId(1),
    shardId(1),
  ]);
  expect(Shards[4]).toMatchObject({
    HashKeyRange: { StartingHashKey: "500", EndingHashKey: "999" },
    SequenceNumberRange: { EndingSequenceNumber: undefined },
  });
});

describe("a filter", () => {
  const at = (instant: number) => instant;
  test.for<[filter: Input, expected: readonly number[]]>([
    [{ Type: "FROM_TRIM_HORIZON" }, [0, 1, 2, 3, 4]],
    [{ Type: "AT_TRIM_HORIZON" }, [0]],
    [{ Type: "AT_LATEST" }, [2, 3, 4]],
    [{ Type: "AFTER_SHARD_ID", ShardId: shardId(2) }, [3, 4]],
    [{ Type: "AFTER_SHARD_ID", ShardId: "0" }, [0, 1, 2, 3, 4]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(0) }, [0]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(START + DAY) }, [2, 3, 4]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(START + MINUTE) }, [0]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(START + MINUTE + SECOND) }, [1, 2]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(START + 2 * MINUTE) }, [1, 2]],
    [{ Type: "AT_TIMESTAMP", Timestamp: at(START + 2 * MINUTE + SECOND) }, [2, 3, 4]],
    [{ Type: "FROM_TIMESTAMP", Timestamp: at(START + MINUTE) }, [0, 1, 2, 3, 4]],
    [{ Type: "FROM_TIMESTAMP", Timestamp: at(START + MINUTE + SECOND) }, [1, 2, 3, 4]],
    [{ Type: "FROM_TIMESTAMP", Timestamp: at(0) }, [0, 1, 2, 3, 4]],
  ])("%j shows %j", ([ShardFilter, expected]) => {
    expect(aSplitStream().list({ ShardFilter })).toEqual(expected);
  });

  test.for<[filter: Input, message: string]>([
    [{ Type: "AFTER_SHARD_ID" }, "ShardId must be provided in a ShardFilter of type AFTER_SHARD_ID."],
    [{ Type: "AT_TIMESTAMP" }, "Timestamp must be provided in a ShardFilter of type AT_TIMESTAMP."],
    [{ Type: "FROM_TIMESTAMP" }, "Timestamp must be provided in a ShardFilter of type FROM_TIMESTAMP."],
    [{ Type: "AT_LATEST", ShardId: shardId(0) }, "ShardId must not be provided in a ShardFilter of type AT_LATEST."],
    [
      { Type: "AT_TRIM_HORIZON", Timestamp: START },
      "Timestamp must not be provided in a ShardFilter of type AT_TRIM_HORIZON.",
    ],
  ])("%j is refused", ([ShardFilter, message]) => {
    expect(aSplitStream().failure("ListShards", { StreamName: "s", ShardFilter })).toEqual(invalidArgument(message));
  });
});

test("a listing can begin behind an id that need not exist", () => {
  const { list } = aSplitStream();
  expect(list({ ExclusiveStartShardId: shardId(2) })).toEqual([3, 4]);
  expect(list({ ExclusiveStartShardId: "shardId-0000000000025" })).toEqual([3, 4]);
});

test("closed shards are shown until all they held has expired", () => {
  const { clock, list } = aSplitStream();
  clock.advance(DAY - 2 * MINUTE + SECOND - 1);
  expect(list({})).toEqual([0, 1, 2, 3, 4]);
  clock.advance(1);
  expect(list({})).toEqual([1, 2, 3, 4]);
  clock.advance(MINUTE);
  expect(list({})).toEqual([2, 3, 4]);
});

test("what lies before the horizon counts as of the horizon", () => {
  const { clock, list } = aSplitStream();
  clock.advance(DAY - 2 * MINUTE + SECOND);
  const listed = (Type: string, more: Input = {}) => list({ ShardFilter: { Type, ...more } });
  expect(listed("AT_TRIM_HORIZON")).toEqual([1, 2]);
  expect(listed("AT_TIMESTAMP", { Timestamp: START })).toEqual([1, 2]);
  expect(listed("FROM_TRIM_HORIZON")).toEqual([1, 2, 3, 4]);
  expect(listed("FROM_TIMESTAMP", { Timestamp: START })).toEqual([1, 2, 3, 4]);
});

test("the parent of a shard is named even when it is gone itself", () => {
  const { call, clock } = aSplitStream();
  clock.advance(DAY);
  const { Shards } = call<Listing>("ListShards", { StreamName: "s" });
  expect(Shards.map(({ ShardId, ParentShardId }) => [ShardId, ParentShardId])).toEqual([
    [shardId(2), shardId(0)],
    [shardId(3), shardId(1)],
    [shardId(4), shardId(1)],
  ]);
});

describe("pages", () => {
  test("go on with a token alone, in any size", () => {
    const { call } = aSplitStream();
    const first = call<Listing>("ListShards", { StreamName: "s", MaxResults: 1 });
    const second = call<Listing>("ListShards", { NextToken: first.NextToken, MaxResults: 3 });
    const third = call<Listing>("ListShards", { NextToken: second.NextToken });
    expect([first, second, third].map(indexes)).toEqual([[0], [1, 2, 3], [4]]);
    expect(third.NextToken).toBeUndefined();
  });

  test("keep the filter", () => {
    const { call } = aSplitStream();
    const first = call<Listing>("ListShards", { StreamName: "s", MaxResults: 1, ShardFilter: { Type: "AT_LATEST" } });
    const second = call<Listing>("ListShards", { NextToken: first.NextToken });
    expect([first, second].map(indexes)).toEqual([[2], [3, 4]]);
  });

  test("hold a thousand shards at most", () => {
    const { call, create } = aKinesis();
    const StreamName = create("s", { ShardCount: 1001 });
    const first = call<Listing>("ListShards", { StreamName, MaxResults: 10_000 });
    expect(first.Shards).toHaveLength(1000);
    expect(indexes(call<Listing>("ListShards", { NextToken: first.NextToken }))).toEqual([1000]);
    expect(call<Listing>("ListShards", { StreamName }).Shards).toHaveLength(1000);
  });

  test("an ARN may stand beside a token, as clients send it", () => {
    const { arnOf, call } = aSplitStream();
    const { NextToken } = call<Listing>("ListShards", { StreamARN: arnOf("s"), MaxResults: 4 });
    expect(indexes(call<Listing>("ListShards", { StreamARN: arnOf("s"), NextToken }))).toEqual([4]);
  });

  test.for<[member: string, value: unknown]>([
    ["StreamName", "s"],
    ["StreamCreationTimestamp", START],
    ["ExclusiveStartShardId", shardId(0)],
    ["ShardFilter", { Type: "AT_LATEST" }],
  ])("%s may not", ([member, value]) => {
    const { call, failure } = aSplitStream();
    const { NextToken } = call<Listing>("ListShards", { StreamName: "s", MaxResults: 1 });
    expect(failure("ListShards", { NextToken, [member]: value })).toEqual(
      invalidArgument(`NextToken and ${member} cannot be provided together.`),
    );
  });

  test("a token is good for 300 seconds", () => {
    const { call, clock, failure } = aSplitStream();
    const { NextToken } = call<Listing>("ListShards", { StreamName: "s", MaxResults: 4 });
    clock.advance(300_000);
    expect(indexes(call<Listing>("ListShards", { NextToken }))).toEqual([4]);
    clock.advance(1);
    expect(failure("ListShards", { NextToken })).toEqual(
      refusal("ExpiredNextTokenException", "NextToken has expired. Tokens are valid for 300 seconds."),
    );
  });

  test("a token does not go on with another stream of the same name", () => {
    const { call, create, failure } = aSplitStream();
    const { NextToken } = call<Listing>("ListShards", { StreamName: "s", MaxResults: 1 });
    call("DeleteStream", { StreamName: "s" });
    create("s", { ShardCount: 3 });
    expect(failure("ListShards", { NextToken })).toEqual(noStream("s"));
  });

  test("what is no token is refused, be it that of another listing", () => {
    const { call, create, failure } = aKinesis();
    create("s");
    create("t");
    const { NextToken } = call<Listing>("ListStreams", { Limit: 1 });
    for (const token of ["x", NextToken]) {
      expect(failure("ListShards", { NextToken: token })).toEqual(invalidArgument("Invalid NextToken."));
    }
  });
});

test("something has to say which stream", () => {
  expect(aKinesis().failure("ListShards", {})).toEqual(
    invalidArgument("Either NextToken or StreamName should be provided."),
  );
});

test("the creation tells a stream from its predecessor of the same name", () => {
  const { call, clock, create, failure } = aKinesis();
  const StreamName = create("s");
  call("DeleteStream", { StreamName });
  clock.advance(MINUTE);
  create("s");
  const list = (StreamCreationTimestamp: number) => ({ StreamName, StreamCreationTimestamp });
  expect(indexes(call<Listing>("ListShards", list(START + MINUTE)))).toEqual([0]);
  expect(failure("ListShards", list(START))).toEqual(noStream("s"));
});
