/** How a queue behaves. Times in milliseconds. */
export interface QueueSettings {
  readonly isFifo: boolean;
  readonly delayMs: number;
  readonly maxMessageBytes: number;
  readonly retentionMs: number;
  readonly receiveWaitMs: number;
  readonly visibilityTimeoutMs: number;
  readonly redrive: Redrive | undefined;
  readonly contentBasedDeduplication: boolean;
  readonly deduplicationScope: "queue" | "messageGroup";
}

/** When a queue gives up on a message, and where it goes then. */
export interface Redrive {
  readonly deadLetterTargetArn: string;
  readonly maxReceiveCount: number;
}

/** What a queue starts out with. */
export interface QueueDefinition {
  readonly settings: QueueSettings;
  /** Attributes as they were set, in the text they are shown in. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>>;
}

/** Rules that are the same for every queue and that a profile may relax. Times in milliseconds, 0 for none. */
export interface QueueRules {
  /** How long a second purge of the same queue is refused. */
  readonly purgeCooldownMs: number;
  /** How long the name of a deleted queue cannot be used again. */
  readonly recreateCooldownMs: number;
  /** How long changed attributes take to have an effect. */
  readonly attributePropagationMs: number;
  /** How many messages of one queue can be in flight at once. */
  readonly inFlightLimit: number;
}
