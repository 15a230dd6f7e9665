import { compactOf, textMembers } from "./document.ts";
import { attributeMembers } from "./message-attributes.ts";
import type { Rendering } from "./rendering.ts";

/** The event a function is invoked with. Every message is an invocation of its own. */
export function lambdaEventOf(rendering: Rendering, subscriptionArn: string): string {
  const record = compactOf([
    ...textMembers({ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: subscriptionArn }),
    ["Sns", compactOf(notificationMembers(rendering, subscriptionArn))],
  ]);
  return `{"Records":[${record}]}`;
}

/** AWS: unlike the envelope it spells `Url`, and has a subject and attributes even where there are none. */
function notificationMembers(rendering: Rendering, subscriptionArn: string) {
  const { notification, topicArn, message, timestamp, seal } = rendering;
  const { subject, attributes = {} } = notification;
  return [
    ...textMembers({ Type: "Notification", MessageId: notification.id, TopicArn: topicArn }),
    ["Subject", JSON.stringify(subject ?? null)] as const,
    ...textMembers({
      Message: message,
      Timestamp: timestamp,
      // AWS: says 1 even where the signature is of version 2. Recorded.
      SignatureVersion: seal && "1",
      Signature: seal?.signature,
      SigningCertUrl: seal?.certificateUrl,
      UnsubscribeUrl: rendering.unsubscribeUrl(subscriptionArn),
    }),
    ["MessageAttributes", compactOf(attributeMembers(attributes, typeForFunctions))] as const,
  ];
}

/** AWS: functions get numbers and arrays as strings. SNS guide, message attribute data types. */
function typeForFunctions(dataType: string): string {
  return /^(Number|String\.Array)(\.|$)/.test(dataType) ? "String" : dataType;
}
