import type { Delivery } from "../../engine/topic/delivery.ts";

const PLAIN_TEXT = "text/plain; charset=UTF-8";

/** What the headers say that the delivery does not. */
interface OutgoingRequest {
  readonly host: string;
  readonly body: string;
  /** What the delivery policy asks for; AWS heeds it for notifications only. */
  readonly contentType: string;
}

/** The headers SNS sends to an HTTP endpoint. Recorded by their presence; the order is that of the SNS guide's example. */
export function headersOf(delivery: Delivery, { host, body, contentType }: OutgoingRequest): Record<string, string> {
  const { type, topic, subscription } = delivery;
  const isNotification = type === "Notification";
  const traceHeader = isNotification ? delivery.notification.traceHeader : undefined;
  return {
    "x-amz-sns-message-type": type,
    "x-amz-sns-message-id": isNotification ? delivery.notification.id : delivery.id,
    "x-amz-sns-topic-arn": topic.arn,
    ...(type !== "SubscriptionConfirmation" && { "x-amz-sns-subscription-arn": subscription.arn }),
    ...(isNotification && subscription.settings.isRaw && { "x-amz-sns-rawdelivery": "true" }),
    ...(traceHeader !== undefined && { "X-Amzn-Trace-Id": traceHeader }),
    "Content-Length": String(Buffer.byteLength(body)),
    "Content-Type": isNotification ? contentType : PLAIN_TEXT,
    Host: host,
    Connection: "Keep-Alive",
    "User-Agent": "Amazon Simple Notification Service Agent",
    "Accept-Encoding": "gzip,deflate",
  };
}
