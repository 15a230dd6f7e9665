import { FilteredMessage } from "../../delivery/sns/filtered.ts";
import type { PublishListener } from "../../engine/topic/delivery.ts";
import type { Topic } from "../../engine/topic/topic.ts";
import type { Logger } from "../../server/log.ts";

/** So many subscriptions are judged anew for each message. */
const MOST_JUDGED = 100;

/** Has one line of the log, at level `debug`, for each subscription whose filter policy keeps a message out. */
export function withFilteredLines(
  published: PublishListener,
  log: Logger,
  topicOf: (arn: string) => Topic | undefined,
): PublishListener {
  if (!log.isEnabled("debug")) return published;
  return (topic, notification, youngestSubscriptionArn) => {
    published(topic, notification, youngestSubscriptionArn);
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
