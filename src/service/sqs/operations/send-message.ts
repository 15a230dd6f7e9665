import { LARGEST_MESSAGE_BYTES } from "../../../engine/queue/limits.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { InvalidMessageContents, kmsErrors, messageTooLong, queueErrors } from "../errors.ts";
import { sendOne } from "../message/send-one.ts";
import { queueOperation } from "../operation.ts";
import {
  delaySeconds,
  messageAttributeMap,
  messageBody,
  messageSystemAttributeMap,
  punctuatedId,
  queueUrl,
} from "../shapes.ts";

/** Puts a message on a queue. API_SendMessage. */
export const sendMessage = queueOperation({
  name: "SendMessage",
  input: structure({
    QueueUrl: required(queueUrl),
    MessageBody: required(messageBody),
    DelaySeconds: delaySeconds,
    MessageAttributes: messageAttributeMap,
    MessageSystemAttributes: messageSystemAttributeMap,
    MessageDeduplicationId: punctuatedId,
    MessageGroupId: punctuatedId,
  }),
  // AWS: in XML they were seen in this order.
  output: structure({
    MessageId: string(),
    MD5OfMessageBody: string(),
    MD5OfMessageAttributes: string(),
    MD5OfMessageSystemAttributes: string(),
    SequenceNumber: string(),
  }),
  errors: [InvalidMessageContents, ...queueErrors, ...kmsErrors],
  tooLong: () => messageTooLong(LARGEST_MESSAGE_BYTES, "caller"),
  gaps: ["No KMS key is ever used, so the KMS errors do not occur."],
  handle: (context, input) => sendOne(context, input, "caller"),
});
