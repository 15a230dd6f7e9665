import type { EndedEvent } from "../../../engine/function/asynchronous/owed-event.ts";
import type { FunctionNotes } from "../../../engine/function/function-notes.ts";
import { passedThrough } from "../../../engine/function/lineage.ts";
import type { QueueEvent } from "../../../engine/invocation.ts";
import type { NewNotification } from "../../../engine/topic/notification.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { withoutForbidden } from "../../../kernel/control-characters.ts";
import type { Ids } from "../../../kernel/ids.ts";
import { queueJson } from "../../../kernel/json/queue-json.ts";
import type { MessageAttributes } from "../../../kernel/message-attribute.ts";
import { callerUserId } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { BucketPayload } from "../../target/bucket-folder.ts";
import type { QueuePayload } from "../../target/queue.ts";
import type { Targets } from "../../target/targets.ts";
import type { TopicPayload } from "../../target/topic.ts";
import { refused } from "../../transport/attempt.ts";
import type { Job } from "../../transport/job.ts";
import { managedEndpointRetries } from "../../transport/retry.ts";
import { newTrace } from "../loop-guard.ts";
import { destinationRecord, recordKey } from "./destination-record.ts";

/** Hears of what did not get where it was to go. Never throws. */
export type ReportLost = (lost: {
  readonly what: "destination record" | "dead letter";
  readonly requestId: string;
  readonly functionArn: string;
  readonly receiver: string;
  readonly reason: string;
}) => void;

interface EndsDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Pick<Ids, "bytes" | "uuid">;
  readonly targets: Pick<Targets, "queue" | "topic" | "bucket">;
  /** Takes an event for a function if there is one of that ARN; says why not otherwise. */
  readonly invokeLater: (event: Parameters<QueueEvent>[0]) => string | undefined;
  /** Where links in messages of topics lead: scheme and authority. */
  readonly origin: () => string;
  readonly lost: ReportLost;
  readonly notes: Pick<FunctionNotes, "isHeard" | "tell">;
  /** Hears that something that was on its way is there, or never will be. */
  readonly over: () => void;
}

/** Something that is sent when an event has ended. */
interface Sending {
  readonly what: Parameters<ReportLost>[0]["what"];
  readonly receiver: string;
  readonly textOf: (mostBytes: number) => string;
  readonly attributes?: MessageAttributes;
  readonly traceHeader: string | undefined;
}

/** AWS: quotas, SQS and SNS developer guides; asynchronous invocation, Lambda developer guide. */
const MOST_BYTES = { sqs: 1024 * 1024, sns: 256 * 1024, lambda: 1024 * 1024 };

const NOT_FOR_FIFO = refused("A FIFO queue takes nothing from Lambda");

/** Tells destinations and dead-letter queues of events that ended. */
export class Ends {
  readonly #deps: EndsDeps;

  constructor(deps: EndsDeps) {
    this.#deps = deps;
  }

