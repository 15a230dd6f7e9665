import { MessageView } from "../pattern/matching/message-view.ts";
import { PolicyIndex } from "../pattern/policy-index.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription.ts";
import type { SubscriptionProtocol } from "./subscription-protocol.ts";

/** Who gets a message: subscriptions by protocol, since each protocol may get a text of its own, then by filter policy. */
export class FanOut {
  readonly #byProtocol = new Map<SubscriptionProtocol, PolicyIndex<Subscription>>();
  /** Subscriptions whose redelivery from the archive ends at an instant still to come; few, if any. */
  readonly #ending = new Set<Subscription>();
  #now = 0;

  /** Puts a subscription where its state says it belongs. */
  place(subscription: Subscription): void {
    const { protocol, state, settings, redelivery } = subscription;
    subscription.isPaused = redelivery?.endingPoint !== undefined && redelivery.endingPoint <= this.#now;
    if (redelivery?.endingPoint !== undefined && !subscription.isPaused) this.#ending.add(subscription);
    else this.#ending.delete(subscription);
    const index = this.#indexOf(protocol);
    if (state === "confirmed" && !subscription.isPaused) index.set(subscription, settings.filterPolicy);
    else index.delete(subscription);
  }

  /** Those who get the message. */
  receivers(notification: Notification): readonly Subscription[] {
    let receivers: readonly Subscription[] = [];
    for (const [protocol, index] of this.#byProtocol) {
      const found = index.matches(viewOf(notification, protocol));
      // Most topics have subscriptions of a single protocol, and nothing to copy.
      receivers = receivers.length === 0 ? found : [...receivers, ...found];
    }
    return receivers;
  }

  /** Whether the subscription's filter policy lets the message through. */
  accepts({ protocol, settings }: Subscription, notification: Notification): boolean {
    return settings.filterPolicy?.accepts(viewOf(notification, protocol)) ?? true;
  }

  /** Pauses the subscriptions whose redelivery has reached its end. */
  passTime(now: number): void {
    this.#now = now;
    for (const subscription of this.#ending) {
      if ((subscription.redelivery?.endingPoint ?? now) < now) this.place(subscription);
    }
  }

  #indexOf(protocol: SubscriptionProtocol): PolicyIndex<Subscription> {
    let index = this.#byProtocol.get(protocol);
    if (index === undefined) {
      index = new PolicyIndex<Subscription>();
      this.#byProtocol.set(protocol, index);
    }
    return index;
  }
}

function viewOf(notification: Notification, protocol: string): MessageView {
  return new MessageView({ attributes: notification.content.attributes, body: notification.messageFor(protocol) });
}
