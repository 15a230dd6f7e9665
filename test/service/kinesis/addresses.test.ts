import { describe, expect, test } from "vitest";
import {
  aKinesis,
  type Input,
  invalidArgument,
  noStream,
  notFound,
  OTHER_ACCOUNT,
  type StreamDescription,
} from "../../support/kinesis.ts";

// Kinesis reference 2.6

/** Every operation on a stream that looks for it before anything else, with an input that lacks only the stream. */
const OPERATIONS: readonly (readonly [operation: string, input: Input])[] = [
  ["AddTagsToStream", { Tags: { k: "v" } }],
  ["DecreaseStreamRetentionPeriod", { RetentionPeriodHours: 24 }],
  ["DeleteStream", {}],
  ["DescribeStream", {}],
  ["DescribeStreamSummary", {}],
  ["DisableEnhancedMonitoring", { ShardLevelMetrics: ["ALL"] }],
  ["EnableEnhancedMonitoring", { ShardLevelMetrics: ["ALL"] }],
  ["IncreaseStreamRetentionPeriod", { RetentionPeriodHours: 24 }],
  ["ListTagsForStream", {}],
  ["MergeShards", { ShardToMerge: "0", AdjacentShardToMerge: "1" }],
  ["PutRecord", { Data: new Uint8Array(1), PartitionKey: "k" }],
  ["PutRecords", { Records: [{ Data: new Uint8Array(1), PartitionKey: "k" }] }],
  ["RemoveTagsFromStream", { TagKeys: ["k"] }],
  ["SplitShard", { ShardToSplit: "0", NewStartingHashKey: "2" }],
  ["StartStreamEncryption", { EncryptionType: "KMS", KeyId: "k" }],
  ["StopStreamEncryption", { EncryptionType: "KMS", KeyId: "k" }],
  ["UpdateShardCount", { TargetShardCount: 1, ScalingType: "UNIFORM_SCALING" }],
  ["UpdateStreamWarmThroughput", { WarmThroughputMiBps: 1 }],
];

/** Those that take an ARN only. */
const BY_ARN: readonly (readonly [operation: string, input: Input])[] = [
  ["ListStreamConsumers", {}],
  ["RegisterStreamConsumer", { ConsumerName: "c" }],
  ["UpdateMaxRecordSize", { MaxRecordSizeInKiB: 1024 }],
  ["UpdateStreamMode", { StreamModeDetails: { StreamMode: "PROVISIONED" } }],
  ["UpdateStreamRecordDistributionStrategy", { RecordDistributionStrategy: "USER_PARTITION_KEY" }],
];

/** Those that take the ARN of a stream or consumer. */
const BY_RESOURCE: readonly (readonly [operation: string, input: Input])[] = [
  ["DeleteResourcePolicy", {}],
  ["GetResourcePolicy", {}],
  ["ListTagsForResource", {}],
  ["PutResourcePolicy", { Policy: "{}" }],
  ["TagResource", { Tags: { k: "v" } }],
  ["UntagResource", { TagKeys: ["k"] }],
];

const ELSEWHERE = { region: "eu-west-1" };

const elsewhere = (arn: string) =>
  invalidArgument(`The region specified in the ARN '${arn}' does not match the endpoint region`);

const EITHER = invalidArgument("Either StreamARN or StreamName must be provided.");

describe.for([...OPERATIONS, ["ListShards", {}] as const])("%s", ([operation, input]) => {
  test("does not find a stream that does not exist", () => {
    const { failure, arnOf } = aKinesis();
    expect(failure(operation, { ...input, StreamName: "s" })).toEqual(noStream("s"));
    expect(failure(operation, { ...input, StreamARN: arnOf("s") })).toEqual(noStream("s"));
    expect(failure(operation, { ...input, StreamARN: arnOf("s", OTHER_ACCOUNT) })).toEqual(
      notFound(`Stream s under account ${OTHER_ACCOUNT} not found.`),
    );
  });

  test("wants name and ARN to name one stream", () => {
    const { failure, arnOf, create } = aKinesis();
    const StreamARN = arnOf(create("s"));
    const StreamName = create("t");
    expect(failure(operation, { ...input, StreamName, StreamARN })).toEqual(
      invalidArgument(`StreamARN ${StreamARN} and StreamName t do not name the same stream.`),
    );
  });
});

test("an ARN together with its stream's name counts wherever the caller is, as the Kinesis Client Library sends it", () => {
  const { call, arnOf, create } = aKinesis();
  const StreamARN = arnOf(create("s"));
  const output = call("DescribeStream", { StreamName: "s", StreamARN }, { account: OTHER_ACCOUNT });
  expect(output).toMatchObject({ StreamDescription: { StreamARN } });
});

