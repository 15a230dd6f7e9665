import type { SubscriptionProtocol } from "../../../engine/topic/notification.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { SubscriptionLimitExceeded } from "../errors.ts";

/** AWS: subscriptions of a FIFO topic, and delivery streams one owner may subscribe to a topic. SNS endpoints and quotas. */
const MAX_OF_FIFO_TOPIC = 100;
const MAX_STREAMS_OF_OWNER = 5;

/** Throws SubscriptionLimitExceeded when the topic cannot have one more subscription of that protocol and owner. */
export function checkQuota(topic: Topic, protocol: SubscriptionProtocol, owner: string): void {
  if (topic.definition.settings.isFifo) refuseBeyond(MAX_OF_FIFO_TOPIC, topic.subscriptions.length);
  if (protocol !== "firehose") return;
  const streams = topic.subscriptions.filter((one) => one.protocol === protocol && one.owner === owner);
  refuseBeyond(MAX_STREAMS_OF_OWNER, streams.length);
}

function refuseBeyond(max: number, count: number): void {
  if (count >= max) throw new SubscriptionLimitExceeded();
}
