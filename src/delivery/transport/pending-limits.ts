import type { Notification } from "../../engine/topic/notification.ts";
import { present } from "../../kernel/present.ts";
import type { PendingDelivery } from "./pending-delivery.ts";

/** What all receiver queues together may hold. */
export interface TotalLimits {
  readonly pending: number;
  /** Characters of messages. */
  readonly characters: number;
  /** Deliveries that a receiver queue may hold whatever the others do. */
  readonly assured: number;
}

/** Everything on its way. A message is in memory once, and counted once, however many receiver queues hold it. */
export class PendingLimits {
  readonly #limits: TotalLimits;
  readonly #holders = new Map<Notification, number>();
  #pending = 0;
  #characters = 0;

  constructor(limits: TotalLimits) {
    this.#limits = limits;
  }

  /** Whether a receiver queue that holds so many deliveries may have one more. */
  hasRoomFor(held: number): boolean {
    const { pending, characters, assured } = this.#limits;
    return held < assured || (this.#pending < pending && this.#characters < characters);
  }

  add({ delivery, characters }: PendingDelivery): void {
    this.#pending++;
    if (delivery.type !== "Notification") return;
    const holders = this.#holders.get(delivery.notification) ?? 0;
    if (holders === 0) this.#characters += characters;
    this.#holders.set(delivery.notification, holders + 1);
  }

  delete({ delivery, characters }: PendingDelivery): void {
    this.#pending--;
    if (delivery.type !== "Notification") return;
    const holders = present(this.#holders.get(delivery.notification), "the holders of a notification") - 1;
    if (holders > 0) this.#holders.set(delivery.notification, holders);
    else {
      this.#holders.delete(delivery.notification);
      this.#characters -= characters;
    }
  }
}
