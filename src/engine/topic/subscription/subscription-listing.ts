import { ageKeyOf, type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { Subscription } from "./subscription.ts";

/** Subscriptions that are alive, by the account that subscribed and the topic's region, and there by age. */
export class SubscriptionListing {
  readonly #byScope = new Map<string, OrderedIndex<Subscription>>();

  /** `topic` is where the topic is. */
  add(topic: Scope, subscription: Subscription): void {
    const key = keyOf(topic, subscription);
    let listed = this.#byScope.get(key);
    if (listed === undefined) {
      listed = new OrderedIndex<Subscription>(ageKeyOf);
      this.#byScope.set(key, listed);
    }
    listed.set(subscription);
  }

  delete(topic: Scope, subscription: Subscription): void {
    const key = keyOf(topic, subscription);
    const listed = this.#byScope.get(key);
    listed?.delete(subscription);
    if (listed?.size === 0) this.#byScope.delete(key);
  }

  clear(): void {
    this.#byScope.clear();
  }

  /** Those of the range that an account made to topics of a region. */
  list(scope: Scope, range?: IndexRange): Iterable<Subscription> {
    return this.#byScope.get(scopeKey(scope))?.list(range) ?? [];
  }
}

/** In whose listing the subscription is. */
function keyOf(topic: Scope, { owner }: Subscription): string {
  return scopeKey({ ...topic, account: owner });
}
