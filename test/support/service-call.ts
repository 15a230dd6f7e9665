import { AwsError } from "../../src/kernel/aws-error.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import type { Call, ServedService } from "../../src/service/service.ts";

export const START = 1_767_323_045_678;
export const ACCOUNT = "000000000000";
export const REGION = "us-east-1";

/** How a call differs from one of the usual account in JSON. */
export interface CallOptions {
  readonly account?: string;
  readonly region?: string;
  readonly dialect?: Call["dialect"];
  readonly origin?: string;
  readonly path?: string;
  readonly isSigned?: boolean;
  /** As `isSigned`, unless given. */
  readonly namesRegion?: boolean;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
  readonly onUndelivered?: (task: () => void) => void;
}

export type Input = Readonly<Record<string, unknown>>;

/** What a test looks at in a failure: the Query code, the status and the text. */
export interface Failure {
  readonly code: string;
  readonly status: number;
  readonly message: string;
}

export function aCall(options: CallOptions = {}): Call {
  const { account = ACCOUNT, region = REGION, dialect = "json", origin = "http://localhost:4566" } = options;
  const { signal = new AbortController().signal } = options;
  return {
    requestId: "00000000-0000-4000-8000-000000000000",
    scope: scopeOf(account, region),
    dialect,
    origin,
    path: options.path ?? "/",
    isSigned: options.isSigned ?? true,
    namesRegion: options.namesRegion ?? options.isSigned ?? true,
    traceHeader: options.headers?.["x-amzn-trace-id"] || undefined,
    header: (name) => options.headers?.[name],
    signal,
    abortNotice: signal,
    onUndelivered: options.onUndelivered ?? (() => {}),
  };
}

/** What the service answers to the call of an operation that it has. */
export function run(service: ServedService, name: string, input: unknown, call: Call): unknown {
  const operation = service.operations.get(name);
  if (operation === undefined || "load" in operation) throw new Error(`${name} is not there`);
  return operation.run(call, input);
}

/** A clock that stands still until a test moves it. */
export function aFrozenClock(): ControlledClock {
  const clock = new ControlledClock({ now: () => START, at: () => () => {} });
  clock.freeze();
  return clock;
}

/** The AWS error that `task` throws, in the words of that dialect. */
export function failureOf(task: () => unknown, dialect: Call["dialect"] = "json"): Failure {
  const { queryCode, status, message, queryMessage } = errorOf(task);
  return { code: queryCode, status, message: dialect === "query" ? queryMessage : message };
}

export function errorOf(task: () => unknown): AwsError {
  try {
    task();
  } catch (cause) {
    if (cause instanceof AwsError) return cause;
    throw cause;
  }
  throw new Error("expected an AWS error");
}
