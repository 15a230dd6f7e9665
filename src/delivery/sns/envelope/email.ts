import type { ConfirmationDelivery, Delivery } from "../../../engine/topic/delivery.ts";
import { subscribeUrl } from "./links.ts";
import type { Rendering } from "./rendering.ts";

/** What AWS calls its mails, those with a subject of the publisher's aside. */
const SUBJECT_OF_TYPE: Readonly<Record<Delivery["type"], string>> = {
  Notification: "AWS Notification Message",
  SubscriptionConfirmation: "AWS Notification - Subscription Confirmation",
  UnsubscribeConfirmation: "AWS Notification - Unsubscribe Confirmation",
};

/** Who a topic's mails are from. */
export function senderOf(displayName: string): string {
  return `${displayName || "AWS Notifications"} <no-reply@sns.amazonaws.com>`;
}

export function subjectOf(delivery: Delivery): string {
  const given = delivery.type === "Notification" ? delivery.notification.subject : undefined;
  return given ?? SUBJECT_OF_TYPE[delivery.type];
}

/** The mail for `email`: the message above a footer that cannot be changed. */
export function notificationMail(rendering: Rendering, subscriptionArn: string): string {
  return `${rendering.message}

--
If you wish to stop receiving notifications from this topic, please click or visit the link below to unsubscribe:
${rendering.unsubscribeUrl(subscriptionArn)}

Please do not reply directly to this email. If you have any questions or comments regarding this email, please contact us at https://aws.amazon.com/support
`;
}

/** The mail for `email` with the link that confirms a subscription, or brings it back. */
export function confirmationMail({ type, topic, token }: ConfirmationDelivery, base: string): string {
  const link = subscribeUrl(base, topic.arn, token);
  if (type === "SubscriptionConfirmation") {
    return `You have chosen to subscribe to the topic:
${topic.arn}

To confirm this subscription, click or visit the link below (If this was in error no action is necessary):
${link}

Please do not reply directly to this email. If you wish to remove yourself from receiving all future SNS subscription confirmation requests please send an email to sns-opt-out
`;
  }
  // GAP: AWS documents that there is such a mail, not its wording.
  return `Your subscription to the topic below has been deactivated:
${topic.arn}

If this was in error and you wish to resubscribe, click or visit the link below:
${link}
`;
}
