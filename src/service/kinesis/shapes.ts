import assert from "node:assert/strict";
import {
  boolean,
  integer,
  list,
  long,
  map,
  passedBlob,
  passedString,
  required,
  string,
  structure,
  timestamp,
} from "../../model/shape.ts";
import { pattern } from "../constraint-wording.ts";
import { MAX_KEY_LENGTH, MAX_VALUE_LENGTH } from "../tags.ts";
import { consumerArnPattern, resourceArnPattern, streamArnPattern } from "./arn-patterns.ts";

/** Shapes that several operations share, with the constraints of the API model. */

const NAME = "[a-zA-Z0-9_.-]+";

export const streamName = string({ min: 1, max: 128, pattern: pattern(NAME) });
export const consumerName = streamName;
export const shardId = streamName;

export const streamArn = string({ min: 1, max: 2048, pattern: streamArnPattern });

export const consumerArn = string({ min: 1, max: 2048, pattern: consumerArnPattern });

/** A stream, a consumer, a channel or a queue. */
export const resourceArn = string({ min: 1, max: 2048, pattern: resourceArnPattern });

/** Accepted and ignored: clients that are told one leave the endpoint they were given. */
export const streamId = string({ min: 1, max: 24, pattern: pattern("[a-z0-9]{20}-[a-z0-9]{3}") });

/** The members by which most inputs name their stream. */
export const streamAddress = { StreamName: streamName, StreamARN: streamArn, StreamId: streamId };

export const hashKey = string({ pattern: pattern("0|([1-9]\\d{0,38})") });

export const sequenceNumber = string({ pattern: pattern("0|([1-9]\\d{0,128})") });

export const partitionKey = string({ min: 1, max: 256 });

/** The most any stream can be told to take; what one takes is checked later. */
export const data = passedBlob({ min: 0, max: 10_485_760 });

export const shardIterator = string({ min: 1, max: 512 });

export const nextToken = string({ min: 1, max: 1_048_576 });

/** The size of a page. */
export const pageLimit = integer({ min: 1, max: 10_000 });

// AWS: errors show the set in this order.
export const shardIteratorType = string({
  values: ["AFTER_SEQUENCE_NUMBER", "LATEST", "AT_TIMESTAMP", "AT_SEQUENCE_NUMBER", "TRIM_HORIZON"],
});

const tagKey = string({ min: 1, max: MAX_KEY_LENGTH });

export const tagMap = map(string({ min: 0, max: MAX_VALUE_LENGTH }), { key: tagKey, min: 1, max: 200 });

export const tagKeys = list(tagKey, { min: 1, max: 50 });

export const tagList = list(structure({ Key: required(string()), Value: string() }));

export const positiveInteger = integer({ min: 1 });

export const naturalInteger = integer({ min: 0 });

export const maxRecordSize = integer({ min: 1024, max: 10_240 });

export const streamModeDetails = structure({ StreamMode: required(string({ values: ["PROVISIONED", "ON_DEMAND"] })) });

export const recordDistributionStrategy = string({ values: ["AUTO", "USER_PARTITION_KEY"] });

export const encryptionType = string({ values: ["NONE", "KMS"] });

export const keyId = string({ min: 1, max: 2048 });

/** What enhanced monitoring can measure. API_EnableEnhancedMonitoring. */
const shardLevelMetrics = [
  "IncomingBytes",
  "IncomingRecords",
  "OutgoingBytes",
  "OutgoingRecords",
  "WriteProvisionedThroughputExceeded",
  "ReadProvisionedThroughputExceeded",
  "IteratorAgeMilliseconds",
];

export const metricNames = list(string({ values: [...shardLevelMetrics, "ALL"] }), { min: 1, max: 7 });

const hashKeyRange = structure({ StartingHashKey: required(string()), EndingHashKey: required(string()) });

export const shard = structure({
  ShardId: required(string()),
  ParentShardId: string(),
  AdjacentParentShardId: string(),
  HashKeyRange: required(hashKeyRange),
  SequenceNumberRange: required(
    structure({ StartingSequenceNumber: required(string()), EndingSequenceNumber: string() }),
  ),
});

export const childShard = structure({
  ShardId: required(string()),
  ParentShards: required(list(string())),
  HashKeyRange: required(hashKeyRange),
});

export const record = structure({
  SequenceNumber: required(passedString()),
  ApproximateArrivalTimestamp: timestamp(),
  Data: required(passedBlob()),
  PartitionKey: passedString(),
  EncryptionType: string(),
});

export const millisBehindLatest = long();

export const warmThroughput = structure({ TargetMiBps: integer(), CurrentMiBps: integer() });

export const enhancedMonitoring = list(structure({ ShardLevelMetrics: list(string()) }));

export const consumer = structure({
  ConsumerName: required(string()),
  ConsumerARN: required(string()),
  ConsumerStatus: required(string()),
  ConsumerCreationTimestamp: required(timestamp()),
});

export const commitment = structure({
  Status: required(string()),
  StartedAt: timestamp(),
  EndedAt: timestamp(),
  EarliestAllowedEndAt: timestamp(),
});

/** Whether the call only asks if it would succeed. */
export const dryRun = boolean();

/** A text that has passed its shape's check, as one of the values the shape allows. */
export function oneOf<const Value extends string>(values: readonly Value[], text: string): Value {
  const found = values.find((value) => value === text);
  assert(found !== undefined, `${text} is one of ${values.join(", ")}`);
  return found;
}
