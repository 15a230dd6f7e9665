import type { BucketStorage, ChannelDestination, DeadLetterBucket, TableStorage } from "../../engine/stream/channel.ts";
import type { Infer } from "../../model/shape.ts";
import type { s3Destination, s3TablesDestination } from "./channel-shapes.ts";
import { oneOf } from "./one-of.ts";
import { invalidArgument } from "./refusals.ts";

type S3Destination = Infer<typeof s3Destination>;
type S3TablesDestination = Infer<typeof s3TablesDestination>;

interface DestinationMembers {
  readonly S3DestinationConfiguration?: S3Destination | undefined;
  readonly S3TablesDestinationConfiguration?: S3TablesDestination | undefined;
}

/** AWS: API_CreateChannel. */
const DEFAULT_FRESHNESS_SECONDS = 300;

/** Where a channel is to deliver. Throws InvalidArgumentException unless there is one place, and only one. */
export function destinationOf(members: DestinationMembers): ChannelDestination {
  const { S3DestinationConfiguration: s3, S3TablesDestinationConfiguration: tables } = members;
  if (s3 !== undefined && tables === undefined) return toBucket(s3);
  if (s3 === undefined && tables !== undefined) return toTables(tables);
  // The text is ours.
  throw invalidArgument(
    "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be provided.",
  );
}

function toBucket({
  StorageConfiguration,
  DeadLetterQueueS3Configuration,
  ...rest
}: S3Destination): ChannelDestination {
  const { BucketARN: bucketArn, ExpectedBucketOwner: expectedOwner } = StorageConfiguration;
  return {
    type: "S3",
    storage: bucketStorage(StorageConfiguration),
    // GAP: what AWS takes for the default is not known, only that there is one.
    deadLetters: DeadLetterQueueS3Configuration
      ? deadLetterBucket(DeadLetterQueueS3Configuration)
      : { bucketArn, expectedOwner },
    freshnessMs: freshnessMs(rest),
  };
}

function toTables({ S3TablesConfigurationList, DeadLetterQueueS3Configuration, ...rest }: S3TablesDestination) {
  return {
    type: "S3_TABLES",
    tables: S3TablesConfigurationList.map(tableStorage),
    deadLetters: deadLetterBucket(DeadLetterQueueS3Configuration),
    freshnessMs: freshnessMs(rest),
  } as const;
}

function freshnessMs({ DataFreshnessInSeconds: seconds }: Pick<S3Destination, "DataFreshnessInSeconds">): number {
  return (seconds ?? DEFAULT_FRESHNESS_SECONDS) * 1000;
}

function bucketStorage(storage: S3Destination["StorageConfiguration"]): BucketStorage {
  const { StorageClass } = storage;
  return {
    bucketArn: storage.BucketARN,
    expectedOwner: storage.ExpectedBucketOwner,
    compression: oneOf(["GZIP", "NONE", "ZSTD"], storage.CompressionType),
    keyTemplate: storage.OutputKeyTemplate,
    storageClass:
      StorageClass === undefined ? undefined : oneOf(["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"], StorageClass),
  };
}

function deadLetterBucket(bucket: S3TablesDestination["DeadLetterQueueS3Configuration"]): DeadLetterBucket {
  return {
    bucketArn: bucket.BucketARN,
    expectedOwner: bucket.ExpectedBucketOwner,
    errorPrefix: bucket.ErrorOutputPrefix,
  };
}

function tableStorage(table: S3TablesDestination["S3TablesConfigurationList"][number]): TableStorage {
  return {
    tableBucketArn: table.TableBucketARN,
    namespace: table.Namespace,
    tableName: table.TableName,
    compression: oneOf(["NONE", "SNAPPY", "ZSTD"], table.CompressionType),
    partitionFields: table.PartitionSpec?.PartitionFields.map(({ Transform, SourceName }) => ({
      transform: oneOf(["TIME_HOUR"], Transform),
      sourceName: SourceName,
    })),
  };
}