  /** AWS: destination and dead-letter queue do not know of each other; where both are configured both are told. Never throws. */
  tell(ended: EndedEvent): void {
    const { event, settings, givenUp } = ended;
    const destination = givenUp === undefined ? settings.onSuccess : settings.onFailure;
    if (destination !== undefined) this.#send(ended, this.#recordFor(destination, ended));
    if (givenUp === undefined || settings.deadLetterArn === undefined) return;
    this.#send(ended, {
      what: "dead letter",
      receiver: settings.deadLetterArn,
      textOf: () => event.payload,
      // AWS: these three, whatever kind of receiver it is. Recorded.
      attributes: {
        RequestID: { dataType: "String", value: event.requestId },
        ErrorCode: { dataType: "Number", value: String(givenUp.errorCode) },
        // A queue takes no attribute without a value. GAP: what AWS does with characters that it does not take is not known.
        ...(givenUp.errorMessage !== "" && {
          ErrorMessage: { dataType: "String", value: withoutForbidden(givenUp.errorMessage) },
        }),
      },
      traceHeader: event.traceId && passedThrough(event.functionArn, event.traceId),
    });
  }

  /** AWS: a record has a trace header whether its event had one or not. Recorded. */
  #recordFor(receiver: string, ended: EndedEvent): Sending {
    const { event } = ended;
    const now = this.#deps.clockOf(accountOf(ended)).now();
    return {
      what: "destination record",
      receiver,
      textOf: (mostBytes) => destinationRecord(ended, now, mostBytes),
      traceHeader: passedThrough(event.functionArn, event.traceId ?? newTrace(this.#deps.ids, now)),
    };
  }

  #send(ended: EndedEvent, sending: Sending): void {
    const { targets, invokeLater, lost } = this.#deps;
    const { receiver, textOf, traceHeader } = sending;
    const service = parseArn(receiver)?.service;
    try {
      switch (service) {
        case "sqs":
          return targets.queue.deliver(this.#job(ended, sending, queuePayload(ended, sending)));
        case "sns":
          return targets.topic.deliver(this.#job(ended, sending, this.#topicPayload(sending)));
        case "lambda": {
          const payload = textOf(MOST_BYTES.lambda);
          const problem = invokeLater({ functionArn: receiver, payload, traceId: traceHeader });
          if (problem !== undefined) lost({ ...lossOf(ended, sending), reason: problem });
          else this.#told(ended, receiver);
          return;
        }
        case "s3":
          return targets.bucket.deliver(this.#job(ended, sending, this.#bucketPayload(ended, sending)));
        default:
          // GAP: EventBridge gets nothing.
          return lost({ ...lossOf(ended, sending), reason: `Nothing is sent to ${service ?? "this"} here` });
      }
    } catch (cause) {
      lost({ ...lossOf(ended, sending), reason: String(cause) });
    }
  }

  #topicPayload({ receiver, textOf, attributes, traceHeader }: Sending): TopicPayload {
    const notification = (): NewNotification => ({
      message: textOf(MOST_BYTES.sns),
      attributes,
      traceHeader,
      origin: this.#deps.origin(),
    });
    return { topicArn: receiver, notification };
  }

  /** AWS: whole, whatever its length, as an object of its own. */
  #bucketPayload(ended: EndedEvent, { receiver, textOf }: Sending): BucketPayload {
    const content = Buffer.from(textOf(Number.POSITIVE_INFINITY));
    const now = this.#deps.clockOf(accountOf(ended)).now();
    return { bucketArn: receiver, key: recordKey(ended, now, this.#deps.ids.uuid()), content: () => content };
  }

  #job<Payload>(ended: EndedEvent, sending: Sending, payload: Payload): Job<Payload> {
    return {
      key: ended.settings.qualifiedArn,
      receiver: sending.receiver,
      account: accountOf(ended),
      payload,
      content: ended,
      characters: ended.event.payload.length + (ended.response?.payload.length ?? 0),
      retryPolicy: managedEndpointRetries,
      pace: undefined,
      withdrawn: undefined,
      outcome: (_attempt, outcome) => {
        if (outcome.result === "delivered") this.#told(ended, sending.receiver);
        if (outcome.result === "dropped") this.#deps.lost({ ...lossOf(ended, sending), reason: outcome.reason });
        this.#deps.over();
      },
      deadLetter: () => ({ problem: undefined }),
    };
  }

  #told(ended: EndedEvent, receiver: string): void {
    const { notes, clockOf } = this.#deps;
    if (!notes.isHeard) return;
    const { qualifiedArn: functionArn } = ended.settings;
    const [at, isFailure] = [clockOf(accountOf(ended)).now(), ended.givenUp !== undefined];
    notes.tell({ type: "destinationTold", at, functionArn, receiver, isFailure });
  }
}

function queuePayload(ended: EndedEvent, sending: Sending): QueuePayload {
  const { receiver, textOf, attributes, traceHeader } = sending;
  return {
    queueArn: receiver,
    sender: sending,
    messageFor: ({ isFifo }) => {
      if (isFifo) return NOT_FOR_FIFO;
      return { body: queueJson(textOf(MOST_BYTES.sqs)), senderId: senderId(ended), attributes, traceHeader };
    },
  };
}

/** The session of a function's role. */
function senderId(ended: EndedEvent): string {
  const [name = ""] = ended.settings.qualifiedArn.split(":").slice(6, 7);
  return `${callerUserId(accountOf(ended)).replace(/^AIDA/, "AROA")}:${name}`;
}

function accountOf({ settings }: EndedEvent): string {
  return settings.qualifiedArn.split(":", 5)[4] ?? "";
}

function lossOf({ event, settings }: EndedEvent, { what, receiver }: Sending) {
  return { what, requestId: event.requestId, functionArn: settings.qualifiedArn, receiver };
}
