import { list, required, string, structure } from "../../../model/shape.ts";
import { gather, MAX_ENTRIES } from "../../gather.ts";
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
import { snsOperation } from "../operation.ts";
import { checkBatchEntries } from "../publish/batch-entries.ts";
import { checkSize, checkText, messageBytes, structureOf } from "../publish/message.ts";
import { readMessageAttributes } from "../publish/message-attributes.ts";
import { checkTopicType, publishStructured } from "../publish/publish-to-topic.ts";
import { topicNamed } from "../resource.ts";
import { arn, batchResultErrorEntry, messageMembers } from "../shapes.ts";
import { MAX_MESSAGE_BYTES } from "../topic/topic-settings.ts";

const entry = structure({ Id: required(string()), ...messageMembers });

/** AWS: in this order, as those of the answer are. */
const resultEntry = structure({ MessageId: string(), Id: string(), SequenceNumber: string() });

/** Publishes up to ten messages to a topic. API_PublishBatch. */
export const publishBatch = snsOperation({
  name: "PublishBatch",
  input: structure({
    TopicArn: required(arn),
    PublishBatchRequestEntries: required(list(entry, { max: MAX_ENTRIES })),
  }),
  output: structure({ Failed: list(batchResultErrorEntry), Successful: list(resultEntry) }),
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
  gaps: [
    "No KMS key is ever used, so the KMS errors do not occur.",
    "A bad subject, an empty or too long message and an id with characters that cannot be fail their entry alone; what AWS does with them is not known.",
  ],
  handle(context, { TopicArn, PublishBatchRequestEntries: entries }) {
    checkBatchEntries(entries);
    // AWS: an attribute that cannot be fails them all.
    const attributes = entries.map(
      ({ MessageAttributes }) => MessageAttributes && readMessageAttributes(MessageAttributes),
    );
    const topic = topicNamed(context, TopicArn);
    const bytes = entries.reduce((sum, message) => sum + messageBytes(message), 0);
    const { settings } = topic.definition;
    if (bytes > Math.max(MAX_MESSAGE_BYTES, settings.maxMessageBytes)) throw new BatchRequestTooLong();
    // AWS: so do a structure without a default, told first, and ids that are missing.
    const structures = entries.map((input) => structureOf(input, "default"));
    for (const input of entries) checkTopicType(input, settings);
    const { successful, failed } = gather(entries, (input, index) => {
      checkText(input);
      checkSize(input, settings.maxMessageBytes);
      const message = { input, attributes: attributes[index], structure: structures[index] };
      const { id, sequenceNumber } = publishStructured(context, topic, message);
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
