import { Alarm } from "../kernel/alarm.ts";
import type { Clock } from "../kernel/clock.ts";
import { Deque } from "../kernel/deque.ts";
import { IndexedHeap } from "../kernel/indexed-heap.ts";
import type { AttemptResult, DeliveryEvents, Failure, Success } from "./attempt.ts";
import type { Pace } from "./pace.ts";
import type { PendingDelivery } from "./pending-delivery.ts";

/** How much may be on its way to one endpoint. */
export interface LaneLimits {
  /** Attempts at a time. */
  readonly concurrency: number;
  /** Deliveries that wait for an attempt, are being attempted or wait for a retry. */
  readonly pending: number;
  /** Characters of their messages. */
  readonly characters: number;
}

export interface LaneDoors {
  readonly clock: Clock;
  /** Never rejects; an aborted attempt resolves soon, and its result does not count. */
  readonly attempt: (pending: PendingDelivery, signal: AbortSignal) => Promise<AttemptResult>;
  readonly limits: LaneLimits;
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
 * single alarm stands at the next instant that changes something. Lanes know nothing of each other, so that a slow
 * endpoint delays nobody else.
 */
export class Lane {
  readonly #doors: LaneDoors;
  readonly #ready = new Deque<PendingDelivery>();
  readonly #retrying = new IndexedHeap<PendingDelivery>();
  readonly #running = new Map<PendingDelivery, AbortController>();
  readonly #alarm: Alarm;
  #characters = 0;

  constructor(doors: LaneDoors) {
    this.#doors = doors;
    this.#alarm = new Alarm(doors.clock, () => this.#proceed());
  }

  get pending(): number {
    return this.#ready.size + this.#retrying.size + this.#running.size;
  }

  /** Takes a delivery on its way, or says that there is no room for it. */
  add(pending: PendingDelivery): boolean {
    const { limits } = this.#doors;
    if (this.pending >= limits.pending || this.#characters + pending.characters > limits.characters) return false;
    this.#characters += pending.characters;
    this.#ready.push(pending);
    this.#proceed();
    return true;
  }

  /** Drops everything, attempts under way too, and tells nobody. */
  clear(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
    for (const controller of this.#running.values()) controller.abort();
    this.#running.clear();
    this.#retrying.clear();
    while (this.#ready.shift() !== undefined);
    this.#characters = 0;
  }

  /** Starts what may start, then has the clock call when time alone lets more start. */
  #proceed(): void {
    const now = this.#doors.clock.now();
    while (this.#retrying.firstRank() <= now) this.#ready.push(this.#retrying.pop()!);
    while (this.#startsAt(now) <= now) this.#start(this.#ready.shift()!, now);
    this.#alarm.set(Math.min(this.#retrying.firstRank(), this.#startsAt(now)));
  }

  /** When the first delivery that is ready may start; Infinity when that is not a matter of time. */
  #startsAt(now: number): number {
    const { limits, pace } = this.#doors;
    if (this.#ready.size === 0 || this.#running.size >= limits.concurrency) return Number.POSITIVE_INFINITY;
    return pace.freeAt(now);
  }

  #start(pending: PendingDelivery, now: number): void {
    this.#doors.pace.take(now);
    const controller = new AbortController();
    this.#running.set(pending, controller);
    pending.attempts++;
    void this.#doors.attempt(pending, controller.signal).then((result) => {
      if (!controller.signal.aborted) this.#end(pending, result);
    });
  }

  #end(pending: PendingDelivery, result: AttemptResult): void {
    this.#running.delete(pending);
    if (result.isDelivered) this.#deliver(pending, result);
    else this.#retry(pending, result);
    this.#proceed();
    if (this.pending === 0) this.#doors.emptied();
  }

  #deliver(pending: PendingDelivery, success: Success): void {
    this.#characters -= pending.characters;
    this.#doors.events.delivered(pending.delivery, pending.attempts, success);
  }

  #retry(pending: PendingDelivery, failure: Failure): void {
    const { clock, events } = this.#doors;
    const { delivery, attempts } = pending;
    const delayMs = pending.nextDelay(failure);
    if (delayMs === undefined) {
      this.#characters -= pending.characters;
      return events.failed(delivery, attempts, failure);
    }
    const nextAttemptAt = clock.now() + delayMs;
    this.#retrying.set(pending, nextAttemptAt);
    events.retried(delivery, attempts, { ...failure, nextAttemptAt });
  }
}
