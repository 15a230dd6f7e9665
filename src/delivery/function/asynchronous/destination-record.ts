import type { EndedEvent } from "../../../engine/function/asynchronous/owed-event.ts";
import { formatIso8601 } from "../../../kernel/time/iso8601.ts";
import { dayAndTime } from "../../target/object-key-time.ts";

const OK = 200;

/**
 * What destinations are told of an event that ended. AWS: in this order. Recorded. Without the event and the answer where it
 * would take more bytes than the destination accepts.
 */
export function destinationRecord(ended: EndedEvent, endedAt: number, mostBytes: number): string {
  const whole = recordText(ended, endedAt, { hasPayloads: true });
  return Buffer.byteLength(whole) <= mostBytes ? whole : recordText(ended, endedAt, { hasPayloads: false });
}

/** Under which key a bucket has the record. AWS: capturing records of asynchronous invocations, Lambda developer guide. */
export function recordKey({ settings }: EndedEvent, endedAt: number, unique: string): string {
  const [name = ""] = settings.qualifiedArn.split(":").slice(6, 7);
  return `aws/lambda/async/${name}/${dayAndTime(endedAt)}-${unique}`;
}

/** Payloads are JSON, and stand in the record as they were given. */
function recordText(
  { event, condition, invokeCount, response, givenUp, settings }: EndedEvent,
  endedAt: number,
  { hasPayloads }: { readonly hasPayloads: boolean },
): string {
  const requestContext = {
    requestId: event.requestId,
    functionArn: settings.qualifiedArn,
    condition,
    approximateInvokeCount: invokeCount,
  };
  const members = [`"version":"1.0"`, `"timestamp":${JSON.stringify(formatIso8601(endedAt))}`];
  members.push(`"requestContext":${JSON.stringify(requestContext)}`);
  if (hasPayloads) members.push(`"requestPayload":${event.payload}`);
  if (response !== undefined) {
    const functionError = givenUp && "Unhandled";
    const context = { statusCode: OK, executedVersion: response.executedVersion, functionError };
    members.push(`"responseContext":${JSON.stringify(context)}`);
    if (hasPayloads) members.push(`"responsePayload":${response.payload}`);
  }
  return `{${members.join(",")}}`;
}
