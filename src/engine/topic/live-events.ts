import { attributesOfPlain, plainAttributes } from "../../kernel/message-attribute.ts";
import { compileFilterPolicy, type FilterPolicy } from "../pattern/filter-policy.ts";
import type {
  PlainChange,
  PlainContent,
  PlainSettings,
  Published,
  Subscribed,
  SubscriptionConfigured,
  TopicChange,
} from "./events.ts";
import { type NewNotification, Notification } from "./notification.ts";
import type { SubscriptionDefinition, SubscriptionSettings } from "./subscription/subscription.ts";

/**
 * What can happen to a topic while it is there, as its state takes it: messages as they are delivered, and filter policies
 * ready for matching. The plain form is made for whoever listens, and taken apart again when it is replayed.
 */
export type LiveTopicEvent = LivePublished | LiveSubscribed | LiveSubscriptionConfigured | PlainChange;

interface LivePublished {
  readonly type: "published";
  readonly at: number;
  readonly notification: Notification;
}

interface LiveSubscribed extends Omit<Subscribed, "definition"> {
  readonly definition: SubscriptionDefinition;
}

export interface LiveSubscriptionConfigured extends Omit<SubscriptionConfigured, "settings"> {
  readonly settings: SubscriptionSettings;
}

/** The event as the log has it. Copies no text, and bytes only where an attribute has some. */
export function toPlain(event: LiveTopicEvent): TopicChange {
  switch (event.type) {
    case "published": {
      const { id, sequenceNumber, content } = event.notification;
      return { type: "published", at: event.at, id, sequenceNumber, content: plainContent(content) };
    }
    case "subscribed":
      return { ...event, definition: { ...event.definition, settings: plainSettings(event.definition.settings) } };
    case "subscriptionConfigured":
      return { ...event, settings: plainSettings(event.settings) };
    default:
      return event;
  }
}

/** The event as it was before `toPlain`. */
export function toLive(event: TopicChange): LiveTopicEvent {
  switch (event.type) {
    case "published":
      return { type: "published", at: event.at, notification: notificationOf(event) };
    case "subscribed":
      return { ...event, definition: { ...event.definition, settings: liveSettings(event.definition.settings) } };
    case "subscriptionConfigured":
      return { ...event, settings: liveSettings(event.settings) };
    default:
      return event;
  }
}

/** The message that an event says was published. */
export function notificationOf({ at, id, sequenceNumber, content }: Published): Notification {
  const attributes = content.attributes && attributesOfPlain(content.attributes);
  return new Notification({ id, sequenceNumber, publishedAt: at }, { ...content, attributes });
}

function plainContent(content: NewNotification): PlainContent {
  const { attributes } = content;
  if (attributes === undefined) return content as PlainContent;
  const plain = plainAttributes(attributes);
  return plain === attributes ? (content as PlainContent) : { ...content, attributes: plain };
}

function plainSettings({ filterPolicy, ...settings }: SubscriptionSettings): PlainSettings {
  return { ...settings, filterPolicy: filterPolicy && { scope: filterPolicy.scope, text: filterPolicy.text } };
}

function liveSettings({ filterPolicy, ...settings }: PlainSettings): SubscriptionSettings {
  return { ...settings, filterPolicy: filterPolicy && compiled(filterPolicy) };
}

function compiled({ text, scope }: NonNullable<PlainSettings["filterPolicy"]>): FilterPolicy {
  const result = compileFilterPolicy(text, scope);
  if ("error" in result) throw new Error(`an event has a filter policy that cannot be: ${result.error.message}`);
  return result.policy;
}
