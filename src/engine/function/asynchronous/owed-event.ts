/** An event that was taken for a function and is owed to it. Instants in epoch milliseconds. */
export interface OwedEvent {
  /** The same on every attempt. Names the event. */
  readonly requestId: string;
  /** As whoever gave it qualified it. */
  readonly functionArn: string;
  /** JSON. */
  readonly payload: string;
  /** An X-Ray trace header. */
  readonly traceId?: string;
  /** ARN of the topic that it is of, if it is. */
  readonly source?: string;
  /** Ids of the messages in it. */
  readonly messageIds?: readonly string[];
  readonly acceptedAt: number;
  readonly dueAt: number;
  /** How often the function failed. */
  readonly attempts: number;
  /** How often in a row nobody ran it since. */
  readonly postponements: number;
  /** What the function answered when it failed last. */
  readonly response?: FunctionResponse;
}

/** What a function that ran answered. */
export interface FunctionResponse {
  readonly executedVersion: string;
  /** JSON; of a function that failed the document of the error. */
  readonly payload: string;
}

/** How events of a function end, as its version and its qualifier say when it is to be decided. ARNs unless said. */
export interface AsynchronousSettings {
  /** Qualified, `$LATEST` included. */
  readonly qualifiedArn: string;
  /** How often it is tried again when the function fails. */
  readonly retryCount: number;
  readonly maxAgeMs: number;
  readonly onSuccess?: string | undefined;
  readonly onFailure?: string | undefined;
  /** A queue or topic that gets events that were given up. */
  readonly deadLetterArn?: string | undefined;
  /** Whether its reserved concurrency is zero, so that nobody will ever run it. */
  readonly isStopped: boolean;
}

/** How an event ended, in the words of AWS's destination records. */
export type Condition =
  | "Success"
  | "RetriesExhausted"
  | "EventAgeExceeded"
  | "ZeroReservedConcurrency"
  | "RecursiveInvocation";

/** Why an event was given up, as its dead letter says. */
export interface GivenUp {
  /** An HTTP status. */
  readonly errorCode: number;
  readonly errorMessage: string;
}

/** An event that is owed no more, and what is to be told of that. */
export interface EndedEvent {
  readonly event: OwedEvent;
  readonly condition: Condition;
  /** How often the function ran. */
  readonly invokeCount: number;
  /** Undefined when it never ran. */
  readonly response: FunctionResponse | undefined;
  /** Undefined when it succeeded. */
  readonly givenUp: GivenUp | undefined;
  readonly settings: AsynchronousSettings;
}
