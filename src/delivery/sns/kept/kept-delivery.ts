import type { Delivery } from "../../../engine/topic/delivery.ts";
import type { PlainContent } from "../../../engine/topic/events.ts";
import { notificationOf, toPlain } from "../../../engine/topic/live-events.ts";
import type { Notification } from "../../../engine/topic/notification.ts";
import type { Subscribed } from "../../../engine/topic/subscription/registered.ts";
import type { Progress } from "../../transport/job.ts";

/** A delivery that its receiver has not taken yet, as plain data. */
export interface DeliveryKept extends Progress {
  readonly type: "deliveryKept";
  /** When what is delivered was published, or the question asked. */
  readonly at: number;
  readonly subscriptionArn: string;
  readonly notification?: KeptNotification | undefined;
  readonly confirmation?: KeptConfirmation | undefined;
  /** That of a confirmation. */
  readonly token?: string | undefined;
}

interface KeptNotification {
  readonly id: string;
  readonly sequenceNumber?: string | undefined;
  readonly content: PlainContent;
  readonly isFromArchive: boolean;
}

interface KeptConfirmation {
  readonly kind: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly id: string;
  readonly origin: string;
}

/** The delivery as plain data, with what became of it so far. */
export function keptDelivery(delivery: Delivery, progress: Progress): DeliveryKept {
  const facts = { type: "deliveryKept", subscriptionArn: delivery.subscription.arn, ...progress } as const;
  if (delivery.type !== "Notification") {
    const { type: kind, id, origin, token, sentAt: at } = delivery;
    return { ...facts, at, confirmation: { kind, id, origin }, token };
  }
  const { notification, isFromArchive } = delivery;
  const { id, sequenceNumber, publishedAt: at } = notification;
  return { ...facts, at, notification: { id, sequenceNumber, content: contentOf(notification), isFromArchive } };
}

/** The delivery that was kept, to the subscription as it is now. */
export function deliveryOf(kept: DeliveryKept, { topic, subscription }: Subscribed): Delivery | undefined {
  const { at, notification, confirmation, token = "" } = kept;
  if (notification !== undefined) {
    const { isFromArchive, ...published } = notification;
    const made = notificationOf({ type: "published", at, ...published });
    return { type: "Notification", topic, subscription, notification: made, isFromArchive };
  }
  if (confirmation === undefined) return undefined;
  const { kind: type, id, origin } = confirmation;
  return { type, topic, subscription, id, origin, token, sentAt: at };
}

/** What was published, as plain data. */
export function contentOf(notification: Notification): PlainContent {
  const plain = toPlain({ type: "published", at: notification.publishedAt, notification });
  return (plain as Extract<typeof plain, { type: "published" }>).content;
}
