import { describe, expect, test } from "vitest";
import { aKinesis, DAY, type Input, START, slow } from "../../support/kinesis.ts";

interface Listing {
  readonly StreamNames: readonly string[];
  readonly HasMoreStreams: boolean;
  readonly NextToken?: string;
  readonly StreamSummaries: readonly Input[];
}

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
        QueueCount: 0,
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

test("a day later everything is still there", () => {
  const { clock, create, describe: describeStream } = aKinesis();
  const name = create();
  clock.advance(30 * DAY);
  expect(describeStream(name)).toMatchObject({ StreamStatus: "ACTIVE", Shards: { length: 1 } });
});
