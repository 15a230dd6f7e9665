import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { PlainEvent } from "../../kernel/event/event-log.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { inOrderOfInstants } from "../../kernel/time/due.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";
import { type AttemptResult, refused } from "./attempt.ts";
import { AttemptStarts } from "./attempt-starts.ts";
import { ConcurrencyLimit, type ConcurrencyLimits } from "./concurrency-limit.ts";
import type { DisturbancePort, Fate, Mishap } from "./disturbance.ts";
import { type Job, type Progress, settle } from "./job.ts";
import { Pace } from "./pace.ts";
import { PendingJob } from "./pending-job.ts";
import { PendingLimits, type TotalLimits } from "./pending-limits.ts";
import { type DelayedAttempt, ReceiverQueue, type ReceiverQueueLimits } from "./receiver-queue.ts";

/** A kind of receiver that takes its time and may fail. */
export interface QueuedTarget<Payload> {
  /** Attempts at a time in one receiver queue. */
  readonly concurrency: number;
  /** Jobs of one key share a receiver queue. */
  queueKey(job: Job<Payload>): string;
  /**
   * Makes one attempt, or acts as if the mishap had come of it. Never rejects; an aborted attempt resolves soon, and its
   * result does not count.
   */
  attempt(job: Job<Payload>, signal: AbortSignal, mishap?: Mishap): Promise<AttemptResult>;
}

/** How much may be on its way. */
export interface DeliveryLimits {
  /** To one receiver. */
  readonly queue: Omit<ReceiverQueueLimits, "concurrency">;
  /** To all of them. */
  readonly total: TotalLimits;
  readonly attempts: ConcurrencyLimits;
}

/** Hears what is owed to receivers. Each job has a number of its own, as long as it is on its way. */
interface OwedListener {
  /** A job was taken, or has come further. */
  owed(job: Job, number: number, kept: PlainEvent): void;
  /** A job is over: taken by its receiver, or failed for good, with its dead letter in place. */
  over(job: Job, number: number): void;
}

interface ReceiverQueuesDeps {
  readonly clockOf: (account: string) => Clock;
  readonly limits: DeliveryLimits;
  readonly soon: Soon;
  readonly disturbance?: DisturbancePort | undefined;
}

const TOO_MUCH = refused("Too much is pending for this endpoint");

/** The receiver queues with something in them, on the clocks of the accounts that jobs come from. */
export class ReceiverQueues {
  readonly #deps: ReceiverQueuesDeps;
  /** By account, then by key. */
  readonly #open = new Map<string, Map<string, ReceiverQueue>>();
  readonly #pendingLimits: PendingLimits;
  readonly #concurrencyLimit: ConcurrencyLimit;
  readonly #starts: AttemptStarts;
  #number = 0;
  #listener: OwedListener | undefined;

  constructor(deps: ReceiverQueuesDeps) {
    this.#deps = deps;
    this.#pendingLimits = new PendingLimits(deps.limits.total);
    this.#concurrencyLimit = new ConcurrencyLimit(deps.limits.attempts);
    this.#starts = new AttemptStarts(deps.soon);
  }

  /** Takes a job on its way. One that there is no room for has failed for good, without an attempt. */
  add<Payload>(job: Job<Payload>, target: QueuedTarget<Payload>, fate = this.#fateOf(job)): void {
    this.#take(job, target, { fate });
  }

  /** Goes on with a job where it was. */
  goOn<Payload>(job: Job<Payload>, target: QueuedTarget<Payload>, progress: Progress): void {
    this.#take(job, target, { fate: { delayMs: this.#waitMs(job, progress) }, progress });
  }

