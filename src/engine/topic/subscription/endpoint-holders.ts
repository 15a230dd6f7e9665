import { ageKeyOf, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import type { Subscription } from "./subscription.ts";

/**
 * Which subscription has an endpoint: the oldest of those that are not deleted. There is one, as a rule, since whoever subscribes an
 * endpoint again gets the one there is; a deleted one that is brought back may find another in its place. That age decides, and
 * not who came back when, makes it follow from the subscriptions alone.
 */
export class EndpointHolders {
  readonly #holders = new Map<string, Subscription>();
  /** All that share an endpoint, where several do. */
  readonly #sharing = new Map<string, OrderedIndex<Subscription>>();

  find(protocol: string, endpoint: string): Subscription | undefined {
    return this.#holders.get(keyOf({ protocol, endpoint }));
  }

  /** Adds one that is not deleted, if it is not there already. */
  add(subscription: Subscription): void {
    const key = keyOf(subscription);
    const holder = this.#holders.get(key) ?? subscription;
    if (holder === subscription) return void this.#holders.set(key, subscription);
    const sharing = this.#sharing.get(key) ?? new OrderedIndex<Subscription>(ageKeyOf);
    sharing.set(holder);
    sharing.set(subscription);
    this.#sharing.set(key, sharing);
    this.#holdFirst(key, sharing);
  }

  delete(subscription: Subscription): void {
    const key = keyOf(subscription);
    const sharing = this.#sharing.get(key);
    if (sharing !== undefined) {
      sharing.delete(subscription);
      this.#holdFirst(key, sharing);
      if (sharing.size === 1) this.#sharing.delete(key);
    } else if (this.#holders.get(key) === subscription) this.#holders.delete(key);
  }

  #holdFirst(key: string, sharing: OrderedIndex<Subscription>): void {
    const [first] = sharing.list();
    if (first !== undefined) this.#holders.set(key, first);
  }
}

/** No protocol has a blank in it. */
function keyOf({ protocol, endpoint }: { readonly protocol: string; readonly endpoint: string }): string {
  return `${protocol} ${endpoint}`;
}
