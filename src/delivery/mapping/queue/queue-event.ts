import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import { md5 } from "../../../kernel/digest.ts";
import type { MessageAttribute, MessageAttributes } from "../../../kernel/message-attribute.ts";

/** What of messages only the service of queues can say. */
export interface QueueWire {
  /** What DeleteMessage takes. */
  receiptHandle(queue: Queue, receipt: ReceivedMessage["receipt"]): string;
  md5OfAttributes(attributes: MessageAttributes): string;
}

/** How the records of a mapping are written. */
interface Writing extends QueueWire {
  readonly queue: Queue;
  /** AWS: with a batching window there is a digest of no attributes, which is null. Recorded. */
  readonly hasWindow: boolean;
}

/** A message as a record of the event that a function is invoked with, as JSON. AWS: members in this order. Recorded. */
export function queueRecord(received: ReceivedMessage, writing: Writing): string {
  const { queue, hasWindow } = writing;
  const { message, receipt } = received;
  const { body, attributes } = message;
  const digest = attributes === undefined ? null : writing.md5OfAttributes(attributes);
  return JSON.stringify({
    messageId: message.id,
    receiptHandle: writing.receiptHandle(queue, receipt),
    body,
    attributes: systemAttributes(received),
    messageAttributes: attributes === undefined ? {} : recordAttributes(attributes),
    ...((digest !== null || hasWindow) && { md5OfMessageAttributes: digest }),
    md5OfBody: md5(body),
    eventSource: "aws:sqs",
    eventSourceARN: queue.arn,
    awsRegion: queue.scope.region,
  });
}

/** The event of a batch. */
export function queueEvent(records: readonly string[]): string {
  return `{"Records":[${records.join(",")}]}`;
}

/** AWS: all values are texts, in the order of the samples in the Lambda developer guide. */
function systemAttributes({ message, receiveCount, firstReceivedAt }: ReceivedMessage) {
  return {
    ApproximateReceiveCount: String(receiveCount),
    AWSTraceHeader: message.traceHeader,
    SentTimestamp: String(message.sentAt),
    SequenceNumber: message.sequenceNumber,
    MessageGroupId: message.groupId,
    SenderId: message.senderId,
    MessageDeduplicationId: message.deduplicationId,
    ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
    DeadLetterQueueSourceArn: message.deadLetterSourceArn,
  };
}

function recordAttributes(attributes: MessageAttributes) {
  return Object.fromEntries(Object.entries(attributes).map(([name, attribute]) => [name, recordAttribute(attribute)]));
}

/** AWS: with lists, which are always empty. */
function recordAttribute({ dataType, value }: MessageAttribute) {
  const given =
    typeof value === "string" ? { stringValue: value } : { binaryValue: Buffer.from(value).toString("base64") };
  return { ...given, stringListValues: [], binaryListValues: [], dataType };
}
