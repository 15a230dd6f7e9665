import type { DeliveryLog, LoggedAttempts, LoggedPublish, LoggedSubscription } from "./delivery-log.ts";

/** What is logged of one message that a topic took. */
export interface NotedMessage {
  readonly publish: LoggedPublish | undefined;
  /** Oldest first. */
  readonly attempts: readonly NotedAttempt[];
}

interface NotedAttempt extends Pick<LoggedAttempts, "at" | "attempt" | "outcome"> {
  readonly subscription: LoggedSubscription;
}

/** What the log has of a message. Looks at all there is in it. */
export function notedMessage(log: Pick<DeliveryLog, "attempts" | "publishes">, messageId: string): NotedMessage {
  let publish: LoggedPublish | undefined;
  for (const [, publishes] of log.publishes()) {
    for (const one of publishes) if (one.notification.id === messageId) publish = one;
  }
  const attempts: NotedAttempt[] = [];
  for (const [, entries] of log.attempts()) {
    for (const { messageId: id, type, at, attempt, outcome, subscriptions } of entries) {
      if (id !== messageId || type !== "Notification") continue;
      for (const subscription of subscriptions) attempts.push({ subscription, at, attempt, outcome });
    }
  }
  return { publish, attempts };
}
