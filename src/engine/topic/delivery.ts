import type { Scope } from "../../kernel/scope.ts";
import type { Notification } from "./notification.ts";
import type { TopicDefinition } from "./settings.ts";
import type { Subscription } from "./subscription/subscription.ts";

/** What a delivery has to know of the topic it comes from. */
export interface PublishingTopic {
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly definition: TopicDefinition;
}

/** A subscription and its topic, which may be deleted by now, as a delivery knows them. */
export interface Published {
  readonly topic: PublishingTopic;
  readonly subscription: Subscription;
}

/** One notification on its way to one subscription. */
export interface NotificationDelivery {
  readonly type: "Notification";
  readonly topic: PublishingTopic;
  readonly subscription: Subscription;
  readonly notification: Notification;
  /** Whether the archive delivers it again. */
  readonly isFromArchive: boolean;
}

/** The question whether an endpoint wants a subscription, or wants it back. */
export interface ConfirmationDelivery {
  readonly type: "SubscriptionConfirmation" | "UnsubscribeConfirmation";
  readonly topic: PublishingTopic;
  readonly subscription: Subscription;
  readonly id: string;
  readonly token: string;
  /** Epoch milliseconds. */
  readonly sentAt: number;
  /** Scheme and authority the caller used; the link leads there. */
  readonly origin: string;
}

export type Delivery = NotificationDelivery | ConfirmationDelivery;

/** Hears of a message that a topic took, before anybody gets it, and of the topic's youngest subscription, deleted or not. */
export type PublishListener = (
  topic: PublishingTopic,
  notification: Notification,
  youngestSubscriptionArn: string | undefined,
) => void;

/** Takes what leaves a topic. Never throws and never waits: the caller is answered next. */
export type Outbox = (delivery: Delivery) => void;
