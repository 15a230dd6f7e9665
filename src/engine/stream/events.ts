import { base64Of, type MaybeBase64 } from "../../kernel/base64.ts";
import type { ConsumerIdentity } from "./consumer/consumer.ts";
import type { ShardKept, StreamKept } from "./kept/kept-events.ts";
import type { QueueEvent } from "./queue/queue-events.ts";
import type { StreamSettings, Tags } from "./settings.ts";

/**
 * What can happen to a stream. These facts, in order, are all that changes one beside the passing of time, so replaying
 * them rebuilds it. They are plain data. `at` and every other instant is in epoch milliseconds; `doneAt` is when a change
 * takes effect and the stream is ACTIVE again. Shards go by their index.
 */
export type StreamEvent =
  | RecordPut
  | Resharded
  | Configured
  | { readonly type: "tagged"; readonly at: number; readonly tags: Tags }
  | { readonly type: "policyChanged"; readonly at: number; readonly policy?: string | undefined }
  | ConsumerEvent
  | QueueEvent
  | { readonly type: "deleted"; readonly at: number; readonly goneAt: number }
  | ShardKept
  | StreamKept<Transition>;

/** What can happen to the consumers of a stream. */
export type ConsumerEvent =
  | ConsumerRegistered
  | { readonly type: "consumerDeregistered"; readonly at: number; readonly goneAt: number; readonly name: string }
  | { readonly type: "consumerTagged"; readonly at: number; readonly name: string; readonly tags: Tags }
  | {
      readonly type: "consumerPolicyChanged";
      readonly at: number;
      readonly name: string;
      readonly policy?: string | undefined;
    };

/** A record joined a shard. */
interface RecordPut {
  readonly type: "put";
  readonly at: number;
  readonly shard: number;
  /** Sequence index within the shard. */
  readonly index: number;
  readonly partitionKey?: string | undefined;
  /** In base64. */
  readonly data: string;
  /** Which one it was of those that the stream distributed by itself. */
  readonly turn?: number | undefined;
  /** Unless given, as the settings of the stream say. */
  readonly isEncrypted?: boolean | undefined;
}

/** The same as it happens, before anybody hears of it: nobody pays for text that nobody reads. */
export interface RecordArrived {
  readonly type: "arrived";
  readonly at: number;
  readonly shard: number;
  readonly index: number;
  readonly partitionKey: string | undefined;
  /** The producer's memory: there only until the put returns. */
  readonly data: MaybeBase64;
  readonly turn: number | undefined;
  readonly isEncrypted?: boolean | undefined;
}

/** Whatever changes a state: what happens now, and what is replayed. */
export type LiveStreamEvent = StreamEvent | RecordArrived;

/** The event as the log tells it. */
export function plainEvent(event: LiveStreamEvent): StreamEvent {
  if (event.type !== "arrived") return event;
  return { ...event, type: "put", data: base64Of(event.data) };
}

/** What the log tells of a record, as it happened. */
export function arrivalOf({ type: _, data, partitionKey, turn, ...rest }: RecordPut): RecordArrived {
  return { type: "arrived", ...rest, partitionKey, data: Buffer.from(data, "base64"), turn };
}

/** A change of the shards began. */
export type Resharded =
  | {
      readonly type: "split";
      readonly at: number;
      readonly doneAt: number;
      readonly shard: number;
      /** In decimal digits. */
      readonly newStartingHashKey: string;
    }
  | {
      readonly type: "merged";
      readonly at: number;
      readonly doneAt: number;
      readonly shard: number;
      readonly adjacentShard: number;
    }
  | { readonly type: "rescaled"; readonly at: number; readonly doneAt: number; readonly target: number };

/** A status of a stream that time ends. */
export interface Transition {
  readonly status: "CREATING" | "UPDATING" | "DELETING";
  readonly endsAt: number;
  readonly reshard?: Resharded | undefined;
}

/** Settings were changed. They are in force at once, though the stream may be UPDATING until `doneAt`. */
export interface Configured {
  readonly type: "configured";
  readonly at: number;
  readonly doneAt: number;
  readonly settings: StreamSettings;
}

/** A consumer was registered. */
export interface ConsumerRegistered extends ConsumerIdentity {
  readonly type: "consumerRegistered";
  readonly at: number;
  readonly tags: Tags;
}
