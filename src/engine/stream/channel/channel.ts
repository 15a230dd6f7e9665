import { Lifecycle, type LifecycleStatus } from "../lifecycle.ts";
import type { Tags } from "../settings.ts";

/** The stream a channel takes records from, and how it reads them. */
export interface ChannelSource {
  readonly streamArn: string;
  readonly streamCreatedAt: number;
  readonly recordFormat: "BYTE_ARRAY" | "GSR_JSON" | "JSON" | "STRING";
  readonly schemaArn?: string | undefined;
}

/** Where records go that cannot be delivered. */
export interface DeadLetterBucket {
  readonly bucketArn: string;
  readonly expectedOwner: string;
  readonly errorPrefix: string;
}

/** A bucket that takes records as objects. */
export interface BucketStorage {
  readonly bucketArn: string;
  readonly expectedOwner: string;
  readonly compression: "GZIP" | "NONE" | "ZSTD";
  readonly keyTemplate: string;
  readonly storageClass: "STANDARD" | "INTELLIGENT_TIERING" | "GLACIER_IR";
}

/** A table that takes records as rows. */
export interface TableStorage {
  readonly tableBucketArn: string;
  readonly namespace: string;
  readonly tableName: string;
  readonly compression: "NONE" | "SNAPPY" | "ZSTD";
  readonly partitionFields?: readonly { readonly transform: "TIME_HOUR"; readonly sourceName: string }[] | undefined;
}

/** Where a channel delivers. */
export type ChannelDestination =
  | {
      readonly type: "S3";
      readonly storage: BucketStorage;
      readonly deadLetters: DeadLetterBucket;
      readonly freshnessMs: number;
    }
  | {
      readonly type: "S3_TABLES";
      readonly tables: readonly TableStorage[];
      readonly deadLetters: DeadLetterBucket;
      readonly freshnessMs: number;
    };

/** Where a channel reports on its deliveries. */
export interface ChannelLogging {
  readonly isEnabled: boolean;
  readonly group: string;
  readonly stream: string;
}

/** What a channel starts out with. */
export interface ChannelDefinition {
  readonly name: string;
  readonly roleArn: string;
  readonly sources: readonly ChannelSource[];
  readonly destination: ChannelDestination;
  readonly encryptionKeyId?: string | undefined;
  readonly logging: ChannelLogging;
  readonly tags: Tags;
}

/** Who a channel is. */
export interface ChannelIdentity {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
}

/** A channel from a stream to a bucket or tables. Only its account changes it; others hear of it and deliver. */
export class Channel {
  readonly id: string;
  readonly arn: string;
  readonly createdAt: number;
  readonly definition: ChannelDefinition;
  destination: ChannelDestination;
  logging: ChannelLogging;
  readonly lifecycle: Lifecycle;

  constructor(identity: ChannelIdentity, definition: ChannelDefinition, activeAt: number) {
    this.id = identity.id;
    this.arn = identity.arn;
    this.createdAt = identity.createdAt;
    this.definition = definition;
    this.destination = definition.destination;
    this.logging = definition.logging;
    this.lifecycle = new Lifecycle(activeAt);
  }

  get name(): string {
    return this.definition.name;
  }

  get status(): LifecycleStatus {
    return this.lifecycle.status;
  }

  readsFrom(streamArn: string): boolean {
    return this.definition.sources.some((source) => source.streamArn === streamArn);
  }
}
