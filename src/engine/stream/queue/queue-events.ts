import type { QueueKept } from "../kept/kept-events.ts";
import type { Tags } from "../settings.ts";

/** Who a queue is. `id` tells it from all others, also from earlier ones of its name. */
export interface QueueIdentity {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
}

/** From where on a queue hands out the records of its stream. */
export type QueueStart =
  | { readonly type: "TRIM_HORIZON" | "LATEST" }
  /** The instant in epoch milliseconds. */
  | { readonly type: "AT_TIMESTAMP"; readonly instant: number };

/** How a queue is configured. */
export interface QueueSettings {
  readonly visibilityTimeoutMs: number;
  /** A record that was received so often without being acknowledged is a dead letter; not there if none ever is. */
  readonly maxReceiveCount?: number;
}

/** What a queue starts out with. */
export interface QueueDefinition {
  readonly start: QueueStart;
  readonly settings: QueueSettings;
  readonly tags: Tags;
}

/** A record, by the index of its shard and its own. */
export interface RecordPlace {
  readonly shard: number;
  readonly index: number;
}

/** A queue came into being; it is CREATING until `activeAt`. */
export interface QueueCreated extends QueueDefinition {
  readonly type: "queueCreated";
  readonly at: number;
  readonly activeAt: number;
  readonly queue: string;
  readonly identity: QueueIdentity;
}

/** What happens to a queue and not to its records. */
type QueueChanged =
  | { readonly type: "queueUpdated"; readonly activeAt: number; readonly settings: QueueSettings }
  | { readonly type: "queueDeleted"; readonly goneAt: number }
  | { readonly type: "queueTagged"; readonly tags: Tags }
  | { readonly type: "queuePolicyChanged"; readonly policy?: string };

/** What happens to a record in a queue. What time does to one, such as to be visible again or dead, is no event. */
type QueuedRecordChanged = RecordPlace &
  (
    | { readonly type: "queueRecordReceived" | "queueRecordHidden"; readonly visibleAt: number }
    /** As if it had not been received: the answer never reached its receiver. */
    | { readonly type: "queueRecordReturned" }
    | { readonly type: "queueRecordAcknowledged" }
    /** Is no dead letter any more. */
    | { readonly type: "queueRecordRestored" }
  );

/** What can happen to a queue of a stream, `queue` being the queue's id. */
export type QueueEvent =
  | QueueCreated
  | QueueKept
  | ((QueueChanged | QueuedRecordChanged) & { readonly at: number; readonly queue: string });
