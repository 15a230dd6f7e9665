import type { NewMessage, Receipt, TransferredMessage } from "./message.ts";
import type { QueueDefinition, QueueSettings } from "./settings.ts";

/**
 * What can happen to a queue. These facts, in order, are all that changes one beside the passing of time, so replaying
 * them rebuilds it. `at` and every other instant is in epoch milliseconds.
 */
export type QueueEvent =
  | Sent
  | Arrived
  | Received
  | { readonly type: "unreceived"; readonly at: number; readonly receipts: readonly Receipt[] }
  | {
      readonly type: "attempted";
      readonly at: number;
      readonly attemptId: string;
      readonly receipts: readonly Receipt[];
    }
  | { readonly type: "visibilityChanged"; readonly at: number; readonly key: number; readonly visibleAt: number }
  | { readonly type: "retimed"; readonly at: number; readonly keys: readonly number[]; readonly visibleAt: number }
  | { readonly type: "deleted"; readonly at: number; readonly key: number }
  | Left
  | { readonly type: "purged"; readonly at: number }
  | Configured
  | { readonly type: "tagged"; readonly at: number; readonly tags: Readonly<Record<string, string>> };

/** What a queue's journal takes: the life of the queue itself, and in between what happened to it. */
export type QueueRecord =
  | { readonly type: "created"; readonly at: number; readonly id: string; readonly definition: QueueDefinition }
  | QueueEvent
  | { readonly type: "removed"; readonly at: number };

/** A sender's message was accepted. */
export interface Sent {
  readonly type: "sent";
  readonly at: number;
  /** The message's id follows from it. */
  readonly key: number;
  readonly visibleAt: number;
  readonly message: NewMessage;
}

/** Another queue gave up on a message and this one took it. */
export interface Arrived {
  readonly type: "arrived";
  readonly at: number;
  readonly key: number;
  readonly message: TransferredMessage;
}

/** The next message of a group, or the next without a group, went into flight. */
export interface Received {
  readonly type: "received";
  readonly at: number;
  readonly key: number;
  readonly groupId: string | undefined;
  readonly visibleAt: number;
}

/** The next message of a group, or the next without a group, went to another queue: dead-lettered or moved by a task. */
export interface Left {
  readonly type: "left";
  readonly at: number;
  readonly key: number;
  readonly groupId: string | undefined;
  readonly to: string;
}

/** Attributes were set; their settings come into force at `effectiveAt`. */
export interface Configured {
  readonly type: "configured";
  readonly at: number;
  readonly effectiveAt: number;
  readonly settings: QueueSettings;
  readonly attributes: Readonly<Record<string, string>>;
}
