import { describe, expect, test } from "vitest";
import { ACCOUNT, aKinesis, type Input, invalid } from "../../support/kinesis.ts";

// Kinesis reference 2, 10.5

const NAME = "Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
const SEQUENCE = "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})";
const HASH = "Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})";
const NOT_NULL = "Member must not be null";
const atLeast = (min: number) => `Member must have length greater than or equal to ${min}`;
const atMost = (max: number) => `Member must have length less than or equal to ${max}`;
const fromValue = (min: number) => `Member must have value greater than or equal to ${min}`;
const toValue = (max: number) => `Member must have value less than or equal to ${max}`;
const bytes = (length: number) => new Uint8Array(length);
const text = (length: number) => "a".repeat(length);
const ITERATOR_TYPES = "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]";

const { failure } = aKinesis();

describe("members come in AWS's order, each with its pattern before its length", () => {
  test.for<[operation: string, input: Input, clauses: readonly string[]]>([
    ["PutRecord", {}, [`null at 'partitionKey': ${NOT_NULL}`, `null at 'data': ${NOT_NULL}`]],
    [
      "PutRecord",
      { StreamName: "", PartitionKey: "", ExplicitHashKey: "", SequenceNumberForOrdering: "", Data: bytes(0) },
      [
        `'' at 'sequenceNumberForOrdering': ${SEQUENCE}`,
        `'' at 'partitionKey': ${atLeast(1)}`,
        `'' at 'explicitHashKey': ${HASH}`,
        `'' at 'streamName': ${NAME}`,
        `'' at 'streamName': ${atLeast(1)}`,
      ],
    ],
    [
      "PutRecords",
      { Records: [{}, { PartitionKey: "", ExplicitHashKey: "-", Data: bytes(1) }], StreamName: "" },
      [
        `null at 'records.1.member.partitionKey': ${NOT_NULL}`,
        `null at 'records.1.member.data': ${NOT_NULL}`,
        `'' at 'records.2.member.partitionKey': ${atLeast(1)}`,
        `'-' at 'records.2.member.explicitHashKey': ${HASH}`,
        `'' at 'streamName': ${NAME}`,
        `'' at 'streamName': ${atLeast(1)}`,
      ],
    ],
    ["CreateStream", {}, [`null at 'streamName': ${NOT_NULL}`]],
    [
      "CreateStream",
      { ShardCount: 0, StreamName: "" },
      [`'0' at 'shardCount': ${fromValue(1)}`, `'' at 'streamName': ${NAME}`, `'' at 'streamName': ${atLeast(1)}`],
    ],
    [
      "DescribeStream",
      { StreamName: "", Limit: 0, ExclusiveStartShardId: "" },
      [
        `'0' at 'limit': ${fromValue(1)}`,
        `'' at 'exclusiveStartShardId': ${NAME}`,
        `'' at 'exclusiveStartShardId': ${atLeast(1)}`,
        `'' at 'streamName': ${NAME}`,
        `'' at 'streamName': ${atLeast(1)}`,
      ],
    ],
    [
      "GetRecords",
      { Limit: 0, ShardIterator: "" },
      [`'0' at 'limit': ${fromValue(1)}`, `'' at 'shardIterator': ${atLeast(1)}`],
    ],
    [
      "GetShardIterator",
      { ShardId: "", ShardIteratorType: "HERE", StartingSequenceNumber: "", StreamName: "" },
      [
        `'' at 'shardId': ${NAME}`,
        `'' at 'shardId': ${atLeast(1)}`,
        `'HERE' at 'shardIteratorType': Member must satisfy enum value set: ${ITERATOR_TYPES}`,
        `'' at 'startingSequenceNumber': ${SEQUENCE}`,
        `'' at 'streamName': ${NAME}`,
        `'' at 'streamName': ${atLeast(1)}`,
      ],
    ],
    [
      "IncreaseStreamRetentionPeriod",
      { StreamName: "" },
      [
        `null at 'retentionPeriodHours': ${NOT_NULL}`,
        `'' at 'streamName': ${NAME}`,
        `'' at 'streamName': ${atLeast(1)}`,
      ],
    ],
    [
      "ListShards",
      { MaxResults: 0, ExclusiveStartShardId: "*", StreamName: "*", NextToken: "" },
      [
        `'0' at 'maxResults': ${fromValue(1)}`,
        `'*' at 'exclusiveStartShardId': ${NAME}`,
        `'*' at 'streamName': ${NAME}`,
        `'' at 'nextToken': ${atLeast(1)}`,
      ],
    ],
    [
      "ListStreams",
      { Limit: 0, ExclusiveStartStreamName: "" },
      [
        `'0' at 'limit': ${fromValue(1)}`,
        `'' at 'exclusiveStartStreamName': ${NAME}`,
        `'' at 'exclusiveStartStreamName': ${atLeast(1)}`,
      ],
    ],
    [
      "ListTagsForStream",
      { Limit: 0, ExclusiveStartTagKey: "", StreamName: "*" },
      [
        `'0' at 'limit': ${fromValue(1)}`,
        `'' at 'exclusiveStartTagKey': ${atLeast(1)}`,
        `'*' at 'streamName': ${NAME}`,
      ],
    ],
    [
      "MergeShards",
      { ShardToMerge: "*", AdjacentShardToMerge: "*", StreamName: "*" },
      [`'*' at 'shardToMerge': ${NAME}`, `'*' at 'adjacentShardToMerge': ${NAME}`, `'*' at 'streamName': ${NAME}`],
    ],
    [
      "SplitShard",
      { NewStartingHashKey: "", StreamName: "*", ShardToSplit: "?" },
      [`'' at 'newStartingHashKey': ${HASH}`, `'*' at 'streamName': ${NAME}`, `'?' at 'shardToSplit': ${NAME}`],
    ],
    [
      "UpdateShardCount",
      { ScalingType: "ANY", StreamName: "*", TargetShardCount: 0 },
      [
        "'ANY' at 'scalingType': Member must satisfy enum value set: [UNIFORM_SCALING]",
        `'*' at 'streamName': ${NAME}`,
        `'0' at 'targetShardCount': ${fromValue(1)}`,
      ],
    ],
    [
      "AddTagsToStream",
      { StreamName: "", Tags: {} },
      [`'{}' at 'tags': ${atLeast(1)}`, `'' at 'streamName': ${NAME}`, `'' at 'streamName': ${atLeast(1)}`],
    ],
    [
      "RemoveTagsFromStream",
      { StreamName: "*", TagKeys: [] },
      [`'[]' at 'tagKeys': ${atLeast(1)}`, `'*' at 'streamName': ${NAME}`],
    ],
    [
      "UpdateStreamMode",
      { StreamModeDetails: {} },
      [`null at 'streamARN': ${NOT_NULL}`, `null at 'streamModeDetails.streamMode': ${NOT_NULL}`],
    ],
    [
      "SubscribeToShard",
      {},
      [
        `null at 'consumerARN': ${NOT_NULL}`,
        `null at 'shardId': ${NOT_NULL}`,
        `null at 'startingPosition': ${NOT_NULL}`,
      ],
    ],
  ])("%s %j", ([operation, input, clauses]) => {
    expect(failure(operation, input)).toEqual(invalid(...clauses));
  });
});

