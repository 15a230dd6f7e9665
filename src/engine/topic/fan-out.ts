import { PolicyIndex } from "../pattern/policy-index.ts";
import { FanOutSearch } from "./fan-out-search.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription/subscription.ts";
import type { SubscriptionProtocol } from "./subscription/subscription-protocol.ts";

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

  /** Begins to find those who get the message. */
  search(notification: Notification): FanOutSearch {
    return new FanOutSearch(notification, this.#byProtocol);
  }

  /** Begins to find out whether the subscription's filter policy, as it is now, lets the message through. */
  searchFor(subscription: Subscription, notification: Notification): FanOutSearch {
    const index = new PolicyIndex<Subscription>();
    index.set(subscription, subscription.settings.filterPolicy);
    return new FanOutSearch(notification, [[subscription.protocol, index]]);
  }

  /** Pauses the subscriptions whose redelivery has reached its end. */
  passTime(now: number): void {
    this.#now = now;
    for (const subscription of this.#ending) {
      if ((subscription.redelivery?.endingPoint ?? now) < now) this.place(subscription);
    }
  }

  /** The protocols, and of each the subscriptions that get messages, in the order in which they do. */
  *inOrder(): Generator<readonly [SubscriptionProtocol, readonly Subscription[]], void, void> {
    for (const [protocol, index] of this.#byProtocol) yield [protocol, index.inOrder()];
  }

  /** Has protocols come in that order. */
  orderProtocols(protocols: readonly SubscriptionProtocol[]): void {
    for (const protocol of protocols) {
      const index = this.#indexOf(protocol);
      this.#byProtocol.delete(protocol);
      this.#byProtocol.set(protocol, index);
    }
  }

  /** Has a subscription come last of its protocol. */
  placeLast(subscription: Subscription): void {
    this.#indexOf(subscription.protocol).delete(subscription);
    this.place(subscription);
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
