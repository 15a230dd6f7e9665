import type {
  BucketStorage,
  ChannelDestination,
  DeadLetterBucket,
  TableStorage,
} from "../../../engine/stream/channel/channel.ts";
import { DEFAULT_KEY_TEMPLATE, parseKeyTemplate } from "../../../engine/stream/channel/key-template.ts";
import type { Infer } from "../../../model/shape.ts";
import { invalidArgument } from "../refusals.ts";
import { oneOf } from "../shapes.ts";
import type { s3Destination, s3TablesDestination } from "./channel-shapes.ts";

type S3Destination = Infer<typeof s3Destination>;
type S3TablesDestination = Infer<typeof s3TablesDestination>;

interface DestinationMembers {
  readonly S3DestinationConfiguration?: S3Destination | undefined;
  readonly S3TablesDestinationConfiguration?: S3TablesDestination | undefined;
}

/** AWS: API_CreateChannel; the range is the developer guide's. */
const FRESHNESS_SECONDS = { unlessGiven: 300, min: 300, max: 900 };

/**
 * Where a channel is to deliver, what is not said filled in. Throws InvalidArgumentException unless there is one place,
 * and only one. `errorPrefix` is where errors go unless told.
 */
export function destinationOf(members: DestinationMembers, errorPrefix: string): ChannelDestination {
  const { S3DestinationConfiguration: s3, S3TablesDestinationConfiguration: tables } = members;
  if (s3 !== undefined && tables === undefined) return toBucket(s3, errorPrefix);
  if (s3 === undefined && tables !== undefined) return toTables(tables, errorPrefix);
  // The text is ours.
  throw invalidArgument(
    "Exactly one of S3DestinationConfiguration and S3TablesDestinationConfiguration must be provided.",
  );
}

/** Throws InvalidArgumentException out of AWS's range. */
export function freshnessMs(seconds: number = FRESHNESS_SECONDS.unlessGiven): number {
  const { min, max } = FRESHNESS_SECONDS;
  // The text is ours.
  if (seconds < min || seconds > max) {
    throw invalidArgument(`DataFreshnessInSeconds must be between ${min} and ${max}, not ${seconds}.`);
  }
  return seconds * 1000;
}

function toBucket(destination: S3Destination, errorPrefix: string): ChannelDestination {
  const { StorageConfiguration, DeadLetterQueueS3Configuration, DataFreshnessInSeconds } = destination;
  return {
    type: "S3",
    storage: bucketStorage(StorageConfiguration),
    deadLetters: deadLetterBucket(DeadLetterQueueS3Configuration ?? StorageConfiguration, errorPrefix),
    freshnessMs: freshnessMs(DataFreshnessInSeconds),
  };
}

function toTables(destination: S3TablesDestination, errorPrefix: string): ChannelDestination {
  const { S3TablesConfigurationList, DeadLetterQueueS3Configuration, DataFreshnessInSeconds } = destination;
  return {
    type: "S3_TABLES",
    tables: S3TablesConfigurationList.map(tableStorage),
    deadLetters: deadLetterBucket(DeadLetterQueueS3Configuration, errorPrefix),
    freshnessMs: freshnessMs(DataFreshnessInSeconds),
  };
}

function bucketStorage(storage: S3Destination["StorageConfiguration"]): BucketStorage {
  const { OutputKeyTemplate: keyTemplate = DEFAULT_KEY_TEMPLATE, StorageClass = "STANDARD" } = storage;
  // The text is ours.
  if (parseKeyTemplate(keyTemplate) === undefined) throw invalidArgument(`Invalid OutputKeyTemplate: ${keyTemplate}`);
  return {
    bucketArn: storage.BucketARN,
    expectedOwner: storage.ExpectedBucketOwner,
    compression: oneOf(["GZIP", "NONE", "ZSTD"], storage.CompressionType),
    keyTemplate,
    storageClass: oneOf(["STANDARD", "INTELLIGENT_TIERING", "GLACIER_IR"], StorageClass),
  };
}

function deadLetterBucket(
  bucket: Pick<S3TablesDestination["DeadLetterQueueS3Configuration"], "BucketARN" | "ExpectedBucketOwner"> & {
    readonly ErrorOutputPrefix?: string | undefined;
  },
  errorPrefix: string,
): DeadLetterBucket {
  return {
    bucketArn: bucket.BucketARN,
    expectedOwner: bucket.ExpectedBucketOwner,
    errorPrefix: bucket.ErrorOutputPrefix ?? errorPrefix,
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
