import type { ReceivedMessage } from "../../../engine/queue/message.ts";

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
