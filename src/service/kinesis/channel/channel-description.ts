import type {
  Channel,
  ChannelDestination,
  DeadLetterBucket,
  TableStorage,
} from "../../../engine/stream/channel/channel.ts";
import { wholeSecond } from "../stream/descriptions.ts";

/** A channel as the operations on one of them show it. */
export function describeChannel(channel: Channel) {
  const { definition, destination, logging } = channel;
  return {
    ...identityOf(channel),
    ServiceExecutionRoleARN: definition.roleArn,
    StreamConfigurationList: definition.sources.map(({ streamArn, streamCreatedAt, recordFormat, schemaArn }) => ({
      StreamARN: streamArn,
      StreamCreationTimestamp: wholeSecond(streamCreatedAt),
      RecordConfiguration: { RecordFormatType: recordFormat, GSRSchemaARN: schemaArn },
    })),
    ...describeDestination(destination),
    EncryptionConfiguration:
      definition.encryptionKeyId === undefined
        ? undefined
        : { EncryptionType: "KMS", KeyId: definition.encryptionKeyId },
    LoggingConfiguration: {
      CloudWatchLogs: { Enabled: logging.isEnabled, LogGroupName: logging.group, LogStreamName: logging.stream },
    },
  };
}

/** A channel in a listing. */
export function summariseChannel(channel: Channel) {
  return {
    ...identityOf(channel),
    ChannelDestinationType: channel.destination.type,
    Streams: channel.definition.sources.map(({ streamArn, streamCreatedAt }) => ({
      StreamARN: streamArn,
      StreamCreationTimestamp: wholeSecond(streamCreatedAt),
    })),
  };
}

function identityOf({ name, arn, id, status, createdAt }: Channel) {
  return {
    ChannelName: name,
    ChannelARN: arn,
    ChannelId: id,
    ChannelStatus: status,
    ChannelCreationTimestamp: wholeSecond(createdAt),
  };
}

function describeDestination(destination: ChannelDestination) {
  const DataFreshnessInSeconds = destination.freshnessMs / 1000;
  if (destination.type === "S3_TABLES") {
    return {
      S3TablesDestinationConfiguration: {
        DataFreshnessInSeconds,
        DeadLetterQueueS3Configuration: describeDeadLetters(destination.deadLetters),
        S3TablesConfigurationList: destination.tables.map(describeTable),
      },
    };
  }
  const { storage, deadLetters } = destination;
  return {
    S3DestinationConfiguration: {
      DataFreshnessInSeconds,
      DeadLetterQueueS3Configuration: describeDeadLetters(deadLetters),
      StorageConfiguration: {
        BucketARN: storage.bucketArn,
        ExpectedBucketOwner: storage.expectedOwner,
        OutputKeyTemplate: storage.keyTemplate,
        StorageClass: storage.storageClass,
        CompressionType: storage.compression,
      },
    },
  };
}

function describeDeadLetters({ bucketArn, expectedOwner, errorPrefix }: DeadLetterBucket) {
  return { BucketARN: bucketArn, ExpectedBucketOwner: expectedOwner, ErrorOutputPrefix: errorPrefix };
}

function describeTable({ tableBucketArn, namespace, tableName, compression, partitionFields }: TableStorage) {
  return {
    TableBucketARN: tableBucketArn,
    Namespace: namespace,
    TableName: tableName,
    CompressionType: compression,
    PartitionSpec: partitionFields && {
      PartitionFields: partitionFields.map(({ transform, sourceName }) => ({
        Transform: transform,
        SourceName: sourceName,
      })),
    },
  };
}
