import { type AttemptResult, failed, refused } from "./attempt.ts";
import type { Job } from "./job.ts";
import type { RetrySchedule } from "./retry.ts";

/** What an attempt comes to without being made: an answer with that status, none in time, or nobody there to answer. */
export type Mishap = { readonly statusCode: number } | "timeout" | "refused";

/** Keeps jobs from their receivers. */
export interface Disturbance {
  /** How long the job waits before its first attempt. */
  delayMs(job: Job): number;
  /** What the next attempt comes to; undefined when it is to be made. */
  mishap(job: Job): Mishap | undefined;
}

/** Where jobs are disturbed when that is wanted. */
export interface DisturbancePort {
  present: Disturbance | undefined;
}

/** What is decided about a job when it sets out. */
export interface Fate {
  readonly delayMs: number;
  /** Of its first attempt, if that is decided already. */
  readonly mishap?: Mishap | undefined;
}

/** What is to be said of a mishap with a receiver in this process, in the words of those that are reached over HTTP. */
export function failureBy(mishap: Mishap, retries: RetrySchedule): AttemptResult {
  if (mishap === "timeout") return failed("No answer in time", retries);
  if (mishap === "refused") return failed("connect ECONNREFUSED", retries);
  const { statusCode } = mishap;
  const reason = `The receiver answered with status ${statusCode}`;
  return statusCode < 500 && statusCode !== 429 ? refused(reason, statusCode) : failed(reason, retries, statusCode);
}
