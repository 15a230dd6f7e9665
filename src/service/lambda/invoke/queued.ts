import type { FunctionCall, QueueEvent } from "../../../engine/invocation.ts";
import { RequestTooLarge } from "./invoke-errors.ts";

/** AWS: of an event that waits, 1 MB. [model] */
export const MOST_BYTES = 1024 * 1024;

export const eventGaps = [
  "Of one function five Events run at a time; more wait for their turn.",
  "More than 100,000 Events that wait in an account and region, or 256 MB of them, are refused as a throttle.",
  "Destinations of Events are queues, topics, functions and, for failures, buckets, in whose place a folder stands; EventBridge gets nothing.",
  "What a dead letter says of an Event that was too old before it ran is not known of AWS.",
  "What destinations and dead letters say of an Event that was stopped since it went in a loop is not known of AWS.",
];

/** Has an event wait for its function. AWS: its client context is not for those. Throws RequestTooLarge and TooManyRequests. */
export function queued({ queueEvent }: { readonly queueEvent: QueueEvent }, call: FunctionCall) {
  const { functionArn, requestId, payload, traceId } = call;
  const bytes = Buffer.byteLength(payload);
  if (bytes > MOST_BYTES) throw new RequestTooLarge(bytes, "Event", MOST_BYTES);
  queueEvent({ functionArn, requestId, payload, traceId });
  return { StatusCode: 202 };
}
