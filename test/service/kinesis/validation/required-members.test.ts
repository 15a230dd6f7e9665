import { expect, test } from "vitest";
import { aKinesis, invalid } from "../../../support/kinesis.ts";
import { NOT_NULL } from "./constrained-shapes.ts";

// Kinesis reference 2.2, 2.4, 2.5

const { service, call, failure } = aKinesis();

/** What a call lacks that has no members at all, in the order in which it is told. */
const required: Readonly<Record<string, readonly string[]>> = {
  AcknowledgeDeadLetterQueueRecords: ["queueARN", "entries"],
  AcknowledgeQueueRecords: ["queueARN", "entries"],
  AddTagsToStream: ["tags"],
  CreateChannel: ["channelName", "serviceExecutionRoleARN", "streamConfigurationList"],
  CreateQueue: ["queueName", "streamConfigurationList"],
  CreateStream: ["streamName"],
  DecreaseStreamRetentionPeriod: ["retentionPeriodHours"],
  DeleteChannel: ["channelARN"],
  DeleteQueue: ["queueARN"],
  DeleteResourcePolicy: ["resourceARN"],
  DescribeChannel: ["channelARN"],
  DescribeQueue: ["queueARN"],
  DisableEnhancedMonitoring: ["shardLevelMetrics"],
  EnableEnhancedMonitoring: ["shardLevelMetrics"],
  GetRecords: ["shardIterator"],
  GetResourcePolicy: ["resourceARN"],
  GetShardIterator: ["shardId", "shardIteratorType"],
  IncreaseStreamRetentionPeriod: ["retentionPeriodHours"],
  ListStreamConsumers: ["streamARN"],
  ListTagsForResource: ["resourceARN"],
  MergeShards: ["shardToMerge", "adjacentShardToMerge"],
  PutRecord: ["partitionKey", "data"],
  PutRecords: ["records"],
  PutResourcePolicy: ["resourceARN", "policy"],
  ReceiveDeadLetterQueueRecords: ["queueARN"],
  ReceiveQueueRecords: ["queueARN"],
  RegisterStreamConsumer: ["streamARN", "consumerName"],
  RemoveTagsFromStream: ["tagKeys"],
  RestoreDeadLetterQueueRecords: ["queueARN", "entries"],
  SplitShard: ["newStartingHashKey", "shardToSplit"],
  StartStreamEncryption: ["encryptionType", "keyId"],
  StopStreamEncryption: ["encryptionType", "keyId"],
  SubscribeToShard: ["consumerARN", "shardId", "startingPosition"],
  TagResource: ["tags", "resourceARN"],
  UntagResource: ["tagKeys", "resourceARN"],
  UpdateAccountSettings: ["minimumThroughputBillingCommitment"],
  UpdateChannel: ["channelARN"],
  UpdateDeadLetterQueueRecordsVisibility: ["queueARN", "entries"],
  UpdateMaxRecordSize: ["maxRecordSizeInKiB"],
  UpdateQueue: ["queueARN", "queueAttributes"],
  UpdateQueueRecordsVisibility: ["queueARN", "entries"],
  UpdateShardCount: ["scalingType", "targetShardCount"],
  UpdateStreamMode: ["streamARN", "streamModeDetails"],
  UpdateStreamRecordDistributionStrategy: ["streamARN", "recordDistributionStrategy"],
  UpdateStreamWarmThroughput: ["warmThroughputMiBps"],
};

test.for(Object.entries(required))("%s needs %j", ([operation, places]) => {
  expect(failure(operation)).toEqual(invalid(...places.map((place) => `null at '${place}': ${NOT_NULL}`)));
});

test.for([...service.operations.keys()].filter((name) => required[name] === undefined))(
  "%s needs none",
  (operation) => {
    try {
      call(operation);
    } catch (cause) {
      // What most of these miss is one of two ways to name a stream, which is another matter.
      expect((cause as Error).name).toBe("InvalidArgumentException");
    }
  },
);

test.for<[operation: string, input: object, places: readonly string[]]>([
  ["PutRecords", { Records: [{}] }, ["records.1.member.partitionKey", "records.1.member.data"]],
  ["UpdateStreamMode", { StreamModeDetails: {} }, ["streamModeDetails.streamMode"]],
  ["SubscribeToShard", { StartingPosition: {} }, ["startingPosition.type"]],
  ["ListShards", { ShardFilter: {} }, ["shardFilter.type"]],
  ["UpdateAccountSettings", { MinimumThroughputBillingCommitment: {} }, ["minimumThroughputBillingCommitment.status"]],
  ["ListChannels", { StreamFilter: [{}] }, ["streamFilter.1.member.streamARN"]],
  [
    "CreateChannel",
    { StreamConfigurationList: [{ RecordConfiguration: {} }] },
    [
      "streamConfigurationList.1.member.streamARN",
      "streamConfigurationList.1.member.recordConfiguration.recordFormatType",
    ],
  ],
])("within the members of %s: %j", ([operation, input, places]) => {
  const { message } = failure(operation, input as Record<string, unknown>);
  for (const place of places) {
    expect(message).toContain(`Value null at '${place}' failed to satisfy constraint: ${NOT_NULL}`);
  }
});
