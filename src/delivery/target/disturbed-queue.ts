import type { AttemptResult } from "../transport/attempt.ts";
import { type DisturbancePort, failureBy, type Mishap } from "../transport/disturbance.ts";
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
 * Takes what is meant to be disturbed on the way of the receivers outside, and everything else into the queue at once. A FIFO
 * queue is left in peace: messages that overtake each other are nothing that could happen to it.
 */
export function disturbable(
  queues: QueueTarget,
  {
    disturbance,
    queued,
  }: {
    readonly disturbance: DisturbancePort | undefined;
    readonly queued: (target: QueuedTarget<QueuePayload>) => Target<QueuePayload>;
  },
): Target<QueuePayload> {
  if (disturbance === undefined) return queues;
  const detour = queued(new DisturbedQueueTarget(queues));
  return {
    deliver(job) {
      const isMeant = disturbance.present?.concerns(job) === true && !job.payload.queueArn.endsWith(".fifo");
      (isMeant ? detour : queues).deliver(job);
    },
  };
}
