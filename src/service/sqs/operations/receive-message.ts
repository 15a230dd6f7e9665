import { integer, list, required, string, structure } from "../../../model/shape.ts";
import { kmsErrors, OverLimit, queueErrors } from "../errors.ts";
import { receive } from "../message/receive.ts";
import { systemAttributeNames } from "../message/system-attributes.ts";
import { queueOperation } from "../operation.ts";
import {
  attributeMap,
  messageAttributeMap,
  punctuatedId,
  queueUrl,
  visibilityTimeout,
  waitTimeSeconds,
} from "../shapes.ts";

const systemAttributeName = string({ values: systemAttributeNames });

const message = structure({
  MessageId: string(),
  ReceiptHandle: string(),
  MD5OfBody: string(),
  Body: string(),
  Attributes: attributeMap,
  MD5OfMessageAttributes: string(),
  MessageAttributes: messageAttributeMap,
});

export const receivedMessages = structure({ Messages: list(message, { flatName: "Message" }) });

/** Takes messages from a queue, waiting for the first if asked to. API_ReceiveMessage. */
export const receiveMessage = queueOperation({
  name: "ReceiveMessage",
  input: structure({
    QueueUrl: required(queueUrl),
    AttributeNames: list(systemAttributeName, { flatName: "AttributeName" }),
    // AWS: to the Query protocol both lists have one name.
    MessageSystemAttributeNames: list(systemAttributeName, { flatName: "AttributeName" }),
    MessageAttributeNames: list(string(), { flatName: "MessageAttributeName" }),
    MaxNumberOfMessages: integer({ min: 1, max: 10 }),
    VisibilityTimeout: visibilityTimeout,
    WaitTimeSeconds: waitTimeSeconds,
    ReceiveRequestAttemptId: punctuatedId,
  }),
  output: receivedMessages,
  errors: [OverLimit, ...queueErrors, ...kmsErrors],
  gaps: [
    "Short polls look at every message unless a fault is to have them miss some, where AWS samples a part of its servers.",
    "No KMS key is ever used, so the KMS errors do not occur.",
  ],
  handle: receive,
});
