import type { PlainEvent } from "../../kernel/event/event-log.ts";
import type { AttemptResult, Failure } from "./attempt.ts";
import type { Pace } from "./pace.ts";
import type { RetrySchedule } from "./retry.ts";

/** What an attempt led to. */
export type Outcome =
  | { readonly result: "delivered"; readonly statusCode: number | undefined }
  | {
      readonly result: "retrying";
      readonly statusCode: number | undefined;
      readonly reason: string;
      readonly nextAttemptAt: number;
    }
  | {
      readonly result: "deadLettered";
      readonly statusCode: number | undefined;
      readonly reason: string;
      readonly deadLetterTargetArn: string;
    }
  | { readonly result: "dropped"; readonly statusCode: number | undefined; readonly reason: string };

/** Where a job went that failed for good, or why it went nowhere. */
export type DeadLetterResult = { readonly queueArn: string } | { readonly problem: string | undefined };

/** How far a job has come that its receiver has not taken yet. */
export interface Progress {
  /** Attempts that failed. */
  readonly attempts: number;
  /** Retries so far, for each kind of failure. */
  readonly retries: Readonly<Record<string, number>>;
  /** Undefined unless it waits for a retry. */
  readonly nextAttemptAt?: number | undefined;
}

/** Something for a receiver. What it comes from, such as a topic, is known to its source alone. */
export interface Job<Payload = unknown> {
  /** Names its way: jobs of one way start in order and share limits. */
  readonly key: string;
  /** Where its receiver is: a URL or an ARN, as somebody gave it. */
  readonly receiver: string;
  /** The account it comes from, by whose clock it is tried again. */
  readonly account: string;
  /** What the receiver gets, made no earlier than needed. */
  readonly payload: Payload;
  /** What it keeps in memory, and its size; several jobs that keep the same share it. */
  readonly content: object | undefined;
  readonly characters: number;
  /** When it is tried again if its receiver is to blame. */
  readonly retryPolicy: RetrySchedule;
  /** How fast its way may be walked; as fast as it goes when undefined. */
  readonly pace: Pace | undefined;
  /** Why nobody wants it any more; undefined while somebody does. */
  readonly withdrawn: string | undefined;
  /** Hears what an attempt led to. Attempts count from 1; 0 stands for none. Never throws. */
  outcome(attempt: number, outcome: Outcome): void;
  /** Goes to the dead-letter queue of its source, if it has one. Never throws. */
  deadLetter(): DeadLetterResult;
  /** The job as plain data, for what is owed to outlast the process. What cannot be made again has none. */
  kept?(progress: Progress): PlainEvent;
}

/** A kind of receiver. */
export interface Target<Payload> {
  /** Takes a job, which hears what becomes of it: at once or later. One that was under way goes on where it was. */
  deliver(job: Job<Payload>, progress?: Progress): void;
  /** Takes something at once if nothing is in the way, so that no job has to be made; undefined when that takes one. */
  take?(payload: Payload): AttemptResult | undefined;
}

/** A text that is made when it is first asked for. */
export interface DeferredText {
  readonly text: string;
}

/** One for all, so that those who log outcomes see at a glance that they are alike. */
export const TAKEN: Outcome = { result: "delivered", statusCode: undefined };

/** Tells a job how it ends: delivered, dead-lettered or dropped. */
export function settle(job: Job, attempt: number, result: AttemptResult): void {
  if (!result.isDelivered) return job.outcome(attempt, endOf(job, result));
  const { statusCode } = result;
  job.outcome(attempt, statusCode === undefined ? TAKEN : { result: "delivered", statusCode });
}

function endOf(job: Job, { statusCode, reason }: Failure): Outcome {
  const end = job.deadLetter();
  if ("queueArn" in end) return { result: "deadLettered", statusCode, reason, deadLetterTargetArn: end.queueArn };
  return { result: "dropped", statusCode, reason: end.problem === undefined ? reason : `${reason}; ${end.problem}` };
}
