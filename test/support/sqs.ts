import { QueueDirectory } from "../../src/engine/queue/queue-directory.ts";
import type { QueueRules } from "../../src/engine/queue/settings.ts";
import { AwsError } from "../../src/kernel/aws-error.ts";
import { ControlledClock } from "../../src/kernel/controlled-clock.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { scopeOf } from "../../src/kernel/scope.ts";
import type { Call } from "../../src/service/service.ts";
import { createSqsService } from "../../src/service/sqs/index.ts";
import type { SendResult } from "../../src/service/sqs/send-one.ts";
import type { WireMessage } from "../../src/service/sqs/wire-message.ts";

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
  return {
    requestId: "00000000-0000-4000-8000-000000000000",
    scope: scopeOf(account, region),
    dialect,
    origin,
    path: options.path ?? "/",
    isSigned: true,
    header: (name) => options.headers?.[name],
    signal: options.signal ?? new AbortController().signal,
    onUndelivered: options.onUndelivered ?? (() => {}),
  };
}

/** SQS over the real engine, its time standing still until a test moves it. */
export function aService(rules: Partial<QueueRules> = {}) {
  const clock = new ControlledClock({ now: () => START, at: () => () => {} });
  clock.freeze();
  const ids = seededIds("sqs");
  const directory = new QueueDirectory({
    clockOf: () => clock,
    ids,
    rules: {
      purgeCooldownMs: 60_000,
      recreateCooldownMs: 0,
      attributePropagationMs: 0,
      inFlightLimit: 120_000,
      ...rules,
    },
  });
  const service = createSqsService({ directory, ids });
  const call = (operation: string, input: Input, options?: CallOptions): unknown =>
    service.invoke(operation, input, aCall(options));
  return { service, directory, clock, call, ...commands(call) };
}

/** The calls that most tests make, with the part of the answer they want. */
function commands(call: (operation: string, input: Input, options?: CallOptions) => unknown) {
  const createQueue = (QueueName: string, Attributes?: Readonly<Record<string, string>>): string =>
    (call("CreateQueue", { QueueName, Attributes }) as { QueueUrl: string }).QueueUrl;
  return {
    /** The URL of a new standard queue. */
    createQueue,
    /** The URL of a new FIFO queue. */
    createFifoQueue: (name: string, attributes: Readonly<Record<string, string>> = {}) =>
      createQueue(name, { FifoQueue: "true", ...attributes }),
    arnOf: (QueueUrl: string): string => `arn:aws:sqs:${REGION}:${ACCOUNT}:${QueueUrl.split("/").at(-1)}`,
    attributesOf: (QueueUrl: string, ...names: readonly string[]): Readonly<Record<string, string>> => {
      const AttributeNames = names.length === 0 ? ["All"] : names;
      const { Attributes = {} } = call("GetQueueAttributes", { QueueUrl, AttributeNames }) as {
        Attributes?: Record<string, string>;
      };
      return Attributes;
    },
    send: (QueueUrl: string, MessageBody: string, more: Input = {}): SendResult =>
      call("SendMessage", { QueueUrl, MessageBody, ...more }) as SendResult,
    receive: (QueueUrl: string, more: Input = {}): readonly WireMessage[] =>
      (call("ReceiveMessage", { QueueUrl, ...more }) as { Messages?: readonly WireMessage[] }).Messages ?? [],
    /** What the call fails with. */
    failure: (operation: string, input: Input, options?: CallOptions): Failure =>
      failureOf(() => call(operation, input, options), options?.dialect),
  };
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

/** InvalidParameterValue with that text. */
export function invalidParameter(message: string): Failure {
  return { code: "InvalidParameterValue", status: 400, message };
}

/** InvalidParameterValue in its most frequent wording. */
export function invalidValue(parameter: string, value: unknown, reason: string): Failure {
  return invalidParameter(`Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`);
}

export function missingParameter(name: string): Failure {
  return { code: "MissingParameter", status: 400, message: `The request must contain the parameter ${name}.` };
}

export function missingQueue(message = "The specified queue does not exist."): Failure {
  return { code: "AWS.SimpleQueueService.NonExistentQueue", status: 400, message };
}
