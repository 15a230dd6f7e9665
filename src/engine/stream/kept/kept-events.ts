/*
 * What a stream is found to hold when its state is written down and other events cannot say it without the whole history.
 */

/** A shard, which may be closed. They come in the order of their indexes, and a `streamKept` after the records. */
export interface ShardKept {
  readonly type: "shardKept";
  readonly at: number;
  readonly shard: number;
  /** Its range of hash keys, in decimal digits. */
  readonly start: string;
  readonly end: string;
  readonly createdSecond: number;
  /** Indexes of the shards it came from. */
  readonly parents: readonly number[];
  /** If it is closed: in which second, and the indexes of the shards it was split or merged into. */
  readonly closed?: { readonly second: number; readonly children: readonly number[] } | undefined;
}

/** What else there is of a stream; what is not there is as in one that was created with its present settings. */
export interface StreamKept<Transition> {
  readonly type: "streamKept";
  readonly at: number;
  /** The index that the next record of each run of neighbouring shards gets. */
  readonly nextIndexes?: readonly number[] | undefined;
  /** Older records are gone for good. */
  readonly horizon?: number | undefined;
  /** Whose turn it is when the stream distributes a record by itself. */
  readonly nextTurn?: number | undefined;
  /** The throughput the stream is ready to take. */
  readonly currentMiBps?: number | undefined;
  /** Deleted before its shards could be seen. */
  readonly isWithoutShards?: boolean | undefined;
  /** A status that time ends. */
  readonly transition?: Transition | undefined;
  /** When changes were made that a day has room for only so many of. */
  readonly changes?: LimitedChanges | undefined;
  /** Epoch seconds of deregistered consumers, by name, whose successors may not have the same. */
  readonly consumerSeconds?: Readonly<Record<string, number>> | undefined;
}

/** Instants within the last day. */
export interface LimitedChanges {
  readonly rescales: readonly number[];
  readonly modeSwitches: readonly number[];
  readonly encryptionStarts: readonly number[];
  readonly encryptionStops: readonly number[];
}

/** What happened to a queue of a stream, `queue` being the queue's id. */
export type QueueKept = { readonly at: number; readonly queue: string } & (
  | { readonly type: "queueStartKept"; readonly startsAt: number }
  /** How far it has come in a shard. */
  | { readonly type: "queuePositionKept"; readonly shard: number; readonly position: number }
  | QueueRecordKept
);

/** A record that was handed out and not acknowledged; first at `at`. Those of one shard come in their order. */
export interface QueueRecordKept {
  readonly type: "queueRecordKept";
  readonly at: number;
  readonly shard: number;
  readonly index: number;
  readonly attempt: number;
  readonly receiveCount: number;
  readonly isDead?: boolean | undefined;
  readonly isInFlight?: boolean | undefined;
  /** When it will be visible, or became so. */
  readonly visibleAt: number;
}
