import { FilteredMessage, type FilterReason } from "../../delivery/sns/filtered.ts";
import type { PublishListener } from "../../engine/topic/delivery.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { Logger } from "../../server/log.ts";

/** So many subscriptions are judged anew for each message. */
const MOST_JUDGED = 100;

/** So many messages of a topic are looked at for whether anybody gets them: whoever sets one up sends few at first. */
const MOST_WATCHED = 10;

type TopicOf = (arn: string) => Topic | undefined;

/**
 * Has lines of the log: at level `debug` one for each subscription whose filter policy keeps a message out, and at level `info` one for the
 * first message of a topic that nobody gets, if that is among the first ten.
 */
export function withFilteredLines(published: PublishListener, log: Logger, topicOf: TopicOf): PublishListener {
  const first = withUnheardLines(published, log, topicOf);
  if (!log.isEnabled("debug")) return first;
  return (topic, notification, youngestSubscriptionArn) => {
    first(topic, notification, youngestSubscriptionArn);
    const message = new FilteredMessage(notification);
    for (const subscription of topicOf(topic.arn)?.subscriptions.slice(0, MOST_JUDGED) ?? []) {
      const reason = subscription.state === "confirmed" ? message.reasonAgainst(subscription) : undefined;
      if (reason === undefined) continue;
      const { arn, protocol, shownEndpoint: endpoint } = subscription;
      const fields = { topic: topic.arn, subscription: arn, protocol, endpoint, messageId: notification.id, reason };
      log.log("debug", fields, "delivery filtered");
    }
  };
}

function withUnheardLines(published: PublishListener, log: Logger, topicOf: TopicOf): PublishListener {
  if (!log.isEnabled("info")) return published;
  const watched = new WeakMap<object, number>();
  return (topic, notification, youngestSubscriptionArn) => {
    published(topic, notification, youngestSubscriptionArn);
    const seen = watched.get(topic) ?? 0;
    if (seen === MOST_WATCHED) return;
    const hint = unheardHint(topicOf(topic.arn)?.subscriptions ?? [], new FilteredMessage(notification));
    watched.set(topic, hint === undefined ? seen + 1 : MOST_WATCHED);
    if (hint === undefined) return;
    log.log("info", { topic: topic.arn, messageId: notification.id, hint }, "published to nobody");
  };
}

/** Why nobody gets a message, undefined where somebody does, or may. */
function unheardHint(subscriptions: Topic["subscriptions"], message: FilteredMessage): string | undefined {
  if (subscriptions.length === 0) return "the topic has no subscription";
  if (subscriptions.length > MOST_JUDGED) return undefined;
  const confirmed = subscriptions.filter(({ state }) => state === "confirmed");
  if (confirmed.length === 0) return "no subscription of the topic is confirmed yet";
  const reasons = confirmed.map((subscription) => message.reasonAgainst(subscription));
  const [reason] = reasons;
  if (reason === undefined || reasons.includes(undefined)) return undefined;
  return `no filter policy of the topic's subscriptions lets it through: ${REASONS[reason]}`;
}

const REASONS: Readonly<Record<FilterReason, string>> = {
  MessageAttributes: "its attributes do not match",
  NoMessageAttributes: "it has no attributes, and FilterPolicyScope=MessageBody would be about its body",
  InvalidAttributes: "an attribute of type String.Array is none",
  MessageBody: "its body does not match",
  InvalidMessageBody: "its body is no JSON object",
};
