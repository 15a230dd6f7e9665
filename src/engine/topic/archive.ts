import { Deque } from "../../kernel/collection/deque.ts";
import { present } from "../../kernel/present.ts";
import type { Notification } from "./notification.ts";

/** Which part of an archive a subscription wants delivered again. Epoch milliseconds. */
export interface ArchiveRange {
  readonly startingPoint: number;
  /** Unless given, live messages follow once the archive is through. */
  readonly endingPoint?: number | undefined;
}

/** What a FIFO topic keeps of what it published, oldest first, for as long as its ArchivePolicy says. */
export class Archive {
  readonly #notifications = new Deque<Notification>();
  openedAt: number;
  retentionMs: number;

  constructor(openedAt: number, retentionMs: number) {
    this.openedAt = openedAt;
    this.retentionMs = retentionMs;
  }

  add(notification: Notification): void {
    this.#notifications.push(notification);
  }

  /** The oldest instant a redelivery can start at. */
  beginning(now: number): number {
    return Math.max(this.openedAt, now - this.retentionMs);
  }

  /** All of it, oldest first, in a list of its own. */
  list(): readonly Notification[] {
    return this.#notifications.list();
  }

  /** What was published from one instant to another, both included. Costs O(n). */
  *between(from: number, to: number): IterableIterator<Notification> {
    for (let index = 0; index < this.#notifications.size; index++) {
      const notification = present(this.#notifications.at(index), "an archived notification");
      if (notification.publishedAt > to) return;
      if (notification.publishedAt >= from) yield notification;
    }
  }

  /** When the oldest is forgotten; Infinity while there is none. */
  get nextEnd(): number {
    return (this.#notifications.at(0)?.publishedAt ?? Number.POSITIVE_INFINITY) + this.retentionMs + 1;
  }

  /** Lets go of so many of those whose time is over, and says of how many. */
  passTime(now: number, most: number): number {
    const keepFrom = now - this.retentionMs;
    let gone = 0;
    for (; gone < most; gone++) {
      if ((this.#notifications.at(0)?.publishedAt ?? Number.POSITIVE_INFINITY) >= keepFrom) break;
      this.#notifications.shift();
    }
    return gone;
  }
}
