import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Infer } from "../../../model/shape.ts";
import { isTraceHeader } from "../../trace-header.ts";
import { InvalidParameterValue } from "../errors.ts";
import type { messageSystemAttributeMap } from "../shapes.ts";

/** Where the values of system attributes come from. Undefined: the message does not have it. API_ReceiveMessage. */
const sources: Readonly<Record<string, (received: ReceivedMessage) => string | undefined>> = {
  SenderId: ({ message }) => message.senderId,
  SentTimestamp: ({ message }) => String(message.sentAt),
  ApproximateReceiveCount: ({ receiveCount }) => String(receiveCount),
  ApproximateFirstReceiveTimestamp: ({ firstReceivedAt }) => String(firstReceivedAt),
  SequenceNumber: ({ message }) => message.sequenceNumber,
  MessageDeduplicationId: ({ message }) => message.deduplicationId,
  MessageGroupId: ({ message }) => message.groupId,
  AWSTraceHeader: ({ message }) => message.traceHeader,
  DeadLetterQueueSourceArn: ({ message }) => message.deadLetterSourceArn,
};

/** What ReceiveMessage may be asked for. */
export const systemAttributeNames: readonly string[] = ["All", ...Object.keys(sources)];

/** The names whose values either list wants, in an order of their own. */
export function requestedNames(
  list: readonly string[] | undefined,
  other: readonly string[] | undefined,
): readonly string[] {
  if (list === undefined && other === undefined) return [];
  const names = new Set([...(list ?? []), ...(other ?? [])]);
  return Object.keys(sources).filter((name) => names.has("All") || names.has(name));
}

/** The message's values for these names, or undefined when it has none of them. */
export function systemAttributes(
  received: ReceivedMessage,
  names: readonly string[],
): Readonly<Record<string, string>> | undefined {
  const values: Record<string, string> = {};
  let hasAny = false;
  for (const name of names) {
    const value = sources[name]?.(received);
    if (value === undefined) continue;
    values[name] = value;
    hasAny = true;
  }
  return hasAny ? values : undefined;
}

type SystemAttributes = Infer<typeof messageSystemAttributeMap>;

/** AWS: whatever the operation, a request is refused whose trace header cannot be read. Reported of GetQueueUrl and CreateQueue. */
export function checkTraceHeader(header: string): void {
  if (isTraceHeader(header)) return;
  throw new InvalidParameterValue(
    `The request has a 'X-Amzn-Trace-Id' HTTP header which is reserved for AWS X-Ray trace header and has an invalid value '${header}'`,
  );
}

/** The X-Ray trace header among the system attributes that a message is sent with, if it is there. */
export function readTraceHeader({ AWSTraceHeader: attribute }: SystemAttributes): string | undefined {
  if (attribute === undefined) return undefined;
  if (attribute.DataType !== "String") {
    throw new InvalidParameterValue(
      "The type of message (system) attribute 'AWSTraceHeader' is invalid. You must use only the following supported type prefixes: String.",
    );
  }
  if (!attribute.StringValue) {
    throw new InvalidParameterValue(
      "Message (system) attribute 'AWSTraceHeader' must contain a non-empty value of type 'String'.",
    );
  }
  if (!isTraceHeader(attribute.StringValue)) {
    throw new InvalidParameterValue("Message (system) attribute 'AWSTraceHeader' must be a valid X-Ray trace header.");
  }
  return attribute.StringValue;
}
