import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  type Input,
  inUse,
  invalidArgument,
  limitExceeded,
  REGION,
  refusal,
  START,
  slow,
} from "../../support/kinesis.ts";

const PROVISIONED = { StreamModeDetails: { StreamMode: "PROVISIONED" } };
const ON_DEMAND = { StreamModeDetails: { StreamMode: "ON_DEMAND" } };
const exists = (name: string) => inUse(`Stream ${name} under account ${ACCOUNT} already exists.`);

// Kinesis reference 6.1

describe("CreateStream", () => {
  test("answers with nothing and begins a stream", () => {
    const { call, describe: describeStream, arnOf } = aKinesis(slow);
    expect(call("CreateStream", { StreamName: "s", ShardCount: 3 })).toBeUndefined();
    expect(describeStream("s")).toEqual({
      StreamName: "s",
      StreamARN: arnOf("s"),
      StreamStatus: "CREATING",
      StreamModeDetails: { StreamMode: "PROVISIONED" },
      Shards: [],
      HasMoreShards: false,
      RetentionPeriodHours: 24,
      StreamCreationTimestamp: START,
      EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
      EncryptionType: "NONE",
      KeyId: undefined,
    });
  });

  // Kinesis reference 3.3, 3.4
  test("divides the hash keys among the shards", () => {
    const { create, describe: describeStream } = aKinesis();
    const { Shards } = describeStream(create("s", { ShardCount: 3 }));
    expect(Shards.map(({ HashKeyRange }) => Object.values(HashKeyRange))).toEqual([
      ["0", "113427455640312821154458202477256070484"],
      ["113427455640312821154458202477256070485", "226854911280625642308916404954512140969"],
      ["226854911280625642308916404954512140970", "340282366920938463463374607431768211455"],
    ]);
    expect(Shards.map(({ ShardId }) => ShardId)).toEqual([0, 1, 2].map((index) => `shardId-00000000000${index}`));
    const [first, second] = Shards.map(({ SequenceNumberRange }) => BigInt(SequenceNumberRange.StartingSequenceNumber));
    expect(second! - first!).toBe(22300745198530623141535718272648361505980432n);
  });

  // Kinesis reference 6.1
  test("takes a name alone and gives the stream four shards", () => {
    const { call, describe: describeStream } = aKinesis();
    call("CreateStream", { StreamName: "s" });
    expect(describeStream("s").Shards).toHaveLength(4);
  });

  test("gives an on-demand stream four shards", () => {
    const { createOnDemand, describe: describeStream } = aKinesis();
    expect(describeStream(createOnDemand())).toMatchObject({
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
      Shards: { length: 4 },
    });
  });

  test.for<[title: string, input: Input, expected: object]>([
    [
      "a provisioned stream needs a number of shards",
      PROVISIONED,
      invalidArgument("ShardCount is expected when StreamMode=PROVISIONED"),
    ],
    [
      "an on-demand stream takes none",
      { ...ON_DEMAND, ShardCount: 1 },
      invalidArgument("ShardCount is not expected when StreamMode=ON_DEMAND"),
    ],
    [
      "warm throughput is for on-demand streams",
      { ...PROVISIONED, ShardCount: 1, WarmThroughputMiBps: 1 },
      invalidArgument("WarmThroughputMiBps cannot be set while creating stream in Provisioned StreamMode"),
    ],
    [
      "and beside no number of shards, which make it a provisioned one",
      { ShardCount: 1, WarmThroughputMiBps: 1 },
      invalidArgument("Either 'warmThroughputMiBps' or 'shardCount' can be set but not both"),
    ],
    [
      "and for accounts with the commitment",
      { ...ON_DEMAND, WarmThroughputMiBps: 1 },
      refusal(
        "ValidationException",
        `WarmThroughputMiBps requires the minimum throughput billing commitment to be enabled for account ${ACCOUNT}.`,
      ),
    ],
    [
      "up to ten GiB a second",
      { ...ON_DEMAND, WarmThroughputMiBps: 10_241 },
      invalidArgument("WarmThroughputMiBps must not be greater than 10240. Requested: 10241"),
    ],
    [
      "AUTO is for on-demand streams",
      { ShardCount: 1, RecordDistributionStrategy: "AUTO" },
      invalidArgument("RecordDistributionStrategy AUTO can only be provided for a stream in On-Demand mode."),
    ],
    [
      "there can be so many shards in an account",
      { ShardCount: 20_001 },
      limitExceeded(
        `This request would exceed the shard limit for the account ${ACCOUNT} in ${REGION}. Current shard count for the account: 0. Limit: 20000. Number of additional shards that would have resulted from this request: 20001. Refer to the AWS Service Limits page (http://docs.aws.amazon.com/general/latest/gr/aws_service_limits.html) for current limits and how to request higher limits.`,
      ),
    ],
  ])("refuses: %s", ([, input, expected]) => {
    expect(aKinesis().failure("CreateStream", { StreamName: "s", ...input })).toEqual(expected);
  });

  test("fills the quota of shards to the last", () => {
    const { create, failure } = aKinesis({ quotas: { openShards: 3 } });
    create("a", { ShardCount: 2 });
    expect(failure("CreateStream", { StreamName: "b", ShardCount: 2 }).message).toContain(
      "Current shard count for the account: 2. Limit: 3. Number of additional shards that would have resulted from this request: 2.",
    );
    create("b", { ShardCount: 1 });
    expect(failure("CreateStream", { StreamName: "c", ...ON_DEMAND }).message).toContain(
      "Current shard count for the account: 3. Limit: 3. Number of additional shards that would have resulted from this request: 4.",
    );
  });

  test("asks for the name before the quota", () => {
    const { create, failure } = aKinesis({ quotas: { openShards: 1 } });
    create("s");
    expect(failure("CreateStream", { StreamName: "s", ShardCount: 9 })).toEqual(exists("s"));
  });

  test("gives a name away again when its stream is gone", () => {
    const { call, clock, create, failure } = aKinesis(slow);
    call("DeleteStream", { StreamName: create("s") });
    clock.advance(29_999);
    expect(failure("CreateStream", { StreamName: "s", ShardCount: 1 })).toEqual(exists("s"));
    clock.advance(1);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
  });

  test("frees the quota of shards when a deletion is complete", () => {
    const { call, clock, create, failure } = aKinesis({ ...slow, quotas: { openShards: 2 } });
    call("DeleteStream", { StreamName: create("a", { ShardCount: 2 }) });
    clock.advance(29_999);
    expect(failure("CreateStream", { StreamName: "b", ShardCount: 1 }).code).toBe("LimitExceededException");
    clock.advance(1);
    call("CreateStream", { StreamName: "b", ShardCount: 2 });
  });

  test("counts open shards only", () => {
    const { call, create, failure } = aKinesis({ quotas: { openShards: 3 } });
    create("a", { ShardCount: 2 });
    call("MergeShards", { StreamName: "a", ShardToMerge: "0", AdjacentShardToMerge: "1" });
    expect(failure("CreateStream", { StreamName: "b", ShardCount: 3 }).message).toContain(
      "Current shard count for the account: 1.",
    );
    create("b", { ShardCount: 2 });
  });

  test("refuses a sixth stream while five are being created or deleted", () => {
    const { call, create, clock, failure } = aKinesis(slow);
    create("gone");
    for (const name of ["a", "b", "c", "d"]) call("CreateStream", { StreamName: name, ShardCount: 1 });
    call("DeleteStream", { StreamName: "gone" });
    expect(failure("CreateStream", { StreamName: "e", ShardCount: 1 })).toEqual(
      limitExceeded(
        "This request would exceed the limit on the number of streams that can simultaneously be in CREATING or DELETING. Limit: 5",
      ),
    );
    clock.advance(25_000);
    call("CreateStream", { StreamName: "e", ShardCount: 1 });
  });

  test("refuses an on-demand stream beyond the quota", () => {
    const { createOnDemand, failure } = aKinesis({ quotas: { onDemandStreams: 1 } });
    createOnDemand("a");
    expect(failure("CreateStream", { StreamName: "b", ...ON_DEMAND })).toEqual(
      limitExceeded(
        `This request would exceed the limit on the number of On-Demand streams for the account ${ACCOUNT} in ${REGION}. Current On-Demand streams count: 1. Limit: 1.`,
      ),
    );
  });

  test("takes what a stream can be told at once", () => {
    const { call, createOnDemand } = aKinesis();
    call("UpdateAccountSettings", { MinimumThroughputBillingCommitment: { Status: "ENABLED" } });
    createOnDemand("s", {
      Tags: { k: "v" },
      WarmThroughputMiBps: 100,
      MaxRecordSizeInKiB: 2048,
      RecordDistributionStrategy: "AUTO",
    });
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: {
        WarmThroughput: { TargetMiBps: 100, CurrentMiBps: 100 },
        MaxRecordSizeInKiB: 2048,
        RecordDistributionStrategy: "AUTO",
      },
    });
    expect(call("ListTagsForStream", { StreamName: "s" })).toMatchObject({ Tags: [{ Key: "k", Value: "v" }] });
  });

  test("keeps what it is not told at the defaults", () => {
    const { call, createOnDemand } = aKinesis();
    createOnDemand("s", { RecordDistributionStrategy: "USER_PARTITION_KEY" });
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: {
        WarmThroughput: undefined,
        MaxRecordSizeInKiB: 1024,
        RecordDistributionStrategy: "USER_PARTITION_KEY",
      },
    });
  });
});
