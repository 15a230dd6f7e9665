import type { TopicSettings } from "../../../engine/topic/settings.ts";
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
