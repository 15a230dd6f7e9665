import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  alreadyResharded,
  type Input,
  invalidArgument,
  limitExceeded,
  noStream,
  notActive,
  notFound,
  onDemandMode,
  REGION,
  SECOND,
  shardId,
  slow,
} from "../../support/kinesis.ts";

const under = `stream s under account ${ACCOUNT}`;
const MAX = 2n ** 128n - 1n;
const HALF = 2n ** 127n;

// Kinesis reference 6.8, 3.2

describe("SplitShard", () => {
  const split = (NewStartingHashKey: bigint | string, ShardToSplit = shardId(0)): Input => ({
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
      [shardId(0), undefined],
      [shardId(1), shardId(0)],
      [shardId(2), shardId(0)],
    ]);
    expect(Shards.map(({ HashKeyRange }) => Object.values(HashKeyRange))).toEqual([
      ["0", String(MAX)],
      ["0", "999"],
      ["1000", String(MAX)],
    ]);
    expect(Shards.map(({ AdjacentParentShardId }) => AdjacentParentShardId)).toEqual([undefined, undefined, undefined]);
  });

  test.for([
    { shard: 0, start: 0n, end: HALF - 1n, key: 0n, isGood: false },
    { shard: 0, start: 0n, end: HALF - 1n, key: 1n, isGood: false },
    { shard: 0, start: 0n, end: HALF - 1n, key: 2n, isGood: true },
    { shard: 0, start: 0n, end: HALF - 1n, key: HALF - 2n, isGood: true },
    { shard: 0, start: 0n, end: HALF - 1n, key: HALF - 1n, isGood: false },
    { shard: 0, start: 0n, end: HALF - 1n, key: HALF + 1000n, isGood: false },
    { shard: 1, start: HALF, end: MAX, key: 1000n, isGood: false },
    { shard: 1, start: HALF, end: MAX, key: HALF + 1n, isGood: false },
    { shard: 1, start: HALF, end: MAX, key: HALF + 2n, isGood: true },
    { shard: 1, start: HALF, end: MAX, key: MAX - 1n, isGood: true },
    { shard: 1, start: HALF, end: MAX, key: MAX, isGood: false },
    { shard: 1, start: HALF, end: MAX, key: 10n ** 39n - 1n, isGood: false },
  ])("shard $shard can be split at $key: $isGood", ({ shard, start, end, key, isGood }) => {
    const { call, create, failure } = aKinesis();
    create("s", { ShardCount: 2 });
    const input = split(key, shardId(shard));
    if (isGood) expect(call("SplitShard", input)).toBeUndefined();
    else {
      expect(failure("SplitShard", input)).toEqual(
        invalidArgument(
          `NewStartingHashKey ${key} used in SplitShard() on shard ${shardId(shard)} in ${under} is not both greater than one plus the shard's StartingHashKey ${start} and less than the shard's EndingHashKey ${end}.`,
        ),
      );
    }
  });

  test("cannot split a shard of three hash keys", () => {
    const { call, create, failure } = aKinesis();
    create("s");
    call("SplitShard", split(3n));
    for (const key of [0n, 1n, 2n]) {
      expect(failure("SplitShard", split(key, shardId(1))).message).toContain("is not both greater than one plus");
    }
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
    expect(failure("SplitShard", split(2n, text))).toEqual(notFound(`Could not find shard ${shardId(1)} in ${under}.`));
  });

  test("asks for the state before the shard, the shard before the quota, the quota before the hash key", () => {
    const { call, clock, failure } = aKinesis({ ...slow, quotas: { openShards: 1 } });
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(failure("SplitShard", split(0n, "7"))).toEqual(notActive("s", "CREATING"));
    clock.advance(25 * SECOND);
    expect(failure("SplitShard", split(0n, "7"))).toEqual(notFound(`Could not find shard ${shardId(7)} in ${under}.`));
    expect(failure("SplitShard", split(0n))).toEqual(
      limitExceeded(
        `This request would exceed the shard limit for the account ${ACCOUNT} in ${REGION}. Current shard count for the account: 1. Limit: 1. Number of additional shards that would have resulted from this request: 1. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
      ),
    );
    call("DeleteStream", { StreamName: "s" });
    expect(failure("SplitShard", split(2n))).toEqual(notActive("s", "DELETING"));
  });

  test("does not split a shard twice", () => {
    const { call, create, failure } = aKinesis();
    create("s");
    call("SplitShard", split(1000n));
    expect(failure("SplitShard", split(500n))).toEqual(alreadyResharded("s", 0));
  });

  test("is not for on-demand streams", () => {
    const { createOnDemand, failure } = aKinesis();
    createOnDemand("s");
    expect(failure("SplitShard", split(2n))).toEqual(onDemandMode("s"));
  });
});

// Kinesis reference 11.1

describe("while the only shard is being split", () => {
  const aSplitStream = () => {
    const kinesis = aKinesis(slow);
    kinesis.create("s");
    kinesis.call("SplitShard", { StreamName: "s", ShardToSplit: "0", NewStartingHashKey: "2" });
    const shardOf = (ExplicitHashKey: string) => kinesis.put("s", ["x"], { ExplicitHashKey })[0]?.ShardId;
    return { ...kinesis, shardOf, finish: () => kinesis.clock.advance(30 * SECOND) };
  };
  const second = (number = "0", from: number, to: number) =>
    Number.parseInt(BigInt(number).toString(16).slice(from, to), 16);

  test("the stream is UPDATING with its old shard, which is open, until that is done", () => {
    const { clock, describe: describeStream } = aSplitStream();
    clock.advance(30 * SECOND - 1);
    expect(describeStream("s")).toMatchObject({ StreamStatus: "UPDATING", Shards: { length: 1 } });
    expect(describeStream("s").Shards[0]?.SequenceNumberRange.EndingSequenceNumber).toBeUndefined();
    clock.advance(1);
    expect(describeStream("s")).toMatchObject({ StreamStatus: "ACTIVE", Shards: { length: 3 } });
  });

  test("records go to the old shard, then to its children", () => {
    const { finish, shardOf } = aSplitStream();
    expect([shardOf("1"), shardOf("2")]).toEqual([shardId(0), shardId(0)]);
    finish();
    expect([shardOf("1"), shardOf("2")]).toEqual([shardId(1), shardId(2)]);
  });

  test("children are a second younger than the end of their parent, and no record is older than its shard", () => {
    const { describe: describeStream, finish, put } = aSplitStream();
    finish();
    const [parent, ...children] = describeStream("s").Shards.map(({ SequenceNumberRange }) => SequenceNumberRange);
    const end = second(parent?.EndingSequenceNumber, 29, 38);
    expect(children.map(({ StartingSequenceNumber }) => second(StartingSequenceNumber, 1, 10))).toEqual([
      end + 1,
      end + 1,
    ]);
    const [placed] = put("s", ["x"], { ExplicitHashKey: "1" });
    expect(second(placed?.SequenceNumber, 29, 38)).toBe(end + 1);
  });
});
