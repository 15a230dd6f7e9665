import type { Scope } from "../kernel/scope.ts";

/** What a handler in this process is: as on AWS, it returns a promise or calls back. */
export type InlineHandler = (
  event: never,
  context: never,
  callback: (error?: unknown, result?: unknown) => void,
) => unknown;

/** What a function is run with. */
export type FunctionCode =
  /** The emulator's own launchers run it, or `bootstrap` in the directory where the runtime is the user's own. */
  | { readonly kind: "directory"; readonly directory: string; readonly isWatched: boolean }
  /** A process of the user's that speaks the Runtime API, whatever its language. */
  | {
      readonly kind: "command";
      readonly command: readonly [string, ...string[]];
      readonly directory: string;
      readonly isWatched: boolean;
    }
  /** A person starts the process, under a debugger for instance. The port is any that is free unless one is given. */
  | { readonly kind: "attach"; readonly port?: number | undefined }
  /** A function of this very process. */
  | { readonly kind: "inline"; readonly handler: InlineHandler }
  /** A server that takes events by POST, such as AWS's Runtime Interface Emulator. */
  | { readonly kind: "http"; readonly url: string };

/** One version of a function, or `$LATEST` as of one revision. */
export interface FunctionDefinition {
  /** Without a qualifier for `$LATEST`. Environments are kept by it. */
  readonly arn: string;
  readonly name: string;
  readonly version: string;
  readonly scope: Scope;
  /** Another one whenever code or configuration changed: what runs an earlier one takes no further invocation. */
  readonly revisionId: string;
  /** AWS's name of it; undefined where code brings its own. */
  readonly runtime: string | undefined;
  readonly handler: string | undefined;
  readonly memoryMb: number;
  /** Undefined is for as long as it likes, as under a debugger. */
  readonly timeoutMs: number | undefined;
  /** Environment variables of the function's configuration. */
  readonly variables: Readonly<Record<string, string>>;
  readonly code: FunctionCode;
}

export interface Invocation {
  readonly requestId: string;
  /** As the caller qualified it. */
  readonly functionArn: string;
  /** JSON. */
  readonly payload: string;
  /** JSON, decoded from the base64 it came in. */
  readonly clientContext?: string | undefined;
  readonly traceId?: string | undefined;
  /** Takes an answer that is streamed as it comes; the payload of the outcome is what did not come that way. */
  readonly onChunk?: ((chunk: Buffer) => void | Promise<void>) | undefined;
  /** Hears what is waited for, as a sentence, when that may never come; and undefined when it has. */
  readonly onStalled?: ((why: string | undefined) => void) | undefined;
}

/** What became of an invocation. */
export type Outcome =
  /** The log is what the last 4 KB of it hold. */
  | { readonly type: "answered"; readonly payload: string; readonly log: string }
  /** Exception, exit or time-out: all are function errors, and the payload is the document of the error. */
  | { readonly type: "failed"; readonly payload: string; readonly log: string }
  /** No environment is free, and no more are to be made. */
  | { readonly type: "throttled"; readonly reason: "ConcurrentInvocationLimitExceeded" }
  /** Nobody was there to take the event. */
  | { readonly type: "unreachable"; readonly reason: string }
  /** The caller gave it up, or the runner was closed. */
  | { readonly type: "stopped" };

/** Runs functions. */
export interface Runner {
  /** Never rejects. */
  invoke(definition: FunctionDefinition, invocation: Invocation, signal: AbortSignal): Promise<Outcome>;
  /** Ends the process that would take the next invocation of the function, if one is free. */
  endNext(functionArn: string): void;
  /** What runs the function takes no further invocation, and ends once it has answered. */
  stop(functionArn: string): void;
  /** The same, and what is under way is stopped at once. */
  abandon(functionArn: string): void;
  /** Ends everything that runs. No process outlives it. */
  close(): Promise<void>;
}

/** Tells somebody what functions write, and what happens to them. */
export type RuntimeLog = (
  level: "info" | "warn",
  fields: { readonly function: string; readonly requestId?: string },
  text: string,
) => void;
