import type { Announce } from "../../engine/mobile/platform-application.ts";
import type { Push } from "../../engine/mobile/platform-endpoint.ts";
import type { SendSms } from "../../engine/sms/text-message.ts";
import type { Refusal } from "../../engine/topic/data-protection/data-protection.ts";
import type { PublishingTopic } from "../../engine/topic/delivery.ts";
import type { NewNotification } from "../../engine/topic/notification.ts";

/**
 * What a topic's data protection policy makes of a message that the principal publishes: the content to go on with, or
 * why there is none. Only asked when the topic has a policy.
 */
type Protect = (topic: PublishingTopic, content: NewNotification, principal: string) => NewNotification | Refusal;

/** What leaves the service, and what it asks of others. */
export interface SnsPorts {
  readonly sendSms: SendSms;
  readonly push: Push;
  readonly announce: Announce;
  readonly protect: Protect;
}
