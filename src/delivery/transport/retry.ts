/** So many retries, each after the same wait. */
interface SteadyRetries {
  readonly count: number;
  readonly delayMs: number;
}

/** So many retries after waits that go from `minMs` to `maxMs` along a curve. */
interface BackoffRetries {
  readonly count: number;
  readonly minMs: number;
  readonly maxMs: number;
  readonly curve: "arithmetic" | "exponential" | "geometric" | "linear";
}

/** When a failed job is tried again, in AWS's four phases. SNS developer guide, message delivery retries. */
export interface RetrySchedule {
  /** A job counts its retries of each kind of failure apart. */
  readonly kind: "http" | "managed" | "customer" | "invocation";
  /** Retries at once. */
  readonly immediate: number;
  readonly preBackoff: SteadyRetries;
  readonly backoff: BackoffRetries;
  readonly postBackoff: SteadyRetries;
  /** No retry starts later than this after the first attempt, were attempts to take no time. */
  readonly totalMs: number;
}

const SECOND_MS = 1000;
const NONE: SteadyRetries = { count: 0, delayMs: 0 };

/** For endpoints AWS manages: SQS, Lambda and Firehose. AWS adds jitter, which is left out here. */
export const managedEndpointRetries: RetrySchedule = {
  kind: "managed",
  immediate: 3,
  preBackoff: { count: 2, delayMs: 1 * SECOND_MS },
  backoff: { count: 10, minMs: 1 * SECOND_MS, maxMs: 20 * SECOND_MS, curve: "exponential" },
  postBackoff: { count: 100_000, delayMs: 20 * SECOND_MS },
  totalMs: Number.POSITIVE_INFINITY,
};

/** For mail, text messages and mobile push: fifty attempts within six hours. */
export const customerEndpointRetries: RetrySchedule = {
  kind: "customer",
  immediate: 0,
  preBackoff: { count: 2, delayMs: 10 * SECOND_MS },
  backoff: { count: 10, minMs: 10 * SECOND_MS, maxMs: 600 * SECOND_MS, curve: "exponential" },
  postBackoff: { count: 38, delayMs: 600 * SECOND_MS },
  totalMs: Number.POSITIVE_INFINITY,
};

/** Lambda's own, for an event it took and whose function failed. Lambda developer guide, asynchronous invocation. */
export const invocationRetries: RetrySchedule = {
  kind: "invocation",
  immediate: 0,
  preBackoff: NONE,
  backoff: { count: 2, minMs: 60 * SECOND_MS, maxMs: 120 * SECOND_MS, curve: "linear" },
  postBackoff: NONE,
  totalMs: Number.POSITIVE_INFINITY,
};

/** The wait before each retry, first to last, in milliseconds. */
export function* retryDelays(schedule: RetrySchedule): Generator<number, void> {
  let totalMs = 0;
  for (const delayMs of delaysOf(schedule)) {
    totalMs += delayMs;
    if (totalMs > schedule.totalMs) return;
    yield delayMs;
  }
}

function* delaysOf({ immediate, preBackoff, backoff, postBackoff }: RetrySchedule): Generator<number> {
  for (let retry = 0; retry < immediate; retry++) yield 0;
  for (let retry = 0; retry < preBackoff.count; retry++) yield preBackoff.delayMs;
  for (let retry = 0; retry < backoff.count; retry++) yield backoffDelay(backoff, retry);
  for (let retry = 0; retry < postBackoff.count; retry++) yield postBackoff.delayMs;
}

/**
 * The wait before the retry of that rank in the backoff phase: the first is `minMs`, the last is `maxMs`.
 * GAP: AWS names the curves and shows that the exponential one is the steepest, but publishes no formulas.
 */
function backoffDelay({ count, minMs, maxMs, curve }: BackoffRetries, rank: number): number {
  if (rank === 0 || maxMs <= minMs) return minMs;
  const last = count - 1;
  const ratio = (maxMs / minMs) ** (1 / last);
  switch (curve) {
    case "linear":
      return Math.round(minMs + ((maxMs - minMs) * rank) / last);
    case "arithmetic":
      return Math.round(minMs + ((maxMs - minMs) * rank * (rank + 1)) / (last * (last + 1)));
    case "geometric":
      return Math.round(minMs * ratio ** rank);
    case "exponential":
      return Math.round(Math.min(maxMs, minMs * Math.max(2, ratio) ** rank));
  }
}