describe("texts", () => {
  test("an ARN in the place of a name is no name", () => {
    const arn = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`;
    expect(failure("DescribeStream", { StreamName: arn })).toEqual(invalid(`'${arn}' at 'streamName': ${NAME}`));
  });

  test.for([
    "stream/s",
    "arn:aws:sqs:us-east-1:000000000000:s",
    "arn:aws:kinesis:us-east-1:1:stream/s",
    "arn:aws:kinesis:us-east-1:000000000000:stream/",
  ])("%s is no ARN of a stream", (arn) => {
    const pattern = "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:stream/\\S+";
    expect(failure("DescribeStream", { StreamARN: arn })).toEqual(invalid(`'${arn}' at 'streamARN': ${pattern}`));
  });

  test("an ARN of a stream is none of a consumer", () => {
    const arn = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`;
    const pattern =
      "Member must satisfy regular expression pattern: ^(arn):aws.*:kinesis:.*:\\d{12}:.*stream\\/[a-zA-Z0-9_.-]+\\/consumer\\/[a-zA-Z0-9_.-]+:[0-9]+";
    expect(failure("DescribeStreamConsumer", { ConsumerARN: arn })).toEqual(
      invalid(`'${arn}' at 'consumerARN': ${pattern}`),
    );
  });

  test("an ARN of a queue is none that can have a policy", () => {
    const arn = `arn:aws:sqs:us-east-1:${ACCOUNT}:s`;
    const pattern = "Member must satisfy regular expression pattern: arn:aws.*:kinesis:.*:\\d{12}:.*stream/\\S+";
    expect(failure("GetResourcePolicy", { ResourceARN: arn })).toEqual(
      invalid(`'${arn}' at 'resourceARN': ${pattern}`),
    );
  });

  test.for<[title: string, operation: string, input: Input, clause: string]>([
    ["a stream name", "DescribeStream", { StreamName: text(129) }, `'${text(129)}' at 'streamName': ${atMost(128)}`],
    [
      "a stream id",
      "DescribeStream",
      { StreamName: "s", StreamId: "x" },
      "'x' at 'streamId': Member must satisfy regular expression pattern: [a-z0-9]{20}-[a-z0-9]{3}",
    ],
    [
      "a partition key",
      "PutRecord",
      { StreamName: "s", Data: bytes(1), PartitionKey: text(257) },
      `'${text(257)}' at 'partitionKey': ${atMost(256)}`,
    ],
    [
      "a hash key",
      "PutRecord",
      { StreamName: "s", Data: bytes(1), PartitionKey: "k", ExplicitHashKey: `1${"0".repeat(39)}` },
      `'1${"0".repeat(39)}' at 'explicitHashKey': ${HASH}`,
    ],
    [
      "a hash key that begins with a nought",
      "PutRecord",
      { StreamName: "s", Data: bytes(1), PartitionKey: "k", ExplicitHashKey: "01" },
      `'01' at 'explicitHashKey': ${HASH}`,
    ],
    ["an iterator", "GetRecords", { ShardIterator: text(514) }, `'${text(514)}' at 'shardIterator': ${atMost(512)}`],
    [
      "a sequence number",
      "GetShardIterator",
      { ShardId: "0", ShardIteratorType: "LATEST", StreamName: "s", StartingSequenceNumber: text(1) },
      `'a' at 'startingSequenceNumber': ${SEQUENCE}`,
    ],
    [
      "a key id",
      "StartStreamEncryption",
      { StreamName: "s", EncryptionType: "KMS", KeyId: text(2049) },
      `'${text(2049)}' at 'keyId': ${atMost(2048)}`,
    ],
    [
      "an encryption type",
      "StartStreamEncryption",
      { StreamName: "s", EncryptionType: "AES", KeyId: "k" },
      "'AES' at 'encryptionType': Member must satisfy enum value set: [NONE, KMS]",
    ],
    [
      "a mode",
      "CreateStream",
      { StreamName: "s", StreamModeDetails: { StreamMode: "x" } },
      "'x' at 'streamModeDetails.streamMode': Member must satisfy enum value set: [PROVISIONED, ON_DEMAND]",
    ],
  ])("%s", ([, operation, input, clause]) => {
    expect(failure(operation, input)).toEqual(invalid(clause));
  });
});

