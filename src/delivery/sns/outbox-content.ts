import type { PushNotification } from "../../engine/mobile/platform-endpoint.ts";
import type { TextMessage } from "../../engine/sms/text-message.ts";
import type { Delivery, NotificationDelivery } from "../../engine/topic/delivery.ts";
import { parseJsonObject } from "../../kernel/json/json-object.ts";
import type { MessageAttributes } from "../../kernel/message-attribute.ts";
import type { OutboxAddress, OutboxContent } from "../target/outbox-store.ts";
import type { Envelopes, MailFormat } from "./envelope/envelopes.ts";
import { smsParts } from "./sms-parts.ts";

/** Who a topic's delivery is for. */
export function addressOf(delivery: Delivery): OutboxAddress {
  const { topic, subscription, type } = delivery;
  return {
    account: topic.scope.account,
    region: topic.scope.region,
    protocol: subscription.protocol,
    to: subscription.endpoint,
    type,
    messageId: delivery.type === "Notification" ? delivery.notification.id : delivery.id,
    topicArn: topic.arn,
    subscriptionArn: subscription.arn,
  };
}

/** A mail: a notification, or a link to follow. */
export function mailContent(delivery: Delivery, format: MailFormat, envelopes: Envelopes): OutboxContent {
  const { from, subject, text: body } = envelopes.email(delivery, format);
  if (delivery.type === "Notification") return { from, subject, body };
  const link = parseJsonObject(envelopes.confirmation(delivery))?.SubscribeURL;
  return { from, subject, body, subscribeUrl: typeof link === "string" ? link : undefined };
}

/** A record of a delivery stream. */
export function recordContent(delivery: NotificationDelivery, envelopes: Envelopes): OutboxContent {
  const { notification, subscription } = delivery;
  const { isRaw } = subscription.settings;
  return { body: isRaw ? notification.messageFor(subscription.protocol) : envelopes.firehoseRecord(delivery) };
}

/** The event of a function. */
export function eventContent(delivery: NotificationDelivery, envelopes: Envelopes): OutboxContent {
  return { body: envelopes.lambdaEvent(delivery) };
}

export function smsContent({
  text: body,
  senderId: from,
  smsType,
  attributes,
}: Pick<TextMessage, "text" | "senderId" | "smsType" | "attributes">): OutboxContent {
  return { from, body, smsType, parts: smsParts(body), attributes: textsOf(attributes) };
}

export function pushContent({
  endpoint,
  payload: body,
  subject,
  attributes,
}: Pick<PushNotification, "endpoint" | "payload" | "subject" | "attributes">): OutboxContent {
  const { platform, settings } = endpoint;
  return { subject, body, platform, token: settings.token, attributes: textsOf(attributes) };
}

function textsOf(attributes: MessageAttributes | undefined): Readonly<Record<string, string>> | undefined {
  if (attributes === undefined) return undefined;
  const texts = Object.entries(attributes).map(([name, { value }]) => {
    return [name, typeof value === "string" ? value : Buffer.from(value).toString("base64")] as const;
  });
  return Object.fromEntries(texts);
}
