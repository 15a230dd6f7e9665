import { ageKeyOf, type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { Subscription } from "./subscription.ts";

/** A subscription, and where its topic is. */
interface Listed {
  readonly topic: { readonly scope: Scope };
  readonly subscription: Subscription;
}

/** Subscriptions that are alive, by the account that subscribed and the topic's region, and there by age. */
export class SubscriptionListing {
  readonly #byScope = new Map<string, OrderedIndex<Subscription>>();

  /** `topic` is where the topic is. */
  add(topic: Scope, subscription: Subscription): void {
    this.#listed(keyOf(topic, subscription)).set(subscription);
  }

  #listed(key: string): OrderedIndex<Subscription> {
    const listed = this.#byScope.get(key) ?? new OrderedIndex<Subscription>(ageKeyOf);
    this.#byScope.set(key, listed);
    return listed;
  }

  delete(topic: Scope, subscription: Subscription): void {
    const key = keyOf(topic, subscription);
    const listed = this.#byScope.get(key);
    listed?.delete(subscription);
    if (listed?.size === 0) this.#byScope.delete(key);
  }

  /** Takes out those that are not kept from all listings in which one of them is. Costs what is in those. */
  deleteAll(all: readonly Listed[], isKept: (subscription: Subscription) => boolean): void {
    for (const key of keysOf(all)) {
      const kept = [...(this.#byScope.get(key)?.list() ?? [])].filter(isKept);
      this.#byScope.delete(key);
      for (const subscription of kept) this.#listed(key).set(subscription);
    }
  }

  clear(): void {
    this.#byScope.clear();
  }

  /** Those of the range that an account made to topics of a region. */
  list(scope: Scope, range?: IndexRange): Iterable<Subscription> {
    return this.#byScope.get(scopeKey(scope))?.list(range) ?? [];
  }
}

function keysOf(all: readonly Listed[]): ReadonlySet<string> {
  const keys = new Set<string>();
  let last: Listed | undefined;
  for (const listed of all) {
    const { topic, subscription } = listed;
    // Those of a topic stand together, and most are of one owner.
    if (topic !== last?.topic || subscription.owner !== last.subscription.owner) {
      keys.add(keyOf(topic.scope, subscription));
    }
    last = listed;
  }
  return keys;
}

/** In whose listing the subscription is. */
function keyOf(topic: Scope, { owner }: Subscription): string {
  return scopeKey({ ...topic, account: owner });
}
