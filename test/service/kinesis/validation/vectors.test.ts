import { expect, test } from "vitest";
import { aKinesis, type Input, refusal } from "../../../support/kinesis.ts";
import { bytes, filled } from "./constrained-shapes.ts";

// Kinesis reference 10.5: messages as AWS was seen to write them, word for word.

const { failure } = aKinesis();

const NAME = "failed to satisfy constraint: Member must satisfy regular expression pattern: [a-zA-Z0-9_.-]+";
const SEQUENCE = "failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,128})";
const HASH = "failed to satisfy constraint: Member must satisfy regular expression pattern: 0|([1-9]\\d{0,38})";
const MIN = "failed to satisfy constraint: Member must have length greater than or equal to 1";

test.for<[operation: string, input: Input, message: string]>([
  [
    "PutRecord",
    {},
    // A stream can be named in two ways by now, so its name is not missed here any more.
    "2 validation errors detected: Value null at 'partitionKey' failed to satisfy constraint: Member must not be null; Value null at 'data' failed to satisfy constraint: Member must not be null",
  ],
  [
    "PutRecord",
    { StreamName: "", PartitionKey: "", ExplicitHashKey: "", SequenceNumberForOrdering: "", Data: bytes(0) },
    `5 validation errors detected: Value '' at 'sequenceNumberForOrdering' ${SEQUENCE}; Value '' at 'partitionKey' ${MIN}; Value '' at 'explicitHashKey' ${HASH}; Value '' at 'streamName' ${NAME}; Value '' at 'streamName' ${MIN}`,
  ],
  [
    "DescribeStream",
    { StreamName: "", Limit: 0, ExclusiveStartShardId: "" },
    `5 validation errors detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1; Value '' at 'exclusiveStartShardId' ${NAME}; Value '' at 'exclusiveStartShardId' ${MIN}; Value '' at 'streamName' ${NAME}; Value '' at 'streamName' ${MIN}`,
  ],
  [
    "AddTagsToStream",
    { StreamName: "", Tags: {} },
    `3 validation errors detected: Value '{}' at 'tags' ${MIN}; Value '' at 'streamName' ${NAME}; Value '' at 'streamName' ${MIN}`,
  ],
  [
    "RemoveTagsFromStream",
    { StreamName: "s", TagKeys: ["a", filled(129), "b"] },
    `1 validation error detected: Value '[a, ${filled(129)}, b]' at 'tagKeys' failed to satisfy constraint: Member must satisfy constraint: [Member must have length less than or equal to 128, Member must have length greater than or equal to 1]`,
  ],
  [
    "SplitShard",
    { StreamName: "s", ShardToSplit: "?", NewStartingHashKey: "1" },
    `1 validation error detected: Value '?' at 'shardToSplit' ${NAME}`,
  ],
  [
    "GetRecords",
    { ShardIterator: filled(514) },
    `1 validation error detected: Value '${filled(514)}' at 'shardIterator' failed to satisfy constraint: Member must have length less than or equal to 512`,
  ],
  [
    "GetRecords",
    { ShardIterator: "x", Limit: 100_000 },
    "1 validation error detected: Value '100000' at 'limit' failed to satisfy constraint: Member must have value less than or equal to 10000",
  ],
  [
    "DescribeStream",
    { StreamName: "arn:aws:kinesis:us-east-1:123456789012:stream/s" },
    `1 validation error detected: Value 'arn:aws:kinesis:us-east-1:123456789012:stream/s' at 'streamName' ${NAME}`,
  ],
])("%s %j", ([operation, input, message]) => {
  expect(failure(operation, input)).toEqual(refusal("ValidationException", message));
});
