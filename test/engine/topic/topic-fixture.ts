import type { Delivery } from "../../../src/engine/topic/delivery.ts";
import type { NewNotification } from "../../../src/engine/topic/notification.ts";
import type { TopicDefinition, TopicSettings } from "../../../src/engine/topic/settings.ts";
import type {
  SubscriptionDefinition,
  SubscriptionSettings,
} from "../../../src/engine/topic/subscription/subscription.ts";
import type { Topic } from "../../../src/engine/topic/topic.ts";
import { TopicDirectory, type TopicDirectoryDeps } from "../../../src/engine/topic/topic-directory.ts";
import { seededIds } from "../../../src/kernel/ids.ts";
import { scopeOf } from "../../../src/kernel/scope.ts";
import { aFrozenClock } from "../../support/service-call.ts";

export const SECOND = 1000;
export const MINUTE = 60 * SECOND;
export const HOUR = 60 * MINUTE;
export const ACCOUNT = "000000000000";
export const scope = scopeOf(ACCOUNT, "us-east-1");

/** What AWS gives a topic unless told otherwise, with the changes given. */
export function aDefinition(settings: Partial<TopicSettings> = {}): TopicDefinition {
  return {
    settings: {
      isFifo: false,
      contentBasedDeduplication: false,
      deduplicationScope: "topic",
      signatureVersion: "1",
      maxMessageBytes: 262_144,
      archiveRetentionMs: undefined,
      deliveryPolicy: undefined,
      displayName: "",
      ...settings,
    },
    attributes: {},
    tags: {},
    dataProtectionPolicy: undefined,
  };
}

/** What a test chooses of a subscription. */
export type SubscriptionChoice = Partial<SubscriptionSettings & Omit<SubscriptionDefinition, "settings">>;

/** A confirmed subscription of a queue, with the changes given. */
export function aSubscription(endpoint: string, choice: SubscriptionChoice = {}): SubscriptionDefinition {
  const { isRaw = false, filterPolicy, deadLetterTargetArn, deliveryPolicy, ...rest } = choice;
  return {
    protocol: "sqs",
    endpoint,
    owner: ACCOUNT,
    principal: `arn:aws:iam::${ACCOUNT}:root`,
    isConfirmed: true,
    attributes: {},
    settings: { isRaw, filterPolicy, deadLetterTargetArn, deliveryPolicy },
    ...rest,
  };
}

/** Topics on a clock that stands still until a test moves it; what leaves them is kept. */
export function someTopics(deps: Partial<TopicDirectoryDeps> = {}) {
  const clock = aFrozenClock();
  const delivered: Delivery[] = [];
  const directory = new TopicDirectory({
    clockOf: () => clock,
    ids: seededIds("topics"),
    outbox: (delivery) => delivered.push(delivery),
    ...deps,
  });
  return {
    clock,
    directory,
    create: (settings: Partial<TopicSettings> = {}, name = settings.isFifo ? "topic.fifo" : "topic"): Topic =>
      directory.in(scope).create(name, aDefinition(settings)),
    /** What was delivered since it was last asked. */
    news: (): readonly string[] => delivered.splice(0).map(wordsOf),
  };
}

export function publish(topic: Topic, message: string, content: Partial<NewNotification> = {}) {
  return topic.publish({ message, origin: "http://localhost:4566", ...content });
}

/** `hello to one`, `hello again to one` from the archive, or `SubscriptionConfirmation to one`. */
export function wordsOf(delivery: Delivery): string {
  const { subscription } = delivery;
  if (delivery.type !== "Notification") return `${delivery.type} to ${subscription.endpoint}`;
  const message = delivery.notification.messageFor(subscription.protocol);
  return `${message}${delivery.isFromArchive ? " again" : ""} to ${subscription.endpoint}`;
}
