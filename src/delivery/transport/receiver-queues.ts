import type { Delivery } from "../../engine/topic/delivery.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type AttemptResult, type DeliveryEvents, refused } from "./attempt.ts";
import { AttemptStarts } from "./attempt-starts.ts";
import { ConcurrencyLimit, type ConcurrencyLimits } from "./concurrency-limit.ts";
import type { Pace } from "./pace.ts";
import { type DeferredText, PendingDelivery } from "./pending-delivery.ts";
import { PendingLimits, type TotalLimits } from "./pending-limits.ts";
import { ReceiverQueue, type ReceiverQueueLimits } from "./receiver-queue.ts";

/** A way to endpoints that take their time and may fail. */
export interface Transport {
  /** Attempts at a time in one receiver queue. */
  readonly concurrency: number;
  /** Deliveries of one key share a receiver queue. */
  queueKey(delivery: Delivery): string;
  paceOf(delivery: Delivery): Pace;
  /** What the endpoint gets; asked for in the turn of the publish. */
  textOf(delivery: Delivery): DeferredText;
  /** Makes one attempt. Never rejects; an aborted attempt resolves soon, and its result does not count. */
  attempt(pending: PendingDelivery, signal: AbortSignal): Promise<AttemptResult>;
}

/** How much may be on its way. */
export interface DeliveryLimits {
  /** To one endpoint. */
  readonly queue: Omit<ReceiverQueueLimits, "concurrency">;
  /** To all of them. */
  readonly total: TotalLimits;
  readonly attempts: ConcurrencyLimits;
}

interface ReceiverQueuesDeps {
  readonly clockOf: (account: string) => Clock;
  /** What becomes of the deliveries. */
  readonly events: DeliveryEvents;
  /** Whether neither the subscription nor its topic was deleted. */
  readonly isAlive: (delivery: Delivery) => boolean;
  readonly limits: DeliveryLimits;
  /** Runs a task in a later turn of the event loop. */
  readonly soon: (task: () => void) => void;
}

interface OpenQueue {
  readonly account: string;
  readonly queue: ReceiverQueue;
}

/** The receiver queues with something in them, on the clocks of the topics' accounts. */
export class ReceiverQueues {
  readonly #deps: ReceiverQueuesDeps;
  readonly #open = new Map<string, OpenQueue>();
  readonly #pendingLimits: PendingLimits;
  readonly #concurrencyLimit: ConcurrencyLimit;
  readonly #starts: AttemptStarts;

  constructor(deps: ReceiverQueuesDeps) {
    this.#deps = deps;
    this.#pendingLimits = new PendingLimits(deps.limits.total);
    this.#concurrencyLimit = new ConcurrencyLimit(deps.limits.attempts);
    this.#starts = new AttemptStarts(deps.soon);
  }

  /** Takes a delivery on its way. One that there is no room for has failed for good, without an attempt. */
  add(delivery: Delivery, transport: Transport): void {
    const key = transport.queueKey(delivery);
    const { queue } = this.#open.get(key) ?? this.#openQueue(key, delivery, transport);
    const isTaken = queue.add(new PendingDelivery(delivery, transport.textOf(delivery)));
    if (!isTaken) this.#deps.events.failed(delivery, 0, refused("Too much is pending for this endpoint"));
  }

  /** Drops what is on its way from the topics of an account, or everything. */
  reset(account?: string): void {
    for (const [key, open] of this.#open) {
      if (account !== undefined && open.account !== account) continue;
      open.queue.clear();
      this.#open.delete(key);
    }
  }

  #openQueue(key: string, delivery: Delivery, transport: Transport): OpenQueue {
    const { clockOf, limits, events } = this.#deps;
    const { account } = delivery.topic.scope;
    const queue = new ReceiverQueue({
      clock: clockOf(account),
      attempt: (pending, signal) => this.#attempt(pending, signal, transport),
      limits: { ...limits.queue, concurrency: transport.concurrency },
      pendingLimits: this.#pendingLimits,
      concurrencyLimit: this.#concurrencyLimit,
      pace: transport.paceOf(delivery),
      events,
      emptied: () => this.#open.delete(key),
    });
    const open = { account, queue };
    this.#open.set(key, open);
    return open;
  }

  /** What waits for a subscription when that is deleted is not sent any more, but for the word that it was. */
  async #attempt(pending: PendingDelivery, signal: AbortSignal, transport: Transport): Promise<AttemptResult> {
    await this.#starts.turn();
    const { delivery } = pending;
    const isWanted = delivery.type === "UnsubscribeConfirmation" || this.#deps.isAlive(delivery);
    return isWanted && !signal.aborted ? transport.attempt(pending, signal) : refused("The subscription was deleted");
  }
}
