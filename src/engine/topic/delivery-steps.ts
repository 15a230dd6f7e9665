import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription.ts";

/** Sends one message to each of its receivers, a delivery a step; not to those deleted meanwhile. */
export function* toReceivers(
  receivers: readonly Subscription[],
  send: (subscription: Subscription) => void,
): Generator<void, void, void> {
  for (const subscription of receivers) {
    if (subscription.state === "confirmed") yield send(subscription);
  }
}

/** Looks at one archived message a step, and sends the subscription those it accepts until it is deleted. */
export function* toSubscription(
  subscription: Subscription,
  notifications: readonly Notification[],
  { accepts, send }: { accepts(message: Notification): boolean; send(message: Notification): void },
): Generator<void, void, void> {
  for (const notification of notifications) {
    if (subscription.state !== "confirmed") return;
    yield accepts(notification) ? send(notification) : undefined;
  }
}
