import type { SubscriptionProtocol } from "../../../engine/topic/subscription-protocol.ts";
import type { Topic } from "../../../engine/topic/topic.ts";
import type { Refusal } from "../refusal.ts";

/** The subscription whose attributes are being set; it may not exist yet. */
export interface SubscriptionSubject {
  readonly topic: Topic;
  readonly protocol: SubscriptionProtocol;
  readonly endpoint: string;
  readonly refusal: Refusal;
}
