import type { TopicDeliveryPolicy } from "./delivery-policy.ts";

/** How a topic behaves. */
export interface TopicSettings {
  readonly isFifo: boolean;
  readonly contentBasedDeduplication: boolean;
  /** In what a deduplication id is unique: FifoThroughputScope. */
  readonly deduplicationScope: "topic" | "messageGroup";
  /** `1` signs with SHA-1, `2` with SHA-256. */
  readonly signatureVersion: "1" | "2";
  /** Message and attributes together. */
  readonly maxMessageBytes: number;
  /** From ArchivePolicy, in milliseconds; FIFO only. */
  readonly archiveRetentionMs: number | undefined;
  readonly deliveryPolicy: TopicDeliveryPolicy | undefined;
  /** Prefix of text messages and sender of e-mails. */
  readonly displayName: string;
}

/** What a topic starts out with. */
export interface TopicDefinition {
  readonly settings: TopicSettings;
  /** Attributes that were set, in the text they are shown in. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
  /** The policy document as it was given. */
  readonly dataProtectionPolicy: string | undefined;
}

/** How closely topics keep AWS's waiting times. */
export interface TopicRules {
  /** How long it takes until the counts of a topic's subscriptions show what happened. */
  readonly countPropagationMs: number;
}
