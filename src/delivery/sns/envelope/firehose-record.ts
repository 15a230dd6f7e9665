import { compactOf, type Member, textMembers } from "./document.ts";
import { attributeMembers } from "./message-attributes.ts";
import type { Rendering } from "./rendering.ts";

/** The record of a delivery stream: one line of JSON without a signature. SNS guide, Firehose destinations. */
export function firehoseRecordOf(rendering: Rendering, subscriptionArn: string): string {
  const { notification, topicArn, message, timestamp } = rendering;
  const { subject, attributes = {} } = notification;
  const attached: Member[] =
    Object.keys(attributes).length === 0 ? [] : [["MessageAttributes", compactOf(attributeMembers(attributes))]];
  return compactOf([
    ...textMembers({
      Type: "Notification",
      MessageId: notification.id,
      TopicArn: topicArn,
      Subject: subject,
      Message: message,
      Timestamp: timestamp,
      UnsubscribeURL: rendering.unsubscribeUrl(subscriptionArn),
    }),
    ...attached,
  ]);
}
