import type { AttemptResult } from "../transport/attempt.ts";
import { type Disturbance, type DisturbancePort, type Fate, failureBy, type Mishap } from "../transport/disturbance.ts";
import type { Job, Target } from "../transport/job.ts";
import type { QueuedTarget, ReceiverQueues } from "../transport/receiver-queues.ts";

/** Putting waits for nothing. */
const CONCURRENCY = 1;

/** Receivers in this process, which take what they are given at once. */
interface InProcess<Payload> {
  readonly target: Target<Payload>;
  /** Has the receiver take the job at this instant, without telling the job. */
  put(job: Job<Payload>): AttemptResult;
  /** Whether deliveries to the receiver are left in peace. */
  isLeftInPeace?(payload: Payload): boolean;
}

/** Receivers in this process that can be late, or fail and be tried again. */
class DisturbedTarget<Payload> implements QueuedTarget<Payload> {
  readonly concurrency = CONCURRENCY;
  readonly #put: InProcess<Payload>["put"];

  constructor(put: InProcess<Payload>["put"]) {
    this.#put = put;
  }

  queueKey({ key }: Job): string {
    return key;
  }

  async attempt(job: Job<Payload>, _signal?: AbortSignal, mishap?: Mishap): Promise<AttemptResult> {
    return mishap === undefined ? this.#put(job) : failureBy(mishap, job.retryPolicy);
  }
}

/** Takes what is late or fails on the way of the receivers outside, and everything else to its receiver at once. */
export function disturbable<Payload>(
  { target, put, isLeftInPeace }: InProcess<Payload>,
  disturbance: DisturbancePort | undefined,
  receivers: Pick<ReceiverQueues, "add" | "goOn">,
): Target<Payload> {
  if (disturbance === undefined) return target;
  const detour = new DisturbedTarget(put);
  return {
    take: (payload) => (disturbance.present === undefined ? target.take?.(payload) : undefined),
    deliver(job, progress) {
      if (progress !== undefined) return receivers.goOn(job, detour, progress);
      const { present } = disturbance;
      const fate = present === undefined || isLeftInPeace?.(job.payload) ? undefined : fateOf(job, present);
      if (fate === undefined) target.deliver(job);
      else receivers.add(job, detour, fate);
    },
  };
}

/** What happens to the job; undefined when nothing does. */
function fateOf(job: Job, disturbance: Disturbance): Fate | undefined {
  const delayMs = disturbance.delayMs(job);
  const mishap = delayMs > 0 ? undefined : disturbance.mishap(job);
  return delayMs > 0 || mishap !== undefined ? { delayMs, mishap } : undefined;
}
