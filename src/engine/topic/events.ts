import type { PlainAttributes } from "../../kernel/message-attribute.ts";
import type { FilterPolicyScope } from "../pattern/matching/message-view.ts";
import type { ArchiveRange } from "./archive.ts";
import type { TopicKept } from "./kept/kept-events.ts";
import type { NewNotification } from "./notification.ts";
import type { TopicDefinition } from "./settings.ts";
import type {
  SubscriptionConfiguration,
  SubscriptionDefinition,
  SubscriptionSettings,
} from "./subscription/subscription.ts";

/** What can happen to a topic and its subscriptions, as plain data. Instants in epoch milliseconds. */
export type TopicEvent = TopicCreated | TopicRemoved | TopicChange;

/** All topics of an account and region were forgotten, deleted ones included; the entry's resource is the whole of them. */
export interface TopicsReset {
  readonly type: "topicsReset";
  readonly at: number;
}

export interface TopicCreated {
  readonly type: "created";
  readonly at: number;
  readonly definition: TopicDefinition;
}

export interface TopicRemoved {
  readonly type: "removed";
  readonly at: number;
}

/** What can happen to a topic while it is there. */
export type TopicChange = Published | Subscribed | SubscriptionConfigured | PlainChange;

/** Changes that have the same form in the log and in the engine. */
export type PlainChange =
  | TopicKept
  | { readonly type: "configured"; readonly at: number; readonly definition: TopicDefinition }
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
  | { readonly type: "asked"; readonly at: number; readonly arn: string; readonly tokenEndsAt: number }
  | {
      readonly type: "redeliveryRequested";
      readonly at: number;
      readonly arn: string;
      /** Absent where a former request ends. */
      readonly range?: ArchiveRange | undefined;
    };

export interface Published {
  readonly type: "published";
  readonly at: number;
  readonly id: string;
  readonly sequenceNumber?: string | undefined;
  readonly content: PlainContent;
}

/** What was published, bytes in base64. */
export interface PlainContent extends Omit<NewNotification, "attributes"> {
  readonly attributes?: PlainAttributes | undefined;
}

export interface Subscribed {
  readonly type: "subscribed";
  readonly at: number;
  readonly arn: string;
  readonly token: string;
  readonly tokenEndsAt: number;
  readonly definition: PlainSubscription;
}

interface PlainSubscription extends Omit<SubscriptionDefinition, "settings"> {
  readonly settings: PlainSettings;
}

export interface SubscriptionConfigured extends Omit<SubscriptionConfiguration, "settings"> {
  readonly type: "subscriptionConfigured";
  readonly at: number;
  readonly arn: string;
  readonly settings: PlainSettings;
}

/** The settings of a subscription, its filter policy as its owner wrote it. */
export interface PlainSettings extends Omit<SubscriptionSettings, "filterPolicy"> {
  readonly filterPolicy?: { readonly scope: FilterPolicyScope; readonly text: string } | undefined;
}
