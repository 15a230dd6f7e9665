import type { ShapeName } from "./constrained-shapes.ts";

/** The way to a member from the input, positions in lists as `1`, and what constrains it. */
type ConstrainedMembers = Readonly<Record<string, ShapeName>>;

const address: ConstrainedMembers = { StreamName: "name", StreamARN: "streamArn", StreamId: "streamId" };
const resource: ConstrainedMembers = { ResourceARN: "resourceArn", StreamId: "streamId" };
const arnOnly: ConstrainedMembers = { StreamARN: "streamArn", StreamId: "streamId" };
const consumer: ConstrainedMembers = { ...arnOnly, ConsumerName: "name", ConsumerARN: "consumerArn" };
const bucket = "S3DestinationConfiguration.StorageConfiguration";
const tables = "S3TablesDestinationConfiguration.S3TablesConfigurationList";
const deadLettersOf = (destination: string): ConstrainedMembers => ({
  [`${destination}.DeadLetterQueueS3Configuration.BucketARN`]: "bucketArn",
  [`${destination}.DeadLetterQueueS3Configuration.ExpectedBucketOwner`]: "bucketOwner",
  [`${destination}.DeadLetterQueueS3Configuration.ErrorOutputPrefix`]: "errorPrefix",
});
const logging: ConstrainedMembers = {
  "LoggingConfiguration.CloudWatchLogs.LogGroupName": "logGroup",
  "LoggingConfiguration.CloudWatchLogs.LogStreamName": "logStream",
};

const queue: ConstrainedMembers = { QueueARN: "queueArn" };
const receive: ConstrainedMembers = {
  ...queue,
  Limit: "receiveLimit",
  WaitTimeSeconds: "waitSeconds",
  VisibilityTimeoutSeconds: "visibilityTimeout",
};
const entries: ConstrainedMembers = { ...queue, Entries: "entries", "Entries.1.ReceiptHandle": "receiptHandle" };
const visibility: ConstrainedMembers = { ...entries, "Entries.1.VisibilityTimeoutSeconds": "visibilityTimeout" };
const queueAttributes: ConstrainedMembers = {
  "QueueAttributes.VisibilityTimeoutSeconds": "visibilityTimeout",
  "QueueAttributes.DeadLetterConfiguration.TargetType": "deadLetterTarget",
  "QueueAttributes.DeadLetterConfiguration.MaxReceiveCount": "maxReceiveCount",
};

