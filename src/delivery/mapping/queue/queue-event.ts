import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";
import { oncePer } from "../../../kernel/collection/once-per.ts";
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

/**
 * A message as a record of the event that a function is invoked with, as JSON. AWS: members in this order. Recorded. It is put
 * together by hand: a fifth of what a batch costs went into making an object of each message and JSON of that.
 */
export function queueRecord(received: ReceivedMessage, writing: Writing): string {
  const { queue, hasWindow } = writing;
  const { message, receipt } = received;
  const { id, body, attributes } = message;
  const head = `{"messageId":${quoted(id)},"receiptHandle":${quoted(writing.receiptHandle(queue, receipt))}`;
  const own = `${head},"body":${quoted(body)},"attributes":${systemAttributes(received)}`;
  return `${own}${messageAttributes(attributes, writing, hasWindow)},"md5OfBody":"${md5(body)}"${sourceOf(queue)}`;
}

/** As JSON. */
const quoted: (text: string) => string = JSON.stringify;

function messageAttributes(
  attributes: MessageAttributes | undefined,
  { md5OfAttributes }: QueueWire,
  hasWindow: boolean,
) {
  if (attributes === undefined) return `,"messageAttributes":{}${hasWindow ? ',"md5OfMessageAttributes":null' : ""}`;
  const digest = quoted(md5OfAttributes(attributes));
  return `,"messageAttributes":${JSON.stringify(recordAttributes(attributes))},"md5OfMessageAttributes":${digest}`;
}

/** What ends every record of a queue. */
const sourceOf = oncePer(({ arn, scope }: Queue): string => {
  return `,${JSON.stringify({ eventSource: "aws:sqs", eventSourceARN: arn, awsRegion: scope.region }).slice(1)}`;
});

/** The event of a batch. */
export function queueEvent(records: readonly string[]): string {
  return `{"Records":[${records.join(",")}]}`;
}

/** AWS: all values are texts, in the order of the samples in the Lambda developer guide. */
function systemAttributes({ message, receiveCount, firstReceivedAt }: ReceivedMessage): string {
  const { traceHeader, sequenceNumber, groupId, senderId, deduplicationId, deadLetterSourceArn } = message;
  let text = `{"ApproximateReceiveCount":"${receiveCount}"`;
  if (traceHeader !== undefined) text += `,"AWSTraceHeader":${quoted(traceHeader)}`;
  text += `,"SentTimestamp":"${message.sentAt}"`;
  if (sequenceNumber !== undefined) text += `,"SequenceNumber":${quoted(sequenceNumber)}`;
  if (groupId !== undefined) text += `,"MessageGroupId":${quoted(groupId)}`;
  text += `,"SenderId":${quoted(senderId)}`;
  if (deduplicationId !== undefined) text += `,"MessageDeduplicationId":${quoted(deduplicationId)}`;
  text += `,"ApproximateFirstReceiveTimestamp":"${firstReceivedAt}"`;
  if (deadLetterSourceArn !== undefined) text += `,"DeadLetterQueueSourceArn":${quoted(deadLetterSourceArn)}`;
  return `${text}}`;
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
