import type { TopicSettings } from "../../../engine/topic/settings.ts";
import { isResourceName } from "../../resource-name.ts";
import { invalidParameter } from "../errors.ts";
import { archiveRetentionMs } from "./archive-policy.ts";
import type { Attributes } from "./topic-changes.ts";
import { topicDeliveryPolicyOf } from "./topic-delivery-policy.ts";

/** AWS: the largest message, attributes included, unless the topic says otherwise. */
export const MAX_MESSAGE_BYTES = 262_144;

/** How a topic with these attributes behaves. */
export function topicSettingsOf(attributes: Attributes): TopicSettings {
  const { DisplayName = "", MaximumMessageSize = MAX_MESSAGE_BYTES } = attributes;
  return {
    isFifo: attributes.FifoTopic === "true",
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicationScope: attributes.FifoThroughputScope === "MessageGroup" ? "messageGroup" : "topic",
    signatureVersion: attributes.SignatureVersion === "2" ? "2" : "1",
    maxMessageBytes: Number(MaximumMessageSize),
    archiveRetentionMs: archiveRetentionMs(attributes.ArchivePolicy),
    deliveryPolicy: topicDeliveryPolicyOf(attributes.DeliveryPolicy),
    displayName: DisplayName,
  };
}

/** Characters of the longest name of a topic. */
export const LONGEST_TOPIC_NAME = 256;

/** Whether the topic being created is a FIFO one. Throws InvalidParameter when its name is not one for its type. */
export function isFifoTopic(name: string, attributes: Readonly<Record<string, string>>): boolean {
  const isFifo = attributes.FifoTopic?.toLowerCase() === "true";
  if (!isResourceName(name, LONGEST_TOPIC_NAME, isFifo)) throw invalidParameter("Topic Name");
  return isFifo;
}
