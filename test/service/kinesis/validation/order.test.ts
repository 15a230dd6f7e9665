import { expect, test } from "vitest";
import { aKinesis, type Input, invalid } from "../../../support/kinesis.ts";
import { atLeast, bytes, HASH_KEY, NAME, NOT_NULL, SEQUENCE_NUMBER } from "./constrained-shapes.ts";

// Kinesis reference 2.4, 10.5

const ONE_OR_MORE = "Member must have value greater than or equal to 1";
const ITERATOR_TYPES = "[AFTER_SEQUENCE_NUMBER, LATEST, AT_TIMESTAMP, AT_SEQUENCE_NUMBER, TRIM_HORIZON]";
const empty = (place: string) => [`'' at '${place}': ${NAME}`, `'' at '${place}': ${atLeast(1)}`];

const { failure } = aKinesis();

test.for<[operation: string, input: Input, clauses: readonly string[]]>([
  ["CreateStream", { ShardCount: 0, StreamName: "" }, [`'0' at 'shardCount': ${ONE_OR_MORE}`, ...empty("streamName")]],
  ["AddTagsToStream", { StreamName: "", Tags: {} }, [`'{}' at 'tags': ${atLeast(1)}`, ...empty("streamName")]],
  [
    "RemoveTagsFromStream",
    { StreamName: "*", TagKeys: [] },
    [`'[]' at 'tagKeys': ${atLeast(1)}`, `'*' at 'streamName': ${NAME}`],
  ],
  [
    "DescribeStream",
    { StreamName: "", Limit: 0, ExclusiveStartShardId: "" },
    [`'0' at 'limit': ${ONE_OR_MORE}`, ...empty("exclusiveStartShardId"), ...empty("streamName")],
  ],
  [
    "GetRecords",
    { Limit: 0, ShardIterator: "" },
    [`'0' at 'limit': ${ONE_OR_MORE}`, `'' at 'shardIterator': ${atLeast(1)}`],
  ],
  [
    "GetShardIterator",
    { ShardId: "", ShardIteratorType: "HERE", StartingSequenceNumber: "", StreamName: "" },
    [
      ...empty("shardId"),
      `'HERE' at 'shardIteratorType': Member must satisfy enum value set: ${ITERATOR_TYPES}`,
      `'' at 'startingSequenceNumber': ${SEQUENCE_NUMBER}`,
      ...empty("streamName"),
    ],
  ],
  ...["IncreaseStreamRetentionPeriod", "DecreaseStreamRetentionPeriod"].map((operation): [string, Input, string[]] => [
    operation,
    { StreamName: "" },
    [`null at 'retentionPeriodHours': ${NOT_NULL}`, ...empty("streamName")],
  ]),
  [
    "ListShards",
    { MaxResults: 0, ExclusiveStartShardId: "*", StreamName: "*", NextToken: "" },
    [
      `'0' at 'maxResults': ${ONE_OR_MORE}`,
      `'*' at 'exclusiveStartShardId': ${NAME}`,
      `'*' at 'streamName': ${NAME}`,
      `'' at 'nextToken': ${atLeast(1)}`,
    ],
  ],
  [
    "ListStreams",
    { Limit: 0, ExclusiveStartStreamName: "" },
    [`'0' at 'limit': ${ONE_OR_MORE}`, ...empty("exclusiveStartStreamName")],
  ],
  [
    "ListTagsForStream",
    { Limit: 0, ExclusiveStartTagKey: "", StreamName: "*" },
    [`'0' at 'limit': ${ONE_OR_MORE}`, `'' at 'exclusiveStartTagKey': ${atLeast(1)}`, `'*' at 'streamName': ${NAME}`],
  ],
  [
    "MergeShards",
    { ShardToMerge: "*", AdjacentShardToMerge: "*", StreamName: "*" },
    [`'*' at 'shardToMerge': ${NAME}`, `'*' at 'adjacentShardToMerge': ${NAME}`, `'*' at 'streamName': ${NAME}`],
  ],
  [
    "PutRecord",
    { StreamName: "", PartitionKey: "", ExplicitHashKey: "", SequenceNumberForOrdering: "" },
    [
      `'' at 'sequenceNumberForOrdering': ${SEQUENCE_NUMBER}`,
      `'' at 'partitionKey': ${atLeast(1)}`,
      `'' at 'explicitHashKey': ${HASH_KEY}`,
      `null at 'data': ${NOT_NULL}`,
      ...empty("streamName"),
    ],
  ],
  [
    "PutRecords",
    { Records: [{}, { PartitionKey: "", ExplicitHashKey: "-", Data: bytes(1) }], StreamName: "" },
    [
      `null at 'records.1.member.partitionKey': ${NOT_NULL}`,
      `null at 'records.1.member.data': ${NOT_NULL}`,
      `'' at 'records.2.member.partitionKey': ${atLeast(1)}`,
      `'-' at 'records.2.member.explicitHashKey': ${HASH_KEY}`,
      ...empty("streamName"),
    ],
  ],
  [
    "SplitShard",
    { NewStartingHashKey: "", StreamName: "*", ShardToSplit: "?" },
    [`'' at 'newStartingHashKey': ${HASH_KEY}`, `'*' at 'streamName': ${NAME}`, `'?' at 'shardToSplit': ${NAME}`],
  ],
  [
    "UpdateShardCount",
    { ScalingType: "ANY", StreamName: "*", TargetShardCount: 0 },
    [
      "'ANY' at 'scalingType': Member must satisfy enum value set: [UNIFORM_SCALING]",
      `'*' at 'streamName': ${NAME}`,
      `'0' at 'targetShardCount': ${ONE_OR_MORE}`,
    ],
  ],
])("%s %j", ([operation, input, clauses]) => {
  expect(failure(operation, input)).toEqual(invalid(...clauses));
});
