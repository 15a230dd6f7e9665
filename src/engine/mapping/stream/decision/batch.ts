import type { StreamSettings } from "../../mapping.ts";

/** A record as far as decisions go. */
export interface BatchRecord {
  /** Its position in the shard. */
  readonly index: number;
  readonly sequenceNumber: string;
  /** Epoch milliseconds. */
  readonly arrivedAt: number;
}

/** What lies before a lane at present. */
export interface Collected<R extends BatchRecord> {
  /** What would be its next batch, in order. */
  readonly records: readonly R[];
  /** Behind those, and behind what is passed over. */
  readonly end: number;
  /** Whether there is no more for that batch now, for good, or for ever, as the shard is closed. */
  readonly state: "partial" | "full" | "shardEnd";
}

/** What a call says of the tumbling window. Instants in epoch milliseconds. */
export interface WindowCall {
  readonly start: number;
  readonly end: number;
  /** What the call before handed on, as JSON. */
  readonly state: string;
  readonly isFinal: boolean;
  readonly isTerminatedEarly: boolean;
}

/** What the function is called with. */
export interface Batch<R extends BatchRecord> {
  /** None where the call says no more than that a window is over. */
  readonly records: readonly R[];
  readonly end: number;
  readonly window?: WindowCall;
}

/** What decisions go by. */
export interface Circumstances {
  readonly settings: Pick<
    StreamSettings,
    "windowMs" | "maximumRetryAttempts" | "bisects" | "tumblingWindowMs" | "reportsFailures"
  >;
  /** Older records are given up; Infinity for none. */
  readonly ageLimitMs: number;
  readonly now: number;
}

/** Records that were given up. */
export interface Discarded<R extends BatchRecord> {
  readonly records: readonly R[];
  readonly condition: "RetryAttemptsExhausted" | "RecordAgeExceeded";
  /** AWS: 1 for those that no attempt was made with. */
  readonly invokeCount: number;
  /** Of the last attempt, if there was one. */
  readonly requestId?: string;
}

/** When the tumbling window begins to which an instant belongs. */
export function windowStart(instant: number, tumblingWindowMs: number): number {
  return Math.floor(instant / tumblingWindowMs) * tumblingWindowMs;
}
