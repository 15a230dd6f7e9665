import type { RetrySchedule } from "./retry.ts";

/** The endpoint took it. */
interface Success {
  readonly isDelivered: true;
  /** HTTP status, where there is one. */
  readonly statusCode: number | undefined;
}

/** The endpoint did not take it. */
export interface Failure {
  readonly isDelivered: false;
  readonly statusCode: number | undefined;
  /** What went wrong, for whoever looks into the log. */
  readonly reason: string;
  /** When to try again; undefined when trying again is no use. */
  readonly retries: RetrySchedule | undefined;
}

export type AttemptResult = Success | Failure;

export function delivered(statusCode?: number): Success {
  return { isDelivered: true, statusCode };
}

/** A failure that time does not heal: the endpoint is gone or refuses. */
export function refused(reason: string, statusCode?: number): Failure {
  return { isDelivered: false, statusCode, reason, retries: undefined };
}

/** A failure that may pass. */
export function failed(reason: string, retries: RetrySchedule, statusCode?: number): Failure {
  return { isDelivered: false, statusCode, reason, retries };
}

/** What is to be said of an attempt that got no answer. A host of several addresses fails once for each of them. */
export function reasonOf(cause: unknown): string {
  if (cause instanceof AggregateError) return cause.errors.map(reasonOf).join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