/** Every constrained member of every operation. */
export const members: Readonly<Record<string, ConstrainedMembers>> = {
  AcknowledgeDeadLetterQueueRecords: entries,
  AcknowledgeQueueRecords: entries,
  AddTagsToStream: { Tags: "tagMap", ...address },
  CreateChannel: {
    ChannelName: "name",
    ServiceExecutionRoleARN: "roleArn",
    StreamConfigurationList: "listOfOne",
    "StreamConfigurationList.1.StreamARN": "streamArn",
    "StreamConfigurationList.1.RecordConfiguration.RecordFormatType": "recordFormat",
    "StreamConfigurationList.1.RecordConfiguration.GSRSchemaARN": "schemaArn",
    ...deadLettersOf("S3DestinationConfiguration"),
    ...deadLettersOf("S3TablesDestinationConfiguration"),
    ...logging,
    [`${bucket}.BucketARN`]: "bucketArn",
    [`${bucket}.ExpectedBucketOwner`]: "bucketOwner",
    [`${bucket}.OutputKeyTemplate`]: "keyTemplate",
    [`${bucket}.StorageClass`]: "storageClass",
    [`${bucket}.CompressionType`]: "bucketCompression",
    [tables]: "listOfOne",
    [`${tables}.1.TableBucketARN`]: "tableBucketArn",
    [`${tables}.1.Namespace`]: "tableName",
    [`${tables}.1.TableName`]: "tableName",
    [`${tables}.1.CompressionType`]: "tableCompression",
    [`${tables}.1.PartitionSpec.PartitionFields`]: "partitionFields",
    [`${tables}.1.PartitionSpec.PartitionFields.1.Transform`]: "transform",
    [`${tables}.1.PartitionSpec.PartitionFields.1.SourceName`]: "sourceName",
    "EncryptionConfiguration.EncryptionType": "channelEncryption",
    "EncryptionConfiguration.KeyId": "keyId",
    Tags: "tagMap",
  },
  CreateQueue: {
    QueueName: "name",
    StreamConfigurationList: "listOfOne",
    "StreamConfigurationList.1.StreamARN": "streamArn",
    "StreamConfigurationList.1.StartingPosition.Type": "queueStart",
    ...queueAttributes,
    Tags: "tagMap",
  },
  CreateStream: {
    ShardCount: "positive",
    StreamName: "name",
    "StreamModeDetails.StreamMode": "streamMode",
    Tags: "tagMap",
    WarmThroughputMiBps: "natural",
    MaxRecordSizeInKiB: "maxRecordSize",
    RecordDistributionStrategy: "distribution",
  },
  DecreaseStreamRetentionPeriod: address,
  DeleteChannel: { ChannelARN: "channelArn" },
  DeleteQueue: queue,
  DeleteResourcePolicy: resource,
  DeleteStream: address,
  DeregisterStreamConsumer: consumer,
  DescribeAccountSettings: {},
  DescribeChannel: { ChannelARN: "channelArn" },
  DescribeLimits: {},
  DescribeQueue: queue,
  DescribeStream: { Limit: "pageLimit", ExclusiveStartShardId: "name", ...address },
  DescribeStreamConsumer: consumer,
  DescribeStreamSummary: address,
  DisableEnhancedMonitoring: { ...address, ShardLevelMetrics: "metricNames" },
  EnableEnhancedMonitoring: { ...address, ShardLevelMetrics: "metricNames" },
  GetRecords: { Limit: "pageLimit", ShardIterator: "shardIterator", ...arnOnly },
  GetResourcePolicy: resource,
  GetShardIterator: {
    ShardId: "name",
    ShardIteratorType: "iteratorType",
    StartingSequenceNumber: "sequenceNumber",
    ...address,
  },
  IncreaseStreamRetentionPeriod: address,
  ListChannels: {
    StreamFilter: "streamFilter",
    "StreamFilter.1.StreamARN": "streamArn",
    MaxResults: "pageLimit",
    NextToken: "nextToken",
  },
  ListQueues: {
    StreamFilter: "streamFilter",
    "StreamFilter.1.StreamARN": "streamArn",
    MaxResults: "pageLimit",
    NextToken: "nextToken",
  },
  ListShards: {
    MaxResults: "pageLimit",
    ExclusiveStartShardId: "name",
    ...address,
    NextToken: "nextToken",
    "ShardFilter.Type": "filterType",
    "ShardFilter.ShardId": "name",
  },
  ListStreamConsumers: { ...arnOnly, NextToken: "nextToken", MaxResults: "pageLimit" },
  ListStreams: { Limit: "pageLimit", ExclusiveStartStreamName: "name", NextToken: "nextToken" },
  ListTagsForResource: resource,
  ListTagsForStream: { Limit: "tagLimit", ExclusiveStartTagKey: "tagKey", ...address },
  MergeShards: { ShardToMerge: "name", AdjacentShardToMerge: "name", ...address },
  PutRecord: {
    SequenceNumberForOrdering: "sequenceNumber",
    PartitionKey: "partitionKey",
    ExplicitHashKey: "hashKey",
    Data: "data",
    ...address,
  },
  PutRecords: {
    Records: "records",
    "Records.1.PartitionKey": "partitionKey",
    "Records.1.ExplicitHashKey": "hashKey",
    "Records.1.Data": "data",
    ...address,
  },
  PutResourcePolicy: resource,
  ReceiveDeadLetterQueueRecords: receive,
  ReceiveQueueRecords: receive,
  RegisterStreamConsumer: { ...arnOnly, ConsumerName: "name", Tags: "tagMap" },
  RemoveTagsFromStream: { TagKeys: "tagKeys", ...address },
  RestoreDeadLetterQueueRecords: entries,
  SplitShard: { NewStartingHashKey: "hashKey", ...address, ShardToSplit: "name" },
  StartStreamEncryption: { ...address, EncryptionType: "encryptionType", KeyId: "keyId" },
  StopStreamEncryption: { ...address, EncryptionType: "encryptionType", KeyId: "keyId" },
  SubscribeToShard: {
    ConsumerARN: "consumerArn",
    ShardId: "name",
    "StartingPosition.Type": "iteratorType",
    "StartingPosition.SequenceNumber": "sequenceNumber",
    StreamId: "streamId",
  },
  TagResource: { Tags: "tagMap", ...resource },
  UntagResource: { TagKeys: "tagKeys", ...resource },
  UpdateAccountSettings: { "MinimumThroughputBillingCommitment.Status": "commitment" },
  UpdateChannel: { ChannelARN: "channelArn", ...logging },
  UpdateDeadLetterQueueRecordsVisibility: visibility,
  UpdateMaxRecordSize: { MaxRecordSizeInKiB: "maxRecordSize", ...arnOnly },
  UpdateQueue: { ...queue, ...queueAttributes },
  UpdateQueueRecordsVisibility: visibility,
  UpdateShardCount: { ScalingType: "scalingType", ...address, TargetShardCount: "positive" },
  UpdateStreamMode: {
    ...arnOnly,
    "StreamModeDetails.StreamMode": "streamMode",
    WarmThroughputMiBps: "natural",
  },
  UpdateStreamRecordDistributionStrategy: { ...arnOnly, RecordDistributionStrategy: "distribution" },
  UpdateStreamWarmThroughput: { WarmThroughputMiBps: "natural", ...address },
};
