import { Deduplication } from "../../kernel/collection/deduplication.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { DeduplicationKept } from "./kept/kept-events.ts";
import type { NewNotification, Notification, PublishedNotification } from "./notification.ts";
import type { TopicSettings } from "./settings.ts";

/** What a FIFO topic accepted lately. A deduplication id keeps the scope it was accepted in, whatever the scope is now. */
export class AcceptedNotifications {
  readonly #deduplication = new Deduplication<PublishedNotification>();

  /** The message that this one is a duplicate of. */
  twinOf({ deduplicationId: id, groupId }: NewNotification): PublishedNotification | undefined {
    if (id === undefined) return undefined;
    return this.#deduplication.find(id, undefined) ?? this.#deduplication.find(id, groupId);
  }

  remember(notification: Notification, { deduplicationScope }: TopicSettings): void {
    const { id, sequenceNumber, publishedAt: at, groupId, deduplicationId } = notification;
    if (deduplicationId === undefined) return;
    const group = deduplicationScope === "messageGroup" ? groupId : undefined;
    this.#deduplication.remember(deduplicationId, group, { accepted: { id, sequenceNumber }, at });
  }

  /** What is remembered at present, in the order in which it is forgotten. */
  taken(): Taken<DeduplicationKept> {
    const all = this.#deduplication.taken();
    return takenAs(function* () {
      for (const { id: deduplicationId, groupId, accepted, at } of all) {
        const group = groupId === undefined ? undefined : { groupId };
        yield { type: "deduplicationKept", at, deduplicationId, ...group, ...accepted };
      }
    });
  }

  keep({ deduplicationId, groupId, id, sequenceNumber, at }: DeduplicationKept): void {
    this.#deduplication.remember(deduplicationId, groupId, { accepted: { id, sequenceNumber }, at });
  }

  /** When the next is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return this.#deduplication.nextEnd;
  }

  passTime(now: number, most: number): number {
    return this.#deduplication.passTime(now, most);
  }
}
