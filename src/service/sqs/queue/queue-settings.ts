import type { QueueSettings } from "../../../engine/queue/settings.ts";
import type { Attributes } from "./attribute-changes.ts";
import { redriveOf } from "./redrive-policy.ts";

/** How a queue with these attributes behaves. */
export function settingsOf(attributes: Attributes): QueueSettings {
  const milliseconds = (name: string): number => Number(attributes[name]) * 1000;
  return {
    isFifo: attributes.FifoQueue === "true",
    delayMs: milliseconds("DelaySeconds"),
    maxMessageBytes: Number(attributes.MaximumMessageSize),
    retentionMs: milliseconds("MessageRetentionPeriod"),
    receiveWaitMs: milliseconds("ReceiveMessageWaitTimeSeconds"),
    visibilityTimeoutMs: milliseconds("VisibilityTimeout"),
    redrive: redriveOf(attributes.RedrivePolicy),
    contentBasedDeduplication: attributes.ContentBasedDeduplication === "true",
    deduplicationScope: attributes.DeduplicationScope === "messageGroup" ? "messageGroup" : "queue",
  };
}
