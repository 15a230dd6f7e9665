import type { HeapItem } from "../../kernel/collection/indexed-heap.ts";
import type { AttemptResult, Failure } from "./attempt.ts";
import type { Job, Progress } from "./job.ts";
import { type RetrySchedule, retryDelays } from "./retry.ts";

/** A job that its receiver has not taken yet. */
export class PendingJob implements HeapItem {
  heapSlot = -1;
  attempts = 0;
  readonly job: Job;
  /** Tells it from all others that are on their way. */
  readonly number: number;
  /** Makes one attempt. Never rejects; an aborted attempt resolves soon, and its result does not count. */
  readonly attempt: (signal: AbortSignal) => Promise<AttemptResult>;
  /** Made by the first failure: most jobs see none. */
  #delays: Map<RetrySchedule["kind"], Generator<number, void>> | undefined;
  #retries: Record<string, number> | undefined;

  constructor(
    { job, number }: Pick<PendingJob, "job" | "number">,
    attempt: (signal: AbortSignal) => Promise<AttemptResult>,
    progress?: Progress,
  ) {
    this.job = job;
    this.number = number;
    this.attempt = attempt;
    if (progress === undefined) return;
    this.attempts = progress.attempts;
    this.#retries = { ...progress.retries };
  }

  /** Retries so far, for each kind of failure. */
  get retries(): Readonly<Record<string, number>> {
    return { ...this.#retries };
  }

  /** How far it has come, while it is not being attempted. */
  progress(nextAttemptAt: number | undefined): Progress {
    const { attempts, retries } = this;
    return nextAttemptAt === undefined ? { attempts, retries } : { attempts, retries, nextAttemptAt };
  }

  /** How long to wait after that failure; undefined when that was the last attempt. */
  nextDelay({ retries }: Failure): number | undefined {
    if (retries === undefined) return undefined;
    this.#delays ??= new Map();
    let delays = this.#delays.get(retries.kind);
    if (delays === undefined) {
      delays = retryDelays(retries);
      this.#delays.set(retries.kind, delays);
      for (let retry = this.#retries?.[retries.kind] ?? 0; retry > 0; retry--) delays.next();
    }
    const next = delays.next();
    if (next.done) return undefined;
    this.#retries ??= {};
    this.#retries[retries.kind] = (this.#retries[retries.kind] ?? 0) + 1;
    return next.value;
  }
}