describe("numbers have to lie between bounds", () => {
  test.for<[operation: string, member: string, rest: Input, min: number | undefined, max: number | undefined]>([
    ["DescribeStream", "Limit", { StreamName: "s" }, 1, 10_000],
    ["GetRecords", "Limit", { ShardIterator: "x" }, 1, 10_000],
    ["ListShards", "MaxResults", { StreamName: "s" }, 1, 10_000],
    ["ListStreams", "Limit", {}, 1, 10_000],
    ["ListTagsForStream", "Limit", { StreamName: "s" }, 1, 50],
    ["ListStreamConsumers", "MaxResults", { StreamARN: `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s` }, 1, 10_000],
    ["ListChannels", "MaxResults", {}, 1, 10_000],
    ["CreateStream", "ShardCount", { StreamName: "s" }, 1, undefined],
    ["CreateStream", "MaxRecordSizeInKiB", { StreamName: "s", ShardCount: 1 }, 1024, 10_240],
    [
      "CreateStream",
      "WarmThroughputMiBps",
      { StreamName: "s", StreamModeDetails: { StreamMode: "ON_DEMAND" } },
      0,
      undefined,
    ],
  ])("%s %s", ([operation, member, rest, min, max]) => {
    const place = member.charAt(0).toLowerCase() + member.slice(1);
    const isValid = (value: number) => {
      const { call } = aKinesis();
      try {
        call(operation, { ...rest, [member]: value });
        return true;
      } catch (cause) {
        return (cause as Error).name !== "ValidationException" || !(cause as Error).message.includes(`at '${place}'`);
      }
    };
    if (min !== undefined) {
      expect(isValid(min)).toBe(true);
      expect(failure(operation, { ...rest, [member]: min - 1 })).toEqual(
        invalid(`'${min - 1}' at '${place}': ${fromValue(min)}`),
      );
    }
    if (max !== undefined) {
      expect(isValid(max)).toBe(true);
      expect(failure(operation, { ...rest, [member]: max + 1 })).toEqual(
        invalid(`'${max + 1}' at '${place}': ${toValue(max)}`),
      );
    }
  });
});

