import { Alarm } from "../../kernel/alarm.ts";
import type { Clock } from "../../kernel/clock.ts";
import { Deque } from "../../kernel/deque.ts";
import { IndexedHeap } from "../../kernel/indexed-heap.ts";
import { present } from "../../kernel/present.ts";
import type { AttemptResult, DeliveryEvents, Failure, Success } from "./attempt.ts";
import type { ConcurrencyLimit } from "./concurrency-limit.ts";
import type { Pace } from "./pace.ts";
import type { PendingDelivery } from "./pending-delivery.ts";
import type { PendingLimits } from "./pending-limits.ts";

/** How much may be on its way to one endpoint. */
export interface ReceiverQueueLimits {
  /** Attempts at a time. */
  readonly concurrency: number;
  /** Deliveries that wait for an attempt, are being attempted or wait for a retry. */
  readonly pending: number;
  /** Characters of their messages. */
  readonly characters: number;
}

interface ReceiverQueueDeps {
  readonly clock: Clock;
  /** Never rejects; an aborted attempt resolves soon, and its result does not count. */
  readonly attempt: (pending: PendingDelivery, signal: AbortSignal) => Promise<AttemptResult>;
  readonly limits: ReceiverQueueLimits;
  /** What it has in common with all other receiver queues. */
  readonly pendingLimits: PendingLimits;
  readonly concurrencyLimit: ConcurrencyLimit;
  readonly pace: Pace;
  readonly events: DeliveryEvents;
  /** Told when nothing is pending any more. */
  readonly emptied: () => void;
}

/**
 * Everything on its way to one endpoint:
 *
 *     add ──▶ ready ──▶ running ──▶ delivered, or failed for good
 *               ▲          │
 *               └ retrying ◀
 *
 * Ready deliveries start in order, as many at a time as the limits and the pace allow; waiting costs no retries. A
 * single alarm stands at the next instant that changes something. Receiver queues know nothing of each other, so that a
 * slow endpoint delays nobody else; only when there are thousands of them do they wait for the concurrency limit.
 */
export class ReceiverQueue {
  readonly #deps: ReceiverQueueDeps;
  readonly #ready = new Deque<PendingDelivery>();
  readonly #retrying = new IndexedHeap<PendingDelivery>();
  readonly #running = new Map<PendingDelivery, AbortController>();
  readonly #alarm: Alarm;
  readonly #wake = () => this.#proceed();
  #characters = 0;

  constructor(deps: ReceiverQueueDeps) {
    this.#deps = deps;
    this.#alarm = new Alarm(deps.clock, this.#wake);
  }

  get pending(): number {
    return this.#ready.size + this.#retrying.size + this.#running.size;
  }

  /** Takes a delivery on its way, or says that there is no room for it. */
  add(pending: PendingDelivery): boolean {
    const { limits, pendingLimits } = this.#deps;
    if (this.pending >= limits.pending || this.#characters + pending.characters > limits.characters) return false;
    if (!pendingLimits.hasRoomFor(this.pending)) return false;
    pendingLimits.add(pending);
    this.#characters += pending.characters;
    this.#ready.push(pending);
    this.#proceed();
    return true;
  }

  /** Drops everything, attempts under way too, and tells nobody. */
  clear(): void {
    const { concurrencyLimit } = this.#deps;
    this.#alarm.set(Number.POSITIVE_INFINITY);
    concurrencyLimit.forget(this.#wake);
    for (let next = this.#ready.shift(); next !== undefined; next = this.#ready.shift()) this.#drop(next);
    for (let next = this.#retrying.pop(); next !== undefined; next = this.#retrying.pop()) this.#drop(next);
    for (const [pending, controller] of this.#running) {
      this.#running.delete(pending);
      this.#drop(pending);
      controller.abort();
      concurrencyLimit.leave();
    }
  }

  /** Starts what may start, then has the clock call when time alone lets more start. */
  #proceed(): void {
    const now = this.#deps.clock.now();
    while (this.#retrying.firstRank() <= now) this.#ready.push(present(this.#retrying.pop(), "a delivery that is due"));
    const isHeldUp = !this.#startReady(now);
    this.#alarm.set(Math.min(this.#retrying.firstRank(), isHeldUp ? Number.POSITIVE_INFINITY : this.#startsAt(now)));
  }

  /** Starts what may start. False when the concurrency limit is in the way, which calls when it opens. */
  #startReady(now: number): boolean {
    while (this.#startsAt(now) <= now) {
      if (!this.#deps.concurrencyLimit.enter(this.#running.size, this.#wake)) return false;
      this.#start(present(this.#ready.shift(), "a delivery that is due"), now);
    }
    return true;
  }

  /** When the first delivery that is ready may start; Infinity when that is not a matter of time. */
  #startsAt(now: number): number {
    const { limits, pace } = this.#deps;
    if (this.#ready.size === 0 || this.#running.size >= limits.concurrency) return Number.POSITIVE_INFINITY;
    return pace.freeAt(now);
  }

  #start(pending: PendingDelivery, now: number): void {
    this.#deps.pace.take(now);
    const controller = new AbortController();
    this.#running.set(pending, controller);
    pending.attempts++;
    void this.#deps.attempt(pending, controller.signal).then((result) => {
      if (!controller.signal.aborted) this.#end(pending, result);
    });
  }

  #end(pending: PendingDelivery, result: AttemptResult): void {
    this.#running.delete(pending);
    if (result.isDelivered) this.#deliver(pending, result);
    else this.#retry(pending, result);
    this.#deps.concurrencyLimit.leave();
    this.#proceed();
    if (this.pending === 0) this.#deps.emptied();
  }

  #deliver(pending: PendingDelivery, success: Success): void {
    this.#drop(pending);
    this.#deps.events.delivered(pending.delivery, pending.attempts, success);
  }

  #retry(pending: PendingDelivery, failure: Failure): void {
    const { clock, events } = this.#deps;
    const { delivery, attempts } = pending;
    const delayMs = pending.nextDelay(failure);
    if (delayMs === undefined) {
      this.#drop(pending);
      return events.failed(delivery, attempts, failure);
    }
    const nextAttemptAt = clock.now() + delayMs;
    this.#retrying.set(pending, nextAttemptAt);
    events.retried(delivery, attempts, { ...failure, nextAttemptAt });
  }
  /** It takes no more room. */
  #drop(pending: PendingDelivery): void {
    this.#characters -= pending.characters;
    this.#deps.pendingLimits.delete(pending);
  }
}
