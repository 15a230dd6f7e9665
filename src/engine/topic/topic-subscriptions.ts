import type { Subscription } from "./subscription.ts";

/** How many subscriptions are in which state. */
export interface SubscriptionCounts {
  readonly confirmed: number;
  readonly pending: number;
  readonly deleted: number;
}

/** The subscriptions of one topic, by ARN and by endpoint. An endpoint has one at a time, deleted ones aside. */
export class TopicSubscriptions {
  readonly #byArn = new Map<string, Subscription>();
  readonly #byEndpoint = new Map<string, Subscription>();
  /** Deleted so far, those brought back aside; forgotten ones still count. */
  #deleted = 0;

  /** Oldest first; deleted ones are not among them. */
  get all(): readonly Subscription[] {
    return [...this.#byArn.values()].filter(({ state }) => state !== "deleted");
  }

  get counts(): SubscriptionCounts {
    const states = this.all.map(({ state }) => state);
    const confirmed = states.filter((state) => state === "confirmed").length;
    return { confirmed, pending: states.length - confirmed, deleted: this.#deleted };
  }

  get(arn: string): Subscription | undefined {
    return this.#byArn.get(arn);
  }

  /** The subscription that has the endpoint, if there is one. */
  find(protocol: string, endpoint: string): Subscription | undefined {
    return this.#byEndpoint.get(keyOf({ protocol, endpoint }));
  }

  add(subscription: Subscription): void {
    this.#byArn.set(subscription.arn, subscription);
    this.#byEndpoint.set(keyOf(subscription), subscription);
  }

  /** Lets a pending subscription, or one that was deleted, be confirmed from now on. */
  confirm(subscription: Subscription): void {
    if (subscription.state === "deleted") this.#deleted--;
    subscription.state = "confirmed";
    this.#byEndpoint.set(keyOf(subscription), subscription);
  }

  /** Lets a subscription be deleted; it can still be got by its ARN. */
  delete(subscription: Subscription): void {
    this.#deleted++;
    subscription.state = "deleted";
    this.#freeEndpoint(subscription);
  }

  /** Forgets a subscription, whatever its state. */
  forget(subscription: Subscription): void {
    this.#byArn.delete(subscription.arn);
    this.#freeEndpoint(subscription);
  }

  /** Unless another subscription has the endpoint by now: this one may have been deleted before, and brought back. */
  #freeEndpoint(subscription: Subscription): void {
    const key = keyOf(subscription);
    if (this.#byEndpoint.get(key) === subscription) this.#byEndpoint.delete(key);
  }
}

/** No protocol has a blank in it. */
function keyOf({ protocol, endpoint }: { readonly protocol: string; readonly endpoint: string }): string {
  return `${protocol} ${endpoint}`;
}
