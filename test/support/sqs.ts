import { QueueDirectory } from "../../src/engine/queue/queue-directory.ts";
import type { QueueRules } from "../../src/engine/queue/settings.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { createSqsService } from "../../src/service/sqs/index.ts";
import type { SendResult } from "../../src/service/sqs/message/send-one.ts";
import type { WireMessage } from "../../src/service/sqs/message/wire-message.ts";
import {
  ACCOUNT,
  aCall,
  aFrozenClock,
  type CallOptions,
  type Failure,
  failureOf,
  type Input,
  REGION,
  run,
} from "./service-call.ts";

export {
  ACCOUNT,
  aCall,
  type CallOptions,
  errorOf,
  type Failure,
  failureOf,
  type Input,
  REGION,
  START,
} from "./service-call.ts";

/** SQS over the real engine, its time standing still until a test moves it. */
export function aService(rules: Partial<QueueRules> = {}) {
  const clock = aFrozenClock();
  const ids = seededIds("sqs");
  const directory = new QueueDirectory({
    logs: new EventLogs(),
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
    run(service, operation, input, aCall(options));
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
