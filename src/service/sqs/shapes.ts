import { LONGEST_DELAY_MS, LONGEST_VISIBILITY_MS, LONGEST_WAIT_MS } from "../../engine/queue/limits.ts";
import { blob, boolean, integer, list, map, required, string, structure } from "../../model/shape.ts";

/** Shapes that several operations share, with the names the Query protocol knows them by. */

export const queueUrl = string();

/** Members of every call on a queue. */
export const onlyQueueUrl = structure({ QueueUrl: required(queueUrl) });

export const attributeMap = map(string(), { flatName: "Attribute", keyName: "Name", valueName: "Value" });

export const tagMap = map(string(), { flatName: "Tag", keyName: "Key", valueName: "Value" });

export const queueUrls = list(string(), { flatName: "QueueUrl" });

/** A page of a listing. */
export const maxResults = integer({ min: 1, max: 1000 });

export const label = string({ min: 1, max: 80, pattern: /^[A-Za-z0-9_-]*$/ });

/** MessageGroupId, MessageDeduplicationId and ReceiveRequestAttemptId. */
export const punctuatedId = string({ min: 1, max: 128, pattern: /^[!-~]*$/ });

export const messageBody = string({ min: 1 });

export const delaySeconds = integer({ min: 0, max: LONGEST_DELAY_MS / 1000 });

export const visibilityTimeout = integer({ min: 0, max: LONGEST_VISIBILITY_MS / 1000 });

export const waitTimeSeconds = integer({ min: 0, max: LONGEST_WAIT_MS / 1000 });

export const receiptHandle = string({ min: 1 });

const attributeValue = structure({
  StringValue: string(),
  BinaryValue: blob(),
  StringListValues: list(string(), { flatName: "StringListValue" }),
  BinaryListValues: list(blob(), { flatName: "BinaryListValue" }),
  DataType: required(string()),
});

export const messageAttributeMap = map(attributeValue, {
  flatName: "MessageAttribute",
  keyName: "Name",
  valueName: "Value",
});

export const messageSystemAttributeMap = map(attributeValue, {
  flatName: "MessageSystemAttribute",
  keyName: "Name",
  valueName: "Value",
  key: string({ values: ["AWSTraceHeader"] }),
});

export const batchEntryId = label;

/** An entry of a batch that failed. AWS: in XML its members were seen in this order. */
export const batchResultErrorEntry = structure({
  Id: required(string()),
  Code: required(string()),
  Message: string(),
  SenderFault: required(boolean()),
});
