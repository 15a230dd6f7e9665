import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { FunctionAnswer } from "../../invocation.ts";
import type { AsynchronousSettings, Condition, FunctionResponse, GivenUp, OwedEvent } from "./owed-event.ts";

/** AWS: the first retry comes after one minute, the second after two more. Recorded. */
const RETRY_DELAYS_MS = [60_000, 120_000];
/** AWS: what is throttled or cannot be run is tried again after 1 second at first, and after 5 minutes at the most. */
const SHORTEST_BACKOFF_MS = 1000;
const LONGEST_BACKOFF_MS = 300_000;
/** AWS: a dead letter has the first kilobyte of what the error says. */
const MOST_MESSAGE_BYTES = 1024;

const OK = 200;
const BAD_REQUEST = 400;
const TOO_MANY = 429;
const SERVICE_FAILURE = 500;
const TOO_OLD: GivenUp = { errorCode: TOO_MANY, errorMessage: "The event is older than its maximum age." };

/** What becomes of an event, now that an attempt is over. */
export type Verdict =
  | {
      readonly type: "ended";
      readonly condition: Condition;
      readonly invokeCount: number;
      readonly response: FunctionResponse | undefined;
      readonly givenUp: GivenUp | undefined;
    }
  | { readonly type: "retried"; readonly dueAt: number; readonly response: FunctionResponse }
  | { readonly type: "postponed"; readonly dueAt: number; readonly reason: string };

/** How an attempt came out that decides something. */
type Attempted = Exclude<FunctionAnswer, { readonly type: "missing" | "stopped" }>;

/** What becomes of the event at that instant, given how an attempt came out. */
export function verdictOn(event: OwedEvent, answer: Attempted, settings: AsynchronousSettings, now: number): Verdict {
  switch (answer.type) {
    case "answered":
      return ended("Success", event.attempts + 1, answer);
    case "failed":
      return afterFailure(event, answer, settings, now);
    case "throttled":
      if (settings.isStopped) return ended("ZeroReservedConcurrency", event.attempts, event.response, THROTTLED);
      return postponed(event, THROTTLED, settings, now);
    case "recursive": {
      const givenUp = { errorCode: BAD_REQUEST, errorMessage: answer.reason };
      return ended("RecursiveInvocation", event.attempts, event.response, givenUp);
    }
    case "unreachable":
      return postponed(event, { errorCode: SERVICE_FAILURE, errorMessage: answer.reason }, settings, now);
  }
}

const THROTTLED: GivenUp = { errorCode: TOO_MANY, errorMessage: "Rate Exceeded." };

/** The end of an event that is too old by then; undefined when it is not. */
export function verdictOnAge(event: OwedEvent, settings: AsynchronousSettings, now: number): Verdict | undefined {
  if (!isTooOld(event, settings, now)) return undefined;
  return ended("EventAgeExceeded", event.attempts, event.response, errorOf(event.response) ?? TOO_OLD);
}

function afterFailure(
  event: OwedEvent,
  answer: FunctionResponse,
  settings: AsynchronousSettings,
  now: number,
): Verdict {
  const attempts = event.attempts + 1;
  const response = { executedVersion: answer.executedVersion, payload: answer.payload };
  const delayMs = RETRY_DELAYS_MS[event.attempts];
  if (delayMs === undefined || attempts > settings.retryCount) {
    return ended("RetriesExhausted", attempts, response, errorOf(response));
  }
  const dueAt = now + delayMs;
  // AWS: looks ahead, and gives up at once what would be too old by its next attempt. Recorded.
  if (isTooOld(event, settings, dueAt)) return ended("EventAgeExceeded", attempts, response, errorOf(response));
  return { type: "retried", dueAt, response };
}

function postponed(event: OwedEvent, cause: GivenUp, settings: AsynchronousSettings, now: number): Verdict {
  const dueAt = now + Math.min(SHORTEST_BACKOFF_MS * 2 ** event.postponements, LONGEST_BACKOFF_MS);
  if (isTooOld(event, settings, dueAt)) return ended("EventAgeExceeded", event.attempts, event.response, cause);
  return { type: "postponed", dueAt, reason: cause.errorMessage };
}

function isTooOld({ acceptedAt }: OwedEvent, { maxAgeMs }: AsynchronousSettings, instant: number): boolean {
  return instant - acceptedAt >= maxAgeMs;
}

function ended(
  condition: Condition,
  invokeCount: number,
  answer: FunctionResponse | undefined,
  givenUp?: GivenUp,
): Verdict {
  const response = answer && { executedVersion: answer.executedVersion, payload: answer.payload };
  return { type: "ended", condition, invokeCount, response, givenUp };
}

/** AWS: a dead letter says 200 of a function that failed, and of its error the message alone. Recorded. */
function errorOf(response: FunctionResponse | undefined): GivenUp | undefined {
  return response && { errorCode: OK, errorMessage: beginningOf(messageOf(response.payload)) };
}

/** The message in the document of an error, or all of it when it has none. */
function messageOf(document: string): string {
  const { errorMessage } = parseJsonObject(document) ?? {};
  return typeof errorMessage === "string" ? errorMessage : document;
}

/** So much of the text as takes no more bytes than that, whole characters alone. */
function beginningOf(text: string): string {
  return text.slice(0, new TextEncoder().encodeInto(text, new Uint8Array(MOST_MESSAGE_BYTES)).read);
}
