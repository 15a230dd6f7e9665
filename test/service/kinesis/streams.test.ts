import { describe, expect, test } from "vitest";
import {
  ACCOUNT,
  aKinesis,
  DAY,
  type Input,
  inUse,
  invalid,
  invalidArgument,
  limitExceeded,
  noStream,
  notFound,
  OTHER_ACCOUNT,
  REGION,
  refusal,
  START,
  slow,
} from "../../support/kinesis.ts";

const ON_DEMAND = { StreamModeDetails: { StreamMode: "ON_DEMAND" } };
const exists = (name: string) => inUse(`Stream ${name} under account ${ACCOUNT} already exists.`);

interface Listing {
  readonly StreamNames: readonly string[];
  readonly HasMoreStreams: boolean;
  readonly NextToken?: string;
  readonly StreamSummaries: readonly Input[];
}

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

  test("gives an on-demand stream four shards", () => {
    const { createOnDemand, describe: describeStream } = aKinesis();
    expect(describeStream(createOnDemand())).toMatchObject({
      StreamModeDetails: { StreamMode: "ON_DEMAND" },
      Shards: { length: 4 },
    });
  });

  test.for<[title: string, input: Input, expected: object]>([
    ["a provisioned stream needs a number of shards", {}, invalid("null at 'shardCount': Member must not be null")],
    [
      "also when its mode is said",
      { StreamModeDetails: { StreamMode: "PROVISIONED" } },
      invalid("null at 'shardCount': Member must not be null"),
    ],
    [
      "an on-demand stream takes none",
      { ...ON_DEMAND, ShardCount: 1 },
      invalidArgument("ShardCount must not be provided for a stream in On-Demand mode."),
    ],
    [
      "warm throughput is for on-demand streams",
      { ShardCount: 1, WarmThroughputMiBps: 1 },
      invalidArgument("WarmThroughputMiBps can only be provided for a stream in On-Demand mode."),
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

  test("refuses a name that is taken, whatever the stream's state", () => {
    const { call, clock, failure } = aKinesis(slow);
    const again = () => failure("CreateStream", { StreamName: "s", ShardCount: 1 });
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    expect(again()).toEqual(exists("s"));
    clock.advance(25_000);
    expect(again()).toEqual(exists("s"));
    call("DeleteStream", { StreamName: "s" });
    expect(again()).toEqual(exists("s"));
    clock.advance(30_000);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
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
      limitExceeded("This request would exceed the limit on the number of streams in On-Demand mode. Limit: 1"),
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

// Kinesis reference 6.2

describe("DeleteStream", () => {
  test("takes its time, and the stream is gone", () => {
    const { call, clock, create, describe: describeStream, failure } = aKinesis(slow);
    const StreamName = create();
    expect(call("DeleteStream", { StreamName })).toBeUndefined();
    expect(describeStream(StreamName)).toMatchObject({ StreamStatus: "DELETING", Shards: { length: 1 } });
    clock.advance(29_999);
    expect(describeStream(StreamName).StreamStatus).toBe("DELETING");
    clock.advance(1);
    expect(failure("DescribeStream", { StreamName })).toEqual(noStream(StreamName));
  });

  test("works on a stream that is being created, which then never shows a shard", () => {
    const { call, describe: describeStream } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 1 });
    call("DeleteStream", { StreamName: "s" });
    expect(describeStream("s")).toMatchObject({ StreamStatus: "DELETING", Shards: [] });
  });

  test("is refused a second time", () => {
    const { call, create, failure } = aKinesis(slow);
    const StreamName = create("s");
    call("DeleteStream", { StreamName });
    expect(failure("DeleteStream", { StreamName })).toEqual(
      inUse(`Stream s under account ${ACCOUNT} not ACTIVE, instead in state DELETING`),
    );
  });

  test.for([undefined, false])("with consumers is refused unless that is enforced: %s", (EnforceConsumerDeletion) => {
    const { call, create, register, failure } = aKinesis();
    const StreamName = create("s");
    register(StreamName);
    expect(failure("DeleteStream", { StreamName, EnforceConsumerDeletion })).toEqual(
      inUse(
        `DeleteStream can’t delete ${ACCOUNT}:s because there are consumers associated with this data stream. To delete s anyway, set the EnforceConsumerDeletion parameter to true to force the deletion of all the consumers that are associated with it.`,
      ),
    );
    call("DeleteStream", { StreamName, EnforceConsumerDeletion: true });
    expect(failure("DescribeStream", { StreamName })).toEqual(noStream(StreamName));
  });
});

// Kinesis reference 6.3, 6.4

describe("DescribeStream", () => {
  const SHARDS = 101;
  const page = (input: Input) => {
    const { call, create } = aKinesis();
    const StreamName = create("s", { ShardCount: SHARDS });
    const { StreamDescription } = call<{
      readonly StreamDescription: {
        readonly Shards: readonly { readonly ShardId: string }[];
        readonly HasMoreShards: boolean;
      };
    }>("DescribeStream", { StreamName, ...input });
    const ids = StreamDescription.Shards.map(({ ShardId }) => Number(ShardId.slice("shardId-".length)));
    return { first: ids[0], count: ids.length, hasMore: StreamDescription.HasMoreShards };
  };

  test.for<[title: string, input: Input, expected: object]>([
    ["a hundred shards unless told", {}, { first: 0, count: 100, hasMore: true }],
    ["never more than a hundred", { Limit: 10_000 }, { first: 0, count: 100, hasMore: true }],
    ["as few as told", { Limit: 1 }, { first: 0, count: 1, hasMore: true }],
    ["the rest", { ExclusiveStartShardId: "shardId-000000000099" }, { first: 100, count: 1, hasMore: false }],
    [
      "exactly the rest",
      { ExclusiveStartShardId: "shardId-000000000000", Limit: 100 },
      { first: 1, count: 100, hasMore: false },
    ],
    [
      "what comes after an id that does not exist",
      { ExclusiveStartShardId: "shardId-0000000000995" },
      { first: 100, count: 1, hasMore: false },
    ],
    ["nothing after the last", { ExclusiveStartShardId: "z" }, { first: undefined, count: 0, hasMore: false }],
  ])("shows %s", ([, input, expected]) => {
    expect(page(input)).toEqual(expected);
  });

  test("of a stream that was encrypted tells the key", () => {
    const { call, create, describe: describeStream } = aKinesis();
    const StreamName = create();
    call("StartStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "alias/mine" });
    expect(describeStream(StreamName)).toMatchObject({ EncryptionType: "KMS", KeyId: "alias/mine" });
    call("StopStreamEncryption", { StreamName, EncryptionType: "KMS", KeyId: "alias/mine" });
    expect(describeStream(StreamName)).toMatchObject({ EncryptionType: "NONE", KeyId: undefined });
  });
});

describe("DescribeStreamSummary", () => {
  test("counts instead of listing", () => {
    const { call, create, register, arnOf } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    register(StreamName);
    expect(call("DescribeStreamSummary", { StreamName })).toEqual({
      StreamDescriptionSummary: {
        StreamName: "s",
        StreamARN: arnOf("s"),
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode: "PROVISIONED" },
        RetentionPeriodHours: 24,
        StreamCreationTimestamp: START,
        EnhancedMonitoring: [{ ShardLevelMetrics: [] }],
        EncryptionType: "NONE",
        KeyId: undefined,
        OpenShardCount: 2,
        ConsumerCount: 1,
        WarmThroughput: undefined,
        MaxRecordSizeInKiB: 1024,
        ChannelCount: 0,
        RecordDistributionStrategy: undefined,
      },
    });
  });

  test("has no open shards to tell of until the stream is ACTIVE", () => {
    const { call } = aKinesis(slow);
    call("CreateStream", { StreamName: "s", ShardCount: 2 });
    expect(call("DescribeStreamSummary", { StreamName: "s" })).toMatchObject({
      StreamDescriptionSummary: { OpenShardCount: 0 },
    });
  });
});

test("creation is told in whole seconds", () => {
  const { call, clock, create } = aKinesis();
  clock.advance(1_999);
  const StreamName = create();
  const { StreamSummaries } = call<Listing>("ListStreams");
  expect(StreamSummaries[0]?.StreamCreationTimestamp).toBe(START + 1_000);
  expect(call("DescribeStreamSummary", { StreamName })).toMatchObject({
    StreamDescriptionSummary: { StreamCreationTimestamp: START + 1_000 },
  });
});

// Kinesis reference 6.6, 3.7

describe("ListStreams", () => {
  test("shows nothing where there is nothing", () => {
    expect(aKinesis().call("ListStreams")).toEqual({
      StreamNames: [],
      HasMoreStreams: false,
      NextToken: undefined,
      StreamSummaries: [],
    });
  });

  test("shows streams in every state, sorted by the bytes of their names", () => {
    const { call, create } = aKinesis(slow);
    for (const name of ["b", "a", "B", "_", "1"]) create(name);
    call("CreateStream", { StreamName: "new", ShardCount: 1 });
    call("DeleteStream", { StreamName: "a" });
    const { StreamNames, StreamSummaries } = call<Listing>("ListStreams");
    expect(StreamNames).toEqual(["1", "B", "_", "a", "b", "new"]);
    expect(StreamSummaries.map(({ StreamName, StreamStatus }) => `${StreamName} ${StreamStatus}`)).toEqual([
      "1 ACTIVE",
      "B ACTIVE",
      "_ ACTIVE",
      "a DELETING",
      "b ACTIVE",
      "new CREATING",
    ]);
  });

  test("summarises each", () => {
    const { call, create, arnOf } = aKinesis();
    create("s");
    expect(call<Listing>("ListStreams").StreamSummaries).toEqual([
      {
        StreamName: "s",
        StreamARN: arnOf("s"),
        StreamStatus: "ACTIVE",
        StreamModeDetails: { StreamMode: "PROVISIONED" },
        StreamCreationTimestamp: START,
      },
    ]);
  });

  test("shows only those of the caller's account and region", () => {
    const { call, create } = aKinesis();
    create("s");
    expect(call<Listing>("ListStreams", {}, { account: OTHER_ACCOUNT }).StreamNames).toEqual([]);
    expect(call<Listing>("ListStreams", {}, { region: "eu-west-1" }).StreamNames).toEqual([]);
  });

  test("goes on behind a name that need not exist", () => {
    const { call, create } = aKinesis();
    for (const name of ["a", "c", "e"]) create(name);
    const behind = (ExclusiveStartStreamName: string) =>
      call<Listing>("ListStreams", { ExclusiveStartStreamName }).StreamNames;
    expect([behind("a"), behind("b"), behind("e")]).toEqual([["c", "e"], ["c", "e"], []]);
  });

  test("goes on with a token, in pages of another size if need be", () => {
    const { call, create } = aKinesis();
    for (const name of ["a", "b", "c", "d"]) create(name);
    const first = call<Listing>("ListStreams", { Limit: 1 });
    const second = call<Listing>("ListStreams", { Limit: 2, NextToken: first.NextToken });
    const third = call<Listing>("ListStreams", { NextToken: second.NextToken });
    expect([first, second, third].map(({ StreamNames }) => StreamNames)).toEqual([["a"], ["b", "c"], ["d"]]);
    expect([first, second, third].map(({ HasMoreStreams }) => HasMoreStreams)).toEqual([true, true, false]);
    expect(third.NextToken).toBeUndefined();
  });

  test("shows a hundred at most", () => {
    const { call, create } = aKinesis();
    for (let number = 0; number <= 100; number++) create(`s${number}`);
    const { StreamNames, HasMoreStreams } = call<Listing>("ListStreams", { Limit: 10_000 });
    expect([StreamNames.length, HasMoreStreams]).toEqual([100, true]);
    expect(call<Listing>("ListStreams").StreamNames).toHaveLength(100);
  });

  test("a token is good for 300 seconds", () => {
    const { call, clock, create, failure } = aKinesis();
    create("a");
    create("b");
    const { NextToken } = call<Listing>("ListStreams", { Limit: 1 });
    clock.advance(300_000);
    expect(call<Listing>("ListStreams", { NextToken }).StreamNames).toEqual(["b"]);
    clock.advance(1);
    expect(failure("ListStreams", { NextToken })).toEqual(
      refusal("ExpiredNextTokenException", "NextToken has expired. Tokens are valid for 300 seconds."),
    );
  });

  test.for(["x", "AAAA", Buffer.from("{}").toString("base64")])("%s is no token", (NextToken) => {
    expect(aKinesis().failure("ListStreams", { NextToken })).toEqual(invalidArgument("Invalid NextToken."));
  });

  test("the token of another listing is none here", () => {
    const { call, create, failure } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const { NextToken } = call<{ readonly NextToken: string }>("ListShards", { StreamName, MaxResults: 1 });
    expect(failure("ListStreams", { NextToken })).toEqual(invalidArgument("Invalid NextToken."));
  });
});

test("a day later everything is still there", () => {
  const { clock, create, describe: describeStream } = aKinesis();
  const name = create();
  clock.advance(30 * DAY);
  expect(describeStream(name)).toMatchObject({ StreamStatus: "ACTIVE", Shards: { length: 1 } });
});

test("a stream that was deleted has no more to say", () => {
  const { call, create, failure, iterator } = aKinesis();
  const StreamName = create("s");
  const ShardIterator = iterator(StreamName);
  call("DeleteStream", { StreamName });
  expect(failure("GetRecords", { ShardIterator })).toEqual(
    notFound(`Shard shardId-000000000000 in stream s under account ${ACCOUNT} does not exist`),
  );
});
