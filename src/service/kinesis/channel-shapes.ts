import { boolean, integer, list, required, string, structure, timestamp } from "../../model/shape.ts";
import { pattern } from "../pattern-text.ts";
import { streamArn } from "./shapes.ts";

/** The shapes of channels. GAP: the constraints of their texts are not known. */

export const channelArn = string({ min: 1, max: 2048, pattern: pattern("arn:aws.*:kinesis:.*:\\d{12}:channel/\\S+") });

const recordConfiguration = structure({
  RecordFormatType: required(string({ values: ["GSR_JSON", "JSON", "STRING", "BYTE_ARRAY"] })),
  GSRSchemaARN: string(),
});

export const streamConfiguration = structure({
  StreamARN: required(streamArn),
  RecordConfiguration: required(recordConfiguration),
});

const deadLetterBucket = structure({
  BucketARN: required(string()),
  ExpectedBucketOwner: required(string()),
  ErrorOutputPrefix: string(),
});

const s3Storage = structure({
  BucketARN: required(string()),
  ExpectedBucketOwner: required(string()),
  OutputKeyTemplate: string(),
  StorageClass: string({ values: ["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"] }),
  CompressionType: required(string({ values: ["NONE", "GZIP", "ZSTD"] })),
});

const tableStorage = structure({
  TableBucketARN: required(string()),
  Namespace: required(string()),
  TableName: required(string()),
  CompressionType: required(string({ values: ["NONE", "ZSTD", "SNAPPY"] })),
  PartitionSpec: structure({
    PartitionFields: required(
      list(structure({ Transform: required(string({ values: ["TIME_HOUR"] })), SourceName: required(string()) })),
    ),
  }),
});

export const s3Destination = structure({
  DataFreshnessInSeconds: integer({ min: 1 }),
  DeadLetterQueueS3Configuration: deadLetterBucket,
  StorageConfiguration: required(s3Storage),
});

export const s3TablesDestination = structure({
  DataFreshnessInSeconds: integer({ min: 1 }),
  DeadLetterQueueS3Configuration: required(deadLetterBucket),
  S3TablesConfigurationList: required(list(tableStorage, { min: 1, max: 1 })),
});

/** What of a destination can be changed. */
export const freshness = structure({ DataFreshnessInSeconds: required(integer({ min: 1 })) });

export const channelEncryption = structure({
  EncryptionType: required(string({ values: ["KMS"] })),
  KeyId: required(string({ min: 1, max: 2048 })),
});

export const channelLogging = structure({
  CloudWatchLogs: required(
    structure({ Enabled: required(boolean()), LogGroupName: string(), LogStreamName: string() }),
  ),
});

export const channelDescription = structure({
  ChannelName: required(string()),
  ChannelARN: required(string()),
  ChannelId: required(string()),
  ChannelStatus: required(string()),
  ChannelStatusReason: string(),
  ChannelCreationTimestamp: required(timestamp()),
  ServiceExecutionRoleARN: required(string()),
  StreamConfigurationList: required(
    list(
      structure({
        StreamARN: required(string()),
        StreamCreationTimestamp: required(timestamp()),
        RecordConfiguration: required(recordConfiguration),
      }),
    ),
  ),
  S3DestinationConfiguration: s3Destination,
  S3TablesDestinationConfiguration: s3TablesDestination,
  EncryptionConfiguration: channelEncryption,
  LoggingConfiguration: required(channelLogging),
});

export const channelSummary = structure({
  ChannelName: required(string()),
  ChannelARN: required(string()),
  ChannelId: required(string()),
  ChannelStatus: required(string()),
  ChannelStatusReason: string(),
  ChannelCreationTimestamp: required(timestamp()),
  ChannelDestinationType: required(string()),
  Streams: required(list(structure({ StreamARN: required(string()), StreamCreationTimestamp: required(timestamp()) }))),
});
