import type { AttemptResult } from "../transport/attempt.ts";
import { type Disturbance, type DisturbancePort, type Fate, failureBy, type Mishap } from "../transport/disturbance.ts";
import type { Job, Target } from "../transport/job.ts";
import type { QueuedTarget } from "../transport/receiver-queues.ts";
import type { QueuePayload, QueueTarget } from "./queue.ts";

/** Putting waits for nothing. */
const CONCURRENCY = 1;

/** Queues that can be late, or fail and be tried again. */
class DisturbedQueueTarget implements QueuedTarget<QueuePayload> {
  readonly concurrency = CONCURRENCY;
  readonly #queues: QueueTarget;

  constructor(queues: QueueTarget) {
    this.#queues = queues;
  }

  queueKey({ key }: Job): string {
    return key;
  }

  async attempt(
    { payload, retryPolicy }: Job<QueuePayload>,
    _signal?: AbortSignal,
    mishap?: Mishap,
  ): Promise<AttemptResult> {
    return mishap === undefined ? this.#queues.put(payload) : failureBy(mishap, retryPolicy);
  }
}

/**
 * Takes what is late or fails on the way of the receivers outside, and everything else into the queue at once. A FIFO queue is
 * left in peace: messages that overtake each other are nothing that could happen to it.
 */
export function disturbable(
  queues: QueueTarget,
  disturbance: DisturbancePort,
  add: (job: Job<QueuePayload>, target: QueuedTarget<QueuePayload>, fate: Fate) => void,
): Target<QueuePayload> {
  const detour = new DisturbedQueueTarget(queues);
  return {
    deliver(job) {
      const fate = disturbance.present && fateOf(job, disturbance.present);
      if (fate === undefined) queues.deliver(job);
      else add(job, detour, fate);
    },
  };
}

/** What happens to the job; undefined when nothing does. */
function fateOf(job: Job<QueuePayload>, disturbance: Disturbance): Fate | undefined {
  if (job.payload.queueArn.endsWith(".fifo")) return undefined;
  const delayMs = disturbance.delayMs(job);
  const mishap = delayMs > 0 ? undefined : disturbance.mishap(job);
  return delayMs > 0 || mishap !== undefined ? { delayMs, mishap } : undefined;
}
