import type { Notification } from "./notification.ts";
import type { ReplayRequest } from "./replay.ts";
import type { TopicDefinition } from "./settings.ts";
import type { SubscriptionDefinition, SubscriptionSettings } from "./subscription.ts";

/** What can happen to a topic and its subscriptions. Instants in epoch milliseconds. */
export type TopicEvent =
  | { readonly type: "configured"; readonly at: number; readonly definition: TopicDefinition }
  | { readonly type: "published"; readonly at: number; readonly notification: Notification }
  | Subscribed
  | {
      readonly type: "confirmed";
      readonly at: number;
      readonly arn: string;
      readonly isAuthenticated: boolean;
      readonly refusesUnsignedUnsubscribe: boolean;
    }
  | {
      readonly type: "unsubscribed";
      readonly at: number;
      readonly arn: string;
      /** What brings the subscription back, while it lasts. */
      readonly token: string;
      readonly tokenEndsAt: number;
    }
  | SubscriptionConfigured
  | { readonly type: "asked"; readonly at: number; readonly arn: string; readonly tokenEndsAt: number }
  | {
      readonly type: "replayed";
      readonly at: number;
      readonly arn: string;
      readonly request: ReplayRequest | undefined;
    };

interface Subscribed {
  readonly type: "subscribed";
  readonly at: number;
  readonly arn: string;
  readonly token: string;
  readonly tokenEndsAt: number;
  readonly definition: SubscriptionDefinition;
}

export interface SubscriptionConfigured {
  readonly type: "subscriptionConfigured";
  readonly at: number;
  readonly arn: string;
  readonly settings: SubscriptionSettings;
  readonly attributes: Readonly<Record<string, string>>;
}
