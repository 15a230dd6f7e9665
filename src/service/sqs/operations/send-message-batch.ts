import { LARGEST_MESSAGE_BYTES } from "../../../engine/queue/limits.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { BatchRequestTooLong, batchErrors, InvalidParameterValue, kmsErrors, queueErrors } from "../errors.ts";
import { batchOperation } from "../message/batch.ts";
import { messageBytes } from "../message/message-content.ts";
import { type MessageInput, NO_DEDUPLICATION_ID, sendOne } from "../message/send-one.ts";
import type { QueueContext } from "../operation.ts";
import {
  batchEntryId,
  delaySeconds,
  messageAttributeMap,
  messageBody,
  messageSystemAttributeMap,
  punctuatedId,
} from "../shapes.ts";

/** Puts up to ten messages on a queue. API_SendMessageBatch. */
export const sendMessageBatch = batchOperation({
  name: "SendMessageBatch",
  entry: structure({
    Id: required(batchEntryId),
    MessageBody: required(messageBody),
    DelaySeconds: delaySeconds,
    MessageAttributes: messageAttributeMap,
    MessageSystemAttributes: messageSystemAttributeMap,
    MessageDeduplicationId: punctuatedId,
    MessageGroupId: punctuatedId,
  }),
  result: structure({
    Id: required(string()),
    MessageId: required(string()),
    MD5OfMessageBody: required(string()),
    MD5OfMessageAttributes: string(),
    MD5OfMessageSystemAttributes: string(),
    SequenceNumber: string(),
  }),
  errors: [...batchErrors, BatchRequestTooLong, ...queueErrors, ...kmsErrors],
  tooLong: (bytes) => new BatchRequestTooLong(LARGEST_MESSAGE_BYTES, bytes),
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "An entry whose values are out of range is told so in the words of SendMessage; those of AWS are not known.",
  ],
  checkAll(context, entries) {
    const bytes = entries.reduce((sum, entry) => sum + messageBytes(entry), 0);
    // AWS: the limit of the service, whatever the queue's MaximumMessageSize.
    if (bytes > LARGEST_MESSAGE_BYTES) throw new BatchRequestTooLong(LARGEST_MESSAGE_BYTES, bytes);
    if (context.queue.settings.isFifo) checkFifoIds(context, entries);
  },
  handleOne: (context, entry) => ({ Id: entry.Id, ...sendOne(context, entry, "entry") }),
});

/** AWS: what a FIFO queue cannot do without fails the whole batch, and with another code than in SendMessage. */
function checkFifoIds({ queue }: QueueContext, entries: readonly MessageInput[]): void {
  if (entries.some(({ MessageGroupId }) => MessageGroupId === undefined)) {
    throw new InvalidParameterValue("The request must contain the parameter MessageGroupId.");
  }
  const needsIds = !queue.settings.contentBasedDeduplication;
  if (needsIds && entries.some(({ MessageDeduplicationId }) => MessageDeduplicationId === undefined)) {
    throw new InvalidParameterValue(NO_DEDUPLICATION_ID);
  }
}
