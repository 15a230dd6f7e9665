import { DEDUPLICATION_MS, Deduplication } from "../../kernel/collection/deduplication.ts";
import { joined, type Taken, takenAs } from "../../kernel/collection/taken.ts";
import { sha256 } from "../../kernel/digest.ts";
import type { DeduplicationKept } from "./kept/kept-events.ts";
import { type Message, type NewMessage, type TransferredMessage, textOf } from "./message.ts";
import type { QueueSettings } from "./settings.ts";

type Scope = QueueSettings["deduplicationScope"];

/**
 * The keys of the messages a FIFO queue accepted lately. A deduplication id keeps the scope it was accepted in, whatever
 * the scope is now, so there is a memory for each; one of them is empty unless the scope was changed.
 */
export class AcceptedMessages {
  readonly #inQueue = new Deduplication<number>();
  readonly #inGroups = new Deduplication<number>();

  /** The key of the message that this one is a duplicate of. */
  twinOf({ deduplicationId: id, groupId }: Pick<NewMessage, "deduplicationId" | "groupId">): number | undefined {
    if (id === undefined) return undefined;
    return this.#inQueue.find(id, undefined) ?? this.#inGroups.find(id, groupId);
  }

  /** When the message was accepted of which one with these ids is a duplicate. */
  twinSince({ deduplicationId: id, groupId }: Pick<NewMessage, "deduplicationId" | "groupId">): number | undefined {
    if (id === undefined) return undefined;
    return this.#inQueue.acceptedAt(id, undefined) ?? this.#inGroups.acceptedAt(id, groupId);
  }

  remember({ deduplicationId: id, groupId }: NewMessage, { key, at, scope }: Acceptance): void {
    if (id === undefined) return;
    if (scope === "queue") this.#inQueue.remember(id, undefined, { accepted: key, at });
    else this.#inGroups.remember(id, groupId, { accepted: key, at });
  }

  /** Until when the message's deduplication id is remembered as its own; undefined if it is not. */
  rememberedUntil(message: Pick<Message, "key" | "deduplicationId" | "groupId" | "sentAt">): number | undefined {
    const { deduplicationId: id, groupId, key, sentAt } = message;
    if (id === undefined) return undefined;
    const isOwn = this.#inQueue.find(id, undefined) === key || this.#inGroups.find(id, groupId) === key;
    return isOwn ? sentAt + DEDUPLICATION_MS : undefined;
  }

  /** What is remembered at present, in an order in which it can be kept again. */
  taken(): Taken<DeduplicationKept> {
    const all = joined([this.#inQueue.taken(), this.#inGroups.taken()]);
    return takenAs(function* () {
      for (const { id: deduplicationId, groupId, at, accepted: key } of all) {
        yield { type: "deduplicationKept", at, deduplicationId, ...(groupId !== undefined && { groupId }), key };
      }
    });
  }

  keep({ deduplicationId, groupId, key, at }: DeduplicationKept): void {
    const memory = groupId === undefined ? this.#inQueue : this.#inGroups;
    memory.remember(deduplicationId, groupId, { accepted: key, at });
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return Math.min(this.#inQueue.nextEnd, this.#inGroups.nextEnd);
  }

  /** Forgets so many of those whose time is over, and says how many. */
  passTime(now: number, most: number): number {
    const forgotten = this.#inQueue.passTime(now, most);
    return forgotten + this.#inGroups.passTime(now, most - forgotten);
  }
}

/** The message with the deduplication id that follows from its body, where it has none and the queue wants that. */
export function withDeduplicationId(
  message: NewMessage,
  reader: string | undefined,
  { contentBasedDeduplication }: QueueSettings,
): NewMessage {
  if (message.deduplicationId !== undefined || !contentBasedDeduplication) return message;
  return { ...message, deduplicationId: sha256(textOf(message.body, reader)) };
}

/**
 * The message as a queue takes it over from another. Its id keeps dead letters of one body apart. AWS: a FIFO dead-letter
 * queue deduplicates by the original message id.
 */
export function asArrived(message: TransferredMessage, { isFifo }: QueueSettings): TransferredMessage {
  return isFifo ? { ...message, deduplicationId: message.id } : message;
}

interface Acceptance {
  readonly key: number;
  readonly at: number;
  readonly scope: Scope;
}
