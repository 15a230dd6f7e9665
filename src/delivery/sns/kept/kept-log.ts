import type { Delivery } from "../../../engine/topic/delivery.ts";
import type { PlainContent } from "../../../engine/topic/events.ts";
import { notificationOf } from "../../../engine/topic/live-events.ts";
import { formatArn } from "../../../kernel/arn.ts";
import type { Entry } from "../../../kernel/event/event-log.ts";
import { scopeOf } from "../../../kernel/scope.ts";
import type { Outcome } from "../../transport/job.ts";
import type { DeliveryLog, LoggedAttempts, LoggedPublish, LoggedSubscription } from "../delivery-log.ts";
import { contentOf } from "./kept-delivery.ts";

/** What is logged, as plain data. */
export type LogKept = AttemptsKept | PublishKept;

interface AttemptsKept {
  readonly type: "attemptsKept";
  readonly at: number;
  readonly kind: Delivery["type"];
  readonly messageId: string;
  readonly subscriptions: readonly LoggedSubscription[];
  readonly attempt: number;
  readonly outcome: Outcome;
}

interface PublishKept {
  readonly type: "publishKept";
  readonly at: number;
  readonly topicArn: string;
  readonly id: string;
  readonly sequenceNumber?: string | undefined;
  readonly content: PlainContent;
  readonly youngestSubscriptionArn?: string | undefined;
}

/** What is logged of each account, or of one, as entries that build it again, in order. Costs O(n log n). */
export function* logEntries(log: DeliveryLog, account?: string): Generator<Entry<LogKept>, void, void> {
  const logged: Logged[] = [];
  for (const [owner, publishes] of log.publishes(account)) {
    for (const publish of publishes) logged.push({ owner, order: publish.order, kept: () => publishKept(publish) });
  }
  for (const [owner, attempts] of log.attempts(account)) {
    for (const attempt of attempts) logged.push({ owner, order: attempt.order, kept: () => attemptsKept(attempt) });
  }
  for (const { owner, kept } of logged.sort((one, other) => one.order - other.order)) {
    yield { resource: formatArn("waystation", scopeOf(owner, ""), "delivery-log"), event: kept() };
  }
}

/** Something that is logged, and its place among everything that is. */
interface Logged {
  readonly owner: string;
  readonly order: number;
  readonly kept: () => LogKept;
}

/** Logs what an entry says. */
export function replayLogged(log: DeliveryLog, account: string, event: LogKept): void {
  if (event.type === "attemptsKept") {
    const { at, kind: type, messageId, subscriptions, attempt, outcome } = event;
    return log.keepAttempts(account, { at, type, messageId, subscriptions: [...subscriptions], attempt, outcome });
  }
  const { topicArn, youngestSubscriptionArn } = event;
  const notification = notificationOf({ ...event, type: "published" });
  log.keepPublish(account, { topicArn, notification, youngestSubscriptionArn });
}

function publishKept({ topicArn, notification, youngestSubscriptionArn }: LoggedPublish): PublishKept {
  const { id, sequenceNumber, publishedAt: at } = notification;
  const content = contentOf(notification);
  return { type: "publishKept", at, topicArn, id, sequenceNumber, content, youngestSubscriptionArn };
}

function attemptsKept({ at, type: kind, messageId, subscriptions, attempt, outcome }: LoggedAttempts): AttemptsKept {
  const noted = subscriptions.map(({ arn, topicArn, protocol, shownEndpoint }) => {
    return { arn, topicArn, protocol, shownEndpoint };
  });
  return { type: "attemptsKept", at, kind, messageId, subscriptions: noted, attempt, outcome };
}
