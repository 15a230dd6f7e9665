import type { Scope } from "../../../kernel/scope.ts";

/** A queue as far as disorder looks at it. */
export interface DisorderedQueue {
  readonly arn: string;
  readonly scope: Scope;
}

/**
 * What AWS's standard queues do at times beside what they are asked to. Whoever answers decides by chances of its own; what
 * happens is an event, so that a replay needs no chances.
 */
export interface Disorder {
  /** How many of so many messages a short poll sees. */
  sampled(queue: DisorderedQueue, visible: number): number;
  /** Behind how many others the message goes that would be received next; 0 when it stays where it is. */
  displacement(queue: DisorderedQueue): number;
  /** Whether a message that is received, or deleted, can be received once more. */
  repeats(queue: DisorderedQueue, after: "receive" | "delete"): boolean;
}

/** Where disorder comes in when it is wanted. */
export interface DisorderPort {
  present: Disorder | undefined;
}