describe("lists and maps", () => {
  const KEY_BOUNDS =
    "[Member must have length less than or equal to 128, Member must have length greater than or equal to 1]";
  const VALUE_BOUNDS =
    "[Member must have length less than or equal to 256, Member must have length greater than or equal to 0]";

  test.for<[title: string, operation: string, input: Input, clauses: readonly string[]]>([
    [
      "an item that is too long is shown with its list",
      "RemoveTagsFromStream",
      { TagKeys: ["a", text(129), "b"] },
      [`'[a, ${text(129)}, b]' at 'tagKeys': Member must satisfy constraint: ${KEY_BOUNDS}`],
    ],
    [
      "several such items are one error",
      "RemoveTagsFromStream",
      { TagKeys: ["", text(129)] },
      [`'[, ${text(129)}]' at 'tagKeys': Member must satisfy constraint: ${KEY_BOUNDS}`],
    ],
    [
      "an empty key is shown with its map",
      "AddTagsToStream",
      { Tags: { "": "v", k: "w" } },
      [`'{=v, k=w}' at 'tags': Map keys must satisfy constraint: ${KEY_BOUNDS}`],
    ],
    [
      "a value that is too long is shown with its map",
      "AddTagsToStream",
      { Tags: { k: text(257) } },
      [`'{k=${text(257)}}' at 'tags': Map value must satisfy constraint: ${VALUE_BOUNDS}`],
    ],
    [
      "names that are not in a set",
      "EnableEnhancedMonitoring",
      { ShardLevelMetrics: ["IncomingBytes", "x"] },
      [
        "'[IncomingBytes, x]' at 'shardLevelMetrics': Member must satisfy constraint: [Member must satisfy enum value set: [IncomingBytes, IncomingRecords, OutgoingBytes, OutgoingRecords, WriteProvisionedThroughputExceeded, ReadProvisionedThroughputExceeded, IteratorAgeMilliseconds, ALL]]",
      ],
    ],
    [
      "a list that is too short",
      "EnableEnhancedMonitoring",
      { ShardLevelMetrics: [] },
      [`'[]' at 'shardLevelMetrics': ${atLeast(1)}`],
    ],
  ])("%s", ([, operation, input, clauses]) => {
    expect(failure(operation, { ...input, StreamName: "s" })).toEqual(invalid(...clauses));
  });

  test("a list of fifty keys is good, one of fifty-one is not", () => {
    const keys = (count: number) => Array.from({ length: count }, (_, index) => `k${index}`);
    const { call, create } = aKinesis();
    create("s");
    call("RemoveTagsFromStream", { StreamName: "s", TagKeys: keys(50) });
    const refused = failure("RemoveTagsFromStream", { StreamName: "s", TagKeys: keys(51) });
    expect(refused).toEqual(invalid(`'[${keys(51).join(", ")}]' at 'tagKeys': ${atMost(50)}`));
  });

  test("a list of structures is not shown, and is told of with what is in it", () => {
    const good = { PartitionKey: "k", Data: bytes(1) };
    const Records = [...Array.from({ length: 500 }, () => good), { ...good, PartitionKey: "" }];
    expect(failure("PutRecords", { StreamName: "s", Records })).toEqual(
      invalid(`at 'records': ${atMost(500)}`, `'' at 'records.501.member.partitionKey': ${atLeast(1)}`),
    );
  });

  test("no records at all", () => {
    expect(failure("PutRecords", { StreamName: "s", Records: [] })).toEqual(
      invalid(`'[]' at 'records': ${atLeast(1)}`),
    );
  });
});

describe("data", () => {
  test("beyond ten MiB is refused whatever the stream, and is not shown", () => {
    const record = { Data: bytes(10_485_761), PartitionKey: "k" };
    expect(failure("PutRecord", { StreamName: "s", ...record })).toEqual(invalid(`at 'data': ${atMost(10_485_760)}`));
    expect(failure("PutRecords", { StreamName: "s", Records: [record] })).toEqual(
      invalid(`at 'records.1.member.data': ${atMost(10_485_760)}`),
    );
  });
});

test("of more than ten errors ten are told, and counted", () => {
  const Records = Array.from({ length: 20 }, () => ({ PartitionKey: "k" }));
  const clauses = Array.from({ length: 10 }, (_, index) => `null at 'records.${index + 1}.member.data': ${NOT_NULL}`);
  expect(failure("PutRecords", { StreamName: "s", Records })).toEqual(invalid(...clauses));
});
