import { Deque } from "../../kernel/collection/deque.ts";
import { IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import { present } from "../../kernel/present.ts";
import { Alarm } from "../../kernel/time/alarm.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { AttemptResult, Failure } from "./attempt.ts";
import type { ConcurrencyLimit } from "./concurrency-limit.ts";
import { type Job, type Progress, settle } from "./job.ts";
import type { Pace } from "./pace.ts";
import type { PendingJob } from "./pending-job.ts";
import type { PendingLimits } from "./pending-limits.ts";

/** How much may be on its way to one receiver. */
export interface ReceiverQueueLimits {
  /** Attempts at a time. */
  readonly concurrency: number;
  /** Jobs that wait for an attempt, are being attempted or wait for a retry. */
  readonly pending: number;
  /** Characters of what they keep. */
  readonly characters: number;
}

/** When a job is tried, or tried again, and which attempt that will be. */
export interface DelayedAttempt {
  readonly at: number;
  readonly attempt: number;
  readonly job: Job;
}

interface ReceiverQueueDeps {
  readonly clock: Clock;
  readonly limits: ReceiverQueueLimits;
  /** What it has in common with all other receiver queues. */
  readonly pendingLimits: PendingLimits;
  readonly concurrencyLimit: ConcurrencyLimit;
  readonly pace: Pace;
  /** Told when nothing is pending any more. */
  readonly emptied: () => void;
  /** Told when a job is taken, or has come further: when it is tried again, if that is known. */
  readonly owed: (pending: PendingJob, nextAttemptAt: number | undefined) => void;
  /** Told when a job is over, in the turn in which its end is. */
  readonly over: (pending: PendingJob) => void;
}

/**
 * Everything on its way to one receiver:
 *
 *     add ──▶ ready ──▶ running ──▶ delivered, or failed for good
 *               ▲          │
 *               └ retrying ◀
 *
 * Ready jobs start in order, as many at a time as the limits and the pace allow; waiting costs no retries. A
 * single alarm stands at the next instant that changes something. Receiver queues know nothing of each other, so that a
 * slow one delays nobody else; only when there are thousands of them do they wait for the concurrency limit.
 */
export class ReceiverQueue {
  readonly #deps: ReceiverQueueDeps;
  readonly #ready = new Deque<PendingJob>();
  readonly #retrying = new IndexedHeap<PendingJob>();
  readonly #running = new Map<PendingJob, AbortController>();
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

  /** How many are being attempted. */
  get running(): number {
    return this.#running.size;
  }

  /** Everything that is pending. */
  *jobs(): Generator<PendingJob, void, void> {
    yield* this.#ready.from(0);
    yield* this.#retrying;
    yield* this.#running.keys();
  }

  /** What waits for an attempt of a known instant, in order. */
  *delayed(): Generator<DelayedAttempt, void, void> {
    for (const pending of this.#retrying.inOrder()) {
      const at = this.#retrying.rankOf(pending) ?? Number.POSITIVE_INFINITY;
      yield { at, attempt: pending.attempts + 1, job: pending.job };
    }
  }

  /** Everything that is pending, and how far it has come. What is being attempted counts as not yet attempted. */
  *owed(): Generator<Owed, void, void> {
    for (const { job, number, attempts, retries } of this.#running.keys()) {
      yield { job, number, progress: { attempts: attempts - 1, retries } };
    }
    for (const pending of this.#ready.from(0)) yield owed(pending, undefined);
    for (const pending of this.#retrying.inOrder()) yield owed(pending, this.#retrying.rankOf(pending));
  }

  /** Takes a job on its way, now or after a delay, or says that there is no room for it. */
  add(pending: PendingJob, delayMs = 0): boolean {
    const { limits, pendingLimits } = this.#deps;
    if (this.pending >= limits.pending || this.#characters + pending.job.characters > limits.characters) return false;
    if (!pendingLimits.hasRoomFor(this.pending)) return false;
    pendingLimits.add(pending.job);
    this.#characters += pending.job.characters;
    const startsAt = delayMs > 0 ? this.#deps.clock.now() + delayMs : undefined;
    if (startsAt !== undefined) this.#retrying.set(pending, startsAt);
    else this.#ready.push(pending);
    this.#deps.owed(pending, startsAt);
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
    while (this.#retrying.firstRank() <= now) this.#ready.push(present(this.#retrying.pop(), "a job that is due"));
    const isHeldUp = !this.#startReady(now);
    this.#alarm.set(Math.min(this.#retrying.firstRank(), isHeldUp ? Number.POSITIVE_INFINITY : this.#startsAt(now)));
  }

  /** Starts what may start. False when the concurrency limit is in the way, which calls when it opens. */
  #startReady(now: number): boolean {
    while (this.#startsAt(now) <= now) {
      if (!this.#deps.concurrencyLimit.enter(this.#running.size, this.#wake)) return false;
      this.#start(present(this.#ready.shift(), "a job that is due"), now);
    }
    return true;
  }

  /** When the first job that is ready may start; Infinity when that is not a matter of time. */
  #startsAt(now: number): number {
    const { limits, pace } = this.#deps;
    if (this.#ready.size === 0 || this.#running.size >= limits.concurrency) return Number.POSITIVE_INFINITY;
    return pace.freeAt(now);
  }

  #start(pending: PendingJob, now: number): void {
    this.#deps.pace.take(now);
    const controller = new AbortController();
    this.#running.set(pending, controller);
    pending.attempts++;
    void pending.attempt(controller.signal).then((result) => {
      if (!controller.signal.aborted) this.#end(pending, result);
    });
  }

  #end(pending: PendingJob, result: AttemptResult): void {
    this.#running.delete(pending);
    const nextAttemptAt = result.isDelivered ? undefined : this.#retryAt(pending, result);
    if (nextAttemptAt === undefined) {
      this.#drop(pending);
      settle(pending.job, pending.attempts, result);
      this.#deps.over(pending);
    }
    this.#deps.concurrencyLimit.leave();
    this.#proceed();
    if (this.pending === 0) this.#deps.emptied();
  }

  /** Has the job tried again, if it is worth it, and says when. */
  #retryAt(pending: PendingJob, failure: Failure): number | undefined {
    const delayMs = pending.nextDelay(failure);
    if (delayMs === undefined) return undefined;
    const nextAttemptAt = this.#deps.clock.now() + delayMs;
    this.#retrying.set(pending, nextAttemptAt);
    this.#deps.owed(pending, nextAttemptAt);
    const { statusCode, reason } = failure;
    pending.job.outcome(pending.attempts, { result: "retrying", statusCode, reason, nextAttemptAt });
    return nextAttemptAt;
  }

  /** It takes no more room. */
  #drop(pending: PendingJob): void {
    this.#characters -= pending.job.characters;
    this.#deps.pendingLimits.delete(pending.job);
  }
}

/** A job that is pending, and how far it had come at one moment. */
interface Owed {
  readonly job: Job;
  readonly number: number;
  readonly progress: Progress;
}

function owed(pending: PendingJob, nextAttemptAt: number | undefined): Owed {
  const { job, number } = pending;
  return { job, number, progress: pending.progress(nextAttemptAt) };
}
