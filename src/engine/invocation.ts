/** A call of a function, whoever makes it: a client, an event that was queued, or an event source mapping. */
export interface FunctionCall {
  /** As the caller qualified it. The account and region in it are where the function is looked for. */
  readonly functionArn: string;
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** What made the call, for whoever looks at it; a client, unless given. */
  readonly cause?: InvocationCause | undefined;
  /** JSON, decoded from the base64 it came in. */
  readonly clientContext?: string | undefined;
  /** An X-Ray trace header. */
  readonly traceId?: string | undefined;
  /** Takes an answer that is streamed as it comes, and hears which version it is of; the payload of the answer is what did not come that way. */
  readonly onChunk?: ((chunk: Buffer, executedVersion: string) => void | Promise<void>) | undefined;
  /** Hears what is waited for, as a sentence, when that may never come; and undefined when it has. */
  readonly onStalled?: ((why: string | undefined) => void) | undefined;
}

/** Where the event of an invocation comes from. */
export interface InvocationCause {
  /** A client that waits, Lambda's own queue of events, or an event source mapping. */
  readonly kind: "client" | "event" | "mapping";
  /** ARN of the topic, the queue or the stream that the event was made of, if it was. */
  readonly source?: string | undefined;
  /** Ids of the messages in the event, or sequence numbers of the records. */
  readonly messageIds?: readonly string[] | undefined;
}

/** The version that ran, and the last 4 KB of what it wrote. */
interface Executed {
  readonly executedVersion: string;
  readonly log: string;
}

/** What became of a call. */
export type FunctionAnswer =
  | (Executed & { readonly type: "answered"; readonly payload: string })
  /** Exception, exit or time-out: a function error. The payload is the document of the error. */
  | (Executed & { readonly type: "failed"; readonly payload: string })
  | { readonly type: "throttled"; readonly reason: ThrottleReason }
  /** There is no such function, version or alias. */
  | { readonly type: "missing" }
  /** What it was to be invoked with went through it too often already; the reason is one sentence. */
  | { readonly type: "recursive"; readonly reason: string }
  /** Nobody was there to run it; the reason is one sentence. */
  | { readonly type: "unreachable"; readonly reason: string }
  /** The caller gave it up, or the emulator ends. */
  | { readonly type: "stopped" };

/** `Reason` of TooManyRequestsException. [model] */
export type ThrottleReason = "ConcurrentInvocationLimitExceeded" | "ReservedFunctionConcurrentInvocationLimitExceeded";

/** Runs a function and waits for it. Never rejects, and takes no time of the account's clock. */
export type InvokeFunction = (call: FunctionCall, signal: AbortSignal) => Promise<FunctionAnswer>;

/** An event for a function that is run without anybody waiting for it. */
export interface QueuedEvent
  extends Pick<FunctionCall, "functionArn" | "payload" | "traceId">,
    Pick<InvocationCause, "source" | "messageIds"> {
  /** One of its own unless given. */
  readonly requestId?: string | undefined;
}

/** Puts an event on the asynchronous queue of its function, and says under which request id. Throws what the caller is told when it is full. */
export type QueueEvent = (event: QueuedEvent) => { readonly requestId: string };
