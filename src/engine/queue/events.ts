import type { Entry } from "../../kernel/event/event-log.ts";
import type { MoveTaskKept, NameKept, QueueKept } from "./kept/kept-events.ts";
import type { LiveContent, NewMessage, Receipt, TransferredMessage } from "./message.ts";
import type { QueueDefinition, QueueSettings } from "./settings.ts";

/**
 * What can happen to a queue. These facts, in order, are all that changes one beside the passing of time, so replaying
 * them rebuilds it. `at` and every other instant is in epoch milliseconds. `Content` is how a message's content is held:
 * live inside the queue, plain for whoever listens.
 */
export type QueueEvent<Content = LiveContent> =
  | (Sent<Content> & ToReader<Content>)
  | Arrived<Content>
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
  | Displaced
  | Duplicated
  | Left
  | { readonly type: "purged"; readonly at: number }
  | Configured
  | { readonly type: "tagged"; readonly at: number; readonly tags: Readonly<Record<string, string>> }
  | QueueKept<Content>;

/** What can happen in an account and region beside what happens to one of its queues. */
export type QueuesEvent =
  | Created
  | Removed
  | NameKept
  | { readonly type: "reset"; readonly at: number }
  | MoveTaskEvent;

const QUEUES_EVENTS: Readonly<Record<QueuesEvent["type"], true>> = {
  created: true,
  removed: true,
  nameKept: true,
  reset: true,
  moveTaskStarted: true,
  moveTaskMoved: true,
  moveTaskCancelled: true,
  moveTaskEnded: true,
  moveTaskKept: true,
};

export function isQueuesEvent(event: QueueEntry["event"]): event is QueuesEvent {
  return Object.hasOwn(QUEUES_EVENTS, event.type);
}

/** What of queues stands in an account's log. Its resource is a queue, or of a reset the whole of account and region. */
export type QueueEntry = Entry<QueuesEvent | QueueEvent<PlainContent>>;

/** The content of a message as plain data. */
export interface PlainContent {
  readonly body: string;
  readonly attributes?: Readonly<Record<string, PlainAttribute>> | undefined;
}

/** A message attribute as plain data: text, or bytes in base64. */
export type PlainAttribute =
  | { readonly dataType: string; readonly value: string }
  | { readonly dataType: string; readonly base64: string };

/** A queue was created, and is named by the entry's resource. `id` is the queue's. */
export interface Created {
  readonly type: "created";
  readonly at: number;
  readonly id: string;
  readonly definition: QueueDefinition;
}

/** A queue was deleted, with everything in it and its move tasks. Its name can be used again at `freeAt`. */
export interface Removed {
  readonly type: "removed";
  readonly at: number;
  readonly freeAt: number;
}

/** A sender's message was accepted. */
export interface Sent<Content = LiveContent> {
  readonly type: "sent";
  readonly at: number;
  /** The message's id follows from it. */
  readonly key: number;
  readonly visibleAt: number;
  readonly message: Omit<NewMessage, keyof LiveContent> & Content;
}

/** For whom a shared body is made. In plain data there is none. */
type ToReader<Content> = Content extends PlainContent ? unknown : { readonly reader?: string | undefined };

/** Another queue gave up on a message and this one took it. */
export interface Arrived<Content = LiveContent> {
  readonly type: "arrived";
  readonly at: number;
  readonly key: number;
  readonly message: Omit<TransferredMessage, keyof LiveContent> & Content;
}

/** The next message of a group, or the next without a group, went into flight. */
export interface Received {
  readonly type: "received";
  readonly at: number;
  readonly key: number;
  readonly groupId: string | undefined;
  /** Undefined while the receive lasts, if it ends at once: `retimed` follows. */
  readonly visibleAt: number | undefined;
}

/** The next message of a group, or the next without a group, went behind others of a standard queue. */
export interface Displaced {
  readonly type: "displaced";
  readonly at: number;
  readonly key: number;
  readonly groupId: string | undefined;
  /** Where it stands from now on, until it is received. */
  readonly place: number;
}

/** Messages of a standard queue can be received once more, although they are in flight, or their receiver deleted them. */
interface Duplicated {
  readonly type: "duplicated";
  readonly at: number;
  readonly keys: readonly number[];
  readonly after: "receive" | "delete";
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

/** What can happen to a message move task. The entry's resource is the queue it moves messages from. */
export type MoveTaskEvent =
  | MoveTaskStarted
  | { readonly type: "moveTaskMoved"; readonly at: number; readonly taskId: string }
  | { readonly type: "moveTaskCancelled"; readonly at: number; readonly taskId: string }
  | MoveTaskEnded
  | MoveTaskKept;

export interface MoveTaskStarted {
  readonly type: "moveTaskStarted";
  readonly at: number;
  readonly taskId: string;
  readonly destinationArn: string | undefined;
  readonly perSecond: number | undefined;
  readonly toMove: number;
}

export interface MoveTaskEnded {
  readonly type: "moveTaskEnded";
  readonly at: number;
  readonly taskId: string;
  readonly status: "COMPLETED" | "CANCELLED" | "FAILED";
  readonly failureReason: string | undefined;
}
