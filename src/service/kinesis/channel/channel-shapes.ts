import { boolean, integer, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";
import { channelArnPattern } from "../arn-patterns.ts";
import { streamArn } from "../shapes.ts";

/** The shapes of channels, with the constraints of the API model. */

export const channelArn = string({ min: 1, max: 2048, pattern: channelArnPattern });

export const roleArn = string({
  min: 1,
  max: 512,
  pattern: pattern("arn:aws[-a-z0-9]*:iam::\\d{12}:role/[a-zA-Z_0-9+=,.@\\-_/]+"),
});

const NAME_IN_REGISTRY = "[-a-zA-Z0-9_$#.]+";
const SCHEMA_ARN = `arn:aws[-a-z0-9]*:glue:[-a-z0-9]+:\\d{12}:schema/${NAME_IN_REGISTRY}/${NAME_IN_REGISTRY}`;

const recordConfiguration = structure({
  RecordFormatType: required(string({ values: ["GSR_JSON", "JSON", "STRING", "BYTE_ARRAY"] })),
  GSRSchemaARN: string({ min: 1, max: 512, pattern: pattern(SCHEMA_ARN) }),
});

export const streamConfiguration = structure({
  StreamARN: required(streamArn),
  RecordConfiguration: required(recordConfiguration),
});

const bucketArn = string({ min: 1, max: 2048, pattern: pattern("arn:aws[-a-z0-9]*:s3:::[a-z0-9._-]{3,63}") });
const bucketOwner = string({ min: 12, max: 12, pattern: pattern("\\d{12}") });

const deadLetterBucket = structure({
  BucketARN: required(bucketArn),
  ExpectedBucketOwner: required(bucketOwner),
  ErrorOutputPrefix: string({ min: 1, max: 512, pattern: pattern("[0-9A-Za-z!\\-_'.*()\\/]+") }),
});

const s3Storage = structure({
  BucketARN: required(bucketArn),
  ExpectedBucketOwner: required(bucketOwner),
  OutputKeyTemplate: string({ min: 1, max: 1024, pattern: pattern("[0-9A-Za-z!\\-_'.*()\\/=:{}]+") }),
  StorageClass: string({ values: ["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"] }),
  CompressionType: required(string({ values: ["NONE", "GZIP", "ZSTD"] })),
});

const tableBucketArn = string({
  min: 1,
  max: 2048,
  pattern: pattern("arn:aws[-a-z0-9]*:s3tables:[-a-z0-9]+:\\d{12}:bucket/[a-z0-9_-]{3,63}"),
});
const tableName = string({ min: 1, max: 255, pattern: pattern("[0-9a-z_]+") });

const partitionField = structure({
  Transform: required(string({ values: ["TIME_HOUR"] })),
  SourceName: required(string({ min: 1, max: 255, pattern: pattern("[a-zA-Z0-9\\.\\_]+") })),
});

const tableStorage = structure({
  TableBucketARN: required(tableBucketArn),
  Namespace: required(tableName),
  TableName: required(tableName),
  CompressionType: required(string({ values: ["NONE", "ZSTD", "SNAPPY"] })),
  PartitionSpec: structure({ PartitionFields: required(list(partitionField, { min: 1, max: 10 })) }),
});

export const s3Destination = structure({
  DataFreshnessInSeconds: integer(),
  DeadLetterQueueS3Configuration: deadLetterBucket,
  StorageConfiguration: required(s3Storage),
});

export const s3TablesDestination = structure({
  DataFreshnessInSeconds: integer(),
  DeadLetterQueueS3Configuration: required(deadLetterBucket),
  S3TablesConfigurationList: required(list(tableStorage, { min: 1, max: 1 })),
});

/** What of a destination can be changed. */
export const freshness = structure({ DataFreshnessInSeconds: required(integer()) });

export const channelEncryption = structure({
  EncryptionType: required(string({ values: ["KMS"] })),
  KeyId: required(string({ min: 1, max: 2048 })),
});

export const channelLogging = structure({
  CloudWatchLogs: required(
    structure({
      Enabled: required(boolean()),
      LogGroupName: string({ min: 1, max: 512, pattern: pattern("[\\.\\-_/#A-Za-z0-9]+") }),
      LogStreamName: string({ min: 1, max: 512, pattern: pattern("[^:*]*") }),
    }),
  ),
});

/** What descriptions and listings both tell. */
const channelIdentity = {
  ChannelName: required(string()),
  ChannelARN: required(string()),
  ChannelId: required(string()),
  ChannelStatus: required(string()),
  ChannelStatusReason: string(),
  ChannelCreationTimestamp: required(timestamp()),
};

export const channelDescription = structure({
  ...channelIdentity,
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
  ...channelIdentity,
  ChannelDestinationType: required(string()),
  Streams: required(list(structure({ StreamARN: required(string()), StreamCreationTimestamp: required(timestamp()) }))),
});