  /** What is on its way from an account now, or everything, as plain data whenever it is read. To take it costs a note of each. */
  taken(account?: string): Taken<readonly [job: Job, kept: PlainEvent, number: number]> {
    const owed = [...this.#queues(account)].flatMap((queue) => [...queue.owed()]);
    return takenAs(function* () {
      for (const { job, number, progress } of owed) {
        const kept = job.kept?.(progress);
        if (kept !== undefined) yield [job, kept, number];
      }
    });
  }

  /** Has somebody hear what is owed from now on. There is one who does, at the most. */
  listen(listener: OwedListener): void {
    this.#listener = listener;
  }

  /** How many jobs are on their way, by their keys. Looks at each of them. */
  pendingByKey(): ReadonlyMap<string, number> {
    const counts = new Map<string, number>();
    for (const queue of this.#queues()) {
      for (const { job } of queue.jobs()) counts.set(job.key, (counts.get(job.key) ?? 0) + 1);
    }
    return counts;
  }

  /** How many jobs of an account, or of all, are on their way, and how many of those are attempted. Looks at each of their receivers. */
  pending(account?: string): { readonly pending: number; readonly running: number } {
    let [pending, running] = [0, 0];
    for (const queue of this.#queues(account)) {
      pending += queue.pending;
      running += queue.running;
    }
    return { pending, running };
  }

  /** Whether a job is on its way whose key begins like that. Looks at jobs until there is one. */
  hasPending(keyPrefix: string): boolean {
    for (const queue of this.#queues()) {
      for (const { job } of queue.jobs()) if (job.key.startsWith(keyPrefix)) return true;
    }
    return false;
  }

  /** Attempts of known instants for an account, in order. Looks at each of its receiver queues. */
  delayed(account: string): Generator<DelayedAttempt, void, void> {
    return inOrderOfInstants(Array.from(this.#queues(account), (queue) => queue.delayed()));
  }

  /** Drops what is on its way from an account, or everything. */
  reset(account?: string): void {
    for (const queue of this.#queues(account)) queue.clear();
    if (account === undefined) this.#open.clear();
    else this.#open.delete(account);
  }

  *#queues(account?: string): Generator<ReceiverQueue, void, void> {
    if (account !== undefined) yield* this.#open.get(account)?.values() ?? [];
    else for (const ofAccount of this.#open.values()) yield* ofAccount.values();
  }

  #take<Payload>(
    job: Job<Payload>,
    target: QueuedTarget<Payload>,
    { fate, progress }: { readonly fate: Fate; readonly progress?: Progress },
  ): void {
    const key = target.queueKey(job);
    const queue = this.#open.get(job.account)?.get(key) ?? this.#openQueue(key, job, target.concurrency);
    let { mishap: decided } = fate;
    const attempt = (signal: AbortSignal) => {
      const mishap = decided;
      decided = undefined;
      return this.#attempt(job, target, { signal, mishap });
    };
    const isTaken = queue.add(new PendingJob({ job, number: ++this.#number }, attempt, progress), fate.delayMs);
    if (!isTaken) settle(job, 0, TOO_MUCH);
  }

  #waitMs({ account }: Job, { nextAttemptAt }: Progress): number {
    return nextAttemptAt === undefined ? 0 : nextAttemptAt - this.#deps.clockOf(account).now();
  }

  #openQueue(key: string, { account, pace }: Job, concurrency: number): ReceiverQueue {
    const { clockOf, limits } = this.#deps;
    const queue = new ReceiverQueue({
      clock: clockOf(account),
      limits: { ...limits.queue, concurrency },
      pendingLimits: this.#pendingLimits,
      concurrencyLimit: this.#concurrencyLimit,
      pace: pace ?? new Pace(() => Number.POSITIVE_INFINITY),
      emptied: () => this.#close(account, key),
      owed: (pending, nextAttemptAt) => this.#tellOwed(pending, nextAttemptAt),
      over: ({ job, number }) => this.#listener?.over(job, number),
    });
    const ofAccount = this.#open.get(account);
    if (ofAccount === undefined) this.#open.set(account, new Map([[key, queue]]));
    else ofAccount.set(key, queue);
    return queue;
  }

  #tellOwed(pending: PendingJob, nextAttemptAt: number | undefined): void {
    if (this.#listener === undefined) return;
    const { job, number } = pending;
    const kept = job.kept?.(pending.progress(nextAttemptAt));
    if (kept !== undefined) this.#listener.owed(job, number, kept);
  }

  #close(account: string, key: string): void {
    const ofAccount = this.#open.get(account);
    ofAccount?.delete(key);
    if (ofAccount?.size === 0) this.#open.delete(account);
  }

  #fateOf(job: Job): Fate {
    return { delayMs: this.#deps.disturbance?.present?.delayMs(job) ?? 0 };
  }

  /** What waits for a receiver is not sent any more once nobody wants it. */
  async #attempt<Payload>(
    job: Job<Payload>,
    target: QueuedTarget<Payload>,
    { signal, mishap }: { readonly signal: AbortSignal; readonly mishap: Mishap | undefined },
  ): Promise<AttemptResult> {
    await this.#starts.turn();
    const { withdrawn } = job;
    if (withdrawn !== undefined) return refused(withdrawn);
    if (signal.aborted) return refused("The attempt was given up");
    return target.attempt(job, signal, mishap ?? this.#deps.disturbance?.present?.mishap(job));
  }
}
