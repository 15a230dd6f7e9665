import { list, required, string, structure } from "../../../model/shape.ts";
import { gather } from "../../gather.ts";
import { arn } from "../arn-parameters.ts";
import { checkBatchEntries } from "../batch-entries.ts";
import {
  BatchEntryIdsNotDistinct,
  BatchRequestTooLong,
  EmptyBatchRequest,
  EndpointDisabled,
  InvalidBatchEntryId,
  InvalidSecurity,
  kmsErrors,
  ParameterValueInvalid,
  PlatformApplicationDisabled,
  resourceErrors,
  TooManyEntriesInBatchRequest,
  ValidationException,
} from "../errors.ts";
import { checkText } from "../message.ts";
import { readMessageAttributes } from "../message-attributes.ts";
import { messageBytes } from "../message-size.ts";
import { snsOperation } from "../operation.ts";
import { publishToTopic } from "../publish-to-topic.ts";
import { topicNamed } from "../resource.ts";
import { batchResultErrorEntry, messageMembers } from "../shapes.ts";
import { MAX_MESSAGE_BYTES } from "../topic-settings.ts";

const entry = structure({ Id: required(string()), ...messageMembers });

const resultEntry = structure({ Id: string(), MessageId: string(), SequenceNumber: string() });

/** Publishes up to ten messages to a topic. API_PublishBatch. */
export const publishBatch = snsOperation({
  name: "PublishBatch",
  input: structure({ TopicArn: required(arn), PublishBatchRequestEntries: required(list(entry)) }),
  output: structure({ Successful: list(resultEntry), Failed: list(batchResultErrorEntry) }),
  errors: [
    ...resourceErrors,
    ParameterValueInvalid,
    EndpointDisabled,
    PlatformApplicationDisabled,
    BatchEntryIdsNotDistinct,
    BatchRequestTooLong,
    EmptyBatchRequest,
    InvalidBatchEntryId,
    TooManyEntriesInBatchRequest,
    ...kmsErrors,
    InvalidSecurity,
    ValidationException,
  ],
  gaps: ["No KMS key is ever used, so the KMS errors do not occur."],
  handle(context, { TopicArn, PublishBatchRequestEntries: entries }) {
    checkBatchEntries(entries);
    // AWS: unlike everything else about an entry, an attribute that cannot be fails them all.
    const attributes = entries.map(({ MessageAttributes }) => readMessageAttributes(MessageAttributes));
    const topic = topicNamed(context, TopicArn);
    const bytes = entries.reduce((sum, message) => sum + messageBytes(message), 0);
    if (bytes > Math.max(MAX_MESSAGE_BYTES, topic.definition.settings.maxMessageBytes)) throw new BatchRequestTooLong();
    const { successful, failed } = gather(entries, (input, index) => {
      checkText(input);
      const { id, sequenceNumber } = publishToTopic(context, topic, { input, attributes: attributes[index] });
      return { Id: input.Id, MessageId: id, SequenceNumber: sequenceNumber };
    });
    return {
      Successful: successful,
      Failed: failed.map(({ id, error }) => ({
        Id: id,
        Code: error.queryCode,
        Message: error.message,
        SenderFault: error.fault === "Sender",
      })),
    };
  },
});
