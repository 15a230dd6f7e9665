import type { LiveContent, MessageDelivery, MessageOrigin, NewMessage } from "../message.ts";
import type { ProcessedLately } from "../receive/processing-time.ts";

/**
 * What a queue is found to hold when its state is written down and other events cannot say it without the whole history.
 * Replaying one puts it in as it stands; nothing falls due by that.
 */
export type QueueKept<Content = LiveContent> = MessageKept<Content> | DeduplicationKept | FairnessKept | CountersKept;

/** How a message stands in the order. */
export interface Standing {
  /** A standard queue: the place it has instead of its key. A FIFO queue: that of the group whose first message it is. */
  readonly place?: number | undefined;
  /** FIFO queues: whether it was handed out before, so that it stands in front of those that were not. */
  readonly isHandedOut?: boolean | undefined;
}

/** A message is in the queue. Messages come in the order of their keys. */
export interface MessageKept<Content = LiveContent> extends Standing {
  readonly type: "messageKept";
  /** When it was sent: retention counts from then. */
  readonly at: number;
  readonly key: number;
  readonly message: Omit<NewMessage, keyof LiveContent | "delayMs"> & Content;
  readonly state: "delayed" | "visible" | "inFlight";
  /** When it will be visible; of one that is visible there is none. */
  readonly visibleAt?: number | undefined;
  /** Whether receipts of this queue name it. */
  readonly isReceived?: boolean | undefined;
  /** What is noted about its receives, those of other queues included. */
  readonly delivery?: MessageDelivery | undefined;
  /** Where it was before; of most messages there is none. */
  readonly origin?: MessageOrigin | undefined;
}

/** A deduplication id is remembered for five minutes from `at` on: of a message group where one is named. */
export interface DeduplicationKept {
  readonly type: "deduplicationKept";
  readonly at: number;
  readonly deduplicationId: string;
  readonly groupId?: string | undefined;
  /** That of the message it came with. */
  readonly key: number;
}

/** What fair queues know of a message group, or without a group of the whole queue. */
export interface FairnessKept {
  readonly type: "fairnessKept";
  /** When a message of it was sent last. */
  readonly at: number;
  readonly groupId?: string | undefined;
  readonly isNoisy?: boolean | undefined;
  readonly processed?: ProcessedLately | undefined;
}

/** What counts on in a queue, whatever becomes of its messages. */
export interface CountersKept {
  readonly type: "countersKept";
  readonly at: number;
  readonly nextKey: number;
  /** The place in line that the next group gets; FIFO queues only. */
  readonly endOfLine?: number | undefined;
  /** When it was purged last; of one that never was there is none. */
  readonly purgedAt?: number | undefined;
}

/** A message move task as it stands. Those of one source come oldest first. */
export interface MoveTaskKept {
  readonly type: "moveTaskKept";
  /** When it started. */
  readonly at: number;
  readonly taskId: string;
  readonly destinationArn?: string | undefined;
  readonly perSecond?: number | undefined;
  readonly toMove: number;
  readonly moved: number;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";
  readonly failureReason?: string | undefined;
}

/** The name of a deleted queue cannot be used before `freeAt`. The entry's resource is that queue. */
export interface NameKept {
  readonly type: "nameKept";
  readonly at: number;
  readonly freeAt: number;
}
