import type { SubscriptionProtocol } from "../../../engine/topic/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import { SubscriptionLimitExceeded } from "../errors.ts";
import { protocols } from "./protocols.ts";

/** AWS: subscriptions of a FIFO topic. SNS endpoints and quotas. */
const MAX_OF_FIFO_TOPIC = 100;

/** Throws SubscriptionLimitExceeded when the topic cannot have one more subscription of that protocol and owner. */
export function checkQuota(topic: Topic, protocol: SubscriptionProtocol, owner: string): void {
  if (topic.definition.settings.isFifo) refuseBeyond(MAX_OF_FIFO_TOPIC, topic.subscriptions.length);
  const { maxOfOwner } = protocols[protocol];
  if (maxOfOwner === Number.POSITIVE_INFINITY) return; // and counts nothing
  const owned = topic.subscriptions.filter((one) => one.protocol === protocol && one.owner === owner);
  refuseBeyond(maxOfOwner, owned.length);
}

function refuseBeyond(max: number, count: number): void {
  if (count >= max) throw new SubscriptionLimitExceeded();
}
