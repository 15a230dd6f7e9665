import type { Delivery } from "../../engine/topic/delivery.ts";
import type { HeapItem } from "../../kernel/indexed-heap.ts";
import type { Failure } from "./attempt.ts";
import { type RetrySchedule, retryDelays } from "./retry.ts";

/** A text that is made when it is first asked for. */
export interface DeferredText {
  readonly text: string;
}

/** A delivery that its endpoint has not taken yet. */
export class PendingDelivery implements HeapItem {
  heapSlot = -1;
  attempts = 0;
  readonly delivery: Delivery;
  /** What the endpoint gets; the same with every attempt. */
  readonly text: DeferredText;
  /** Made by the first failure: most deliveries see none. */
  #delays: Map<RetrySchedule["kind"], Generator<number, void>> | undefined;

  constructor(delivery: Delivery, text: DeferredText) {
    this.delivery = delivery;
    this.text = text;
  }

  /** Characters of its message. */
  get characters(): number {
    return this.delivery.type === "Notification" ? this.delivery.notification.characters : 0;
  }

  /** How long to wait after that failure; undefined when that was the last attempt. */
  nextDelay({ retries }: Failure): number | undefined {
    if (retries === undefined) return undefined;
    this.#delays ??= new Map();
    let delays = this.#delays.get(retries.kind);
    if (delays === undefined) {
      delays = retryDelays(retries);
      this.#delays.set(retries.kind, delays);
    }
    const next = delays.next();
    return next.done ? undefined : next.value;
  }
}