test.for(OPERATIONS)("%s needs a name or an ARN", ([operation, input]) => {
  expect(aKinesis().failure(operation, input)).toEqual(EITHER);
});

test.for(BY_ARN)("%s does not find a stream that does not exist", ([operation, input]) => {
  const { failure, arnOf } = aKinesis();
  expect(failure(operation, { ...input, StreamARN: arnOf("s") })).toEqual(noStream("s"));
});

test("UpdateMaxRecordSize needs an ARN", () => {
  expect(aKinesis().failure("UpdateMaxRecordSize", { MaxRecordSizeInKiB: 1024 })).toEqual(EITHER);
});

test("a name is looked for in the caller's account and region, an ARN in its own account", () => {
  const { call, failure, create, arnOf } = aKinesis();
  create("s");
  expect(failure("DescribeStream", { StreamName: "s" }, { account: OTHER_ACCOUNT })).toEqual(
    notFound(`Stream s under account ${OTHER_ACCOUNT} not found.`),
  );
  expect(failure("DescribeStream", { StreamName: "s" }, ELSEWHERE)).toEqual(noStream("s"));
  const { StreamDescription } = call<{ readonly StreamDescription: StreamDescription }>(
    "DescribeStream",
    { StreamARN: arnOf("s") },
    { account: OTHER_ACCOUNT },
  );
  expect(StreamDescription.StreamARN).toBe(arnOf("s"));
});

describe("an ARN of another region", () => {
  test.for([...OPERATIONS, ...BY_ARN, ...BY_RESOURCE, ["ListShards", {}] as const])(
    "is not served by %s",
    ([operation, input]) => {
      const { failure, create, arnOf } = aKinesis();
      const arn = arnOf(create("s"));
      const member = BY_RESOURCE.some(([name]) => name === operation) ? "ResourceARN" : "StreamARN";
      expect(failure(operation, { ...input, [member]: arn }, ELSEWHERE)).toEqual(elsewhere(arn));
    },
  );

  test("is a shard that does not exist to GetShardIterator", () => {
    const { failure, create, arnOf } = aKinesis();
    const StreamARN = arnOf(create("s"));
    const input = { StreamARN, ShardId: "0", ShardIteratorType: "LATEST" };
    expect(failure("GetShardIterator", input, ELSEWHERE).code).toBe("ResourceNotFoundException");
  });

  test.for([
    ["DescribeStreamConsumer", "ConsumerARN", {}],
    ["DeregisterStreamConsumer", "ConsumerARN", {}],
    ["SubscribeToShard", "ConsumerARN", { ShardId: "0", StartingPosition: { Type: "LATEST" } }],
    ...BY_RESOURCE.map(([operation, input]) => [operation, "ResourceARN", input] as const),
  ] as const)("is not served by %s of a consumer", ([operation, member, input]) => {
    const { failure, create, register } = aKinesis();
    const arn = register(create("s"), "c");
    expect(failure(operation, { ...input, [member]: arn }, ELSEWHERE)).toEqual(elsewhere(arn));
  });

  test.for(["DescribeStreamConsumer", "DeregisterStreamConsumer"])("is not served by %s with a name", (operation) => {
    const { failure, create, register, arnOf } = aKinesis();
    register(create("s"), "c");
    expect(failure(operation, { StreamARN: arnOf("s"), ConsumerName: "c" }, ELSEWHERE)).toEqual(elsewhere(arnOf("s")));
  });

  test("leads a ListShards token nowhere", () => {
    const { arnOf, call, failure, create } = aKinesis();
    const StreamName = create("s", { ShardCount: 2 });
    const { NextToken } = call<{ readonly NextToken: string }>("ListShards", { StreamName, MaxResults: 1 });
    expect(failure("ListShards", { NextToken }, ELSEWHERE)).toEqual(elsewhere(arnOf("s")));
  });
});

test("name and ARN of one stream may stand side by side, and a StreamId is ignored", () => {
  const { call, create, arnOf } = aKinesis();
  const StreamName = create("s");
  const StreamId = "abcdefghijklmnopqrst-abc";
  expect(call("DescribeStreamSummary", { StreamName, StreamARN: arnOf("s"), StreamId })).toMatchObject({
    StreamDescriptionSummary: { StreamName: "s" },
  });
});

test("no answer tells a StreamId", () => {
  const { call, create } = aKinesis();
  const StreamName = create();
  const answers = ["DescribeStream", "DescribeStreamSummary", "ListStreams"].map((operation) =>
    call(operation, operation === "ListStreams" ? {} : { StreamName }),
  );
  expect(JSON.stringify(answers)).not.toContain("StreamId");
});
