import { ageKeyOf } from "../../kernel/age-key.ts";
import { parseArn } from "../../kernel/arn.ts";
import { type HeapItem, IndexedHeap } from "../../kernel/indexed-heap.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/** AWS: 72 hours. Knowledge Center, recreating a deleted subscription of another account's queue. */
const DELETED_KEPT_MS = 72 * 60 * 60_000;

/** A subscription and its topic, which may be deleted by now. */
export interface Subscribed {
  readonly topic: Topic;
  readonly subscription: Subscription;
}

interface Entry extends Subscribed, HeapItem {
  /** When it was last deleted, by itself or with its topic; epoch milliseconds. */
  deletedAt: number;
}

/**
 * Every subscription by ARN and by token. One that nobody confirms is forgotten when its token ends, which AWS does
 * after 48 hours as well; a deleted one can be looked up for a while, and brought back with its new token.
 */
export class SubscriptionRegister {
  /** What time it is for an account. */
  readonly #nowFor: (account: string) => number;
  readonly #isCurrent: (topic: Topic) => boolean;
  readonly #byArn = new Map<string, Entry>();
  readonly #byToken = new Map<string, Entry>();
  /** By the account that subscribed and the topic's region, those that are alive. */
  readonly #alive = new Map<string, OrderedIndex<Subscription>>();
  /** By account, those that may have to be forgotten, each at the earliest instant that could be. */
  readonly #mortal = new Map<string, IndexedHeap<Entry>>();

  constructor(nowFor: (account: string) => number, isCurrent: (topic: Topic) => boolean) {
    this.#nowFor = nowFor;
    this.#isCurrent = isCurrent;
  }

  add({ topic, subscription }: Subscribed): void {
    const entry = { topic, subscription, deletedAt: Number.NaN, heapSlot: -1 };
    this.#byArn.set(subscription.arn, entry);
    this.#byToken.set(subscription.token, entry);
    this.#show(entry);
    this.#watch(entry);
  }

  /** Call it after the subscription was confirmed, which may have brought it back. */
  confirmed({ arn }: Subscription): void {
    this.#show(this.#byArn.get(arn)!);
  }

  /** Call it after the topic was deleted. */
  deletedWith(topic: Topic): void {
    for (const { arn } of topic.subscriptions) this.#deleted(this.#byArn.get(arn)!);
  }

  /** Call it after the subscription was deleted, which gave it another token. */
  unsubscribed({ arn, token }: Subscription, formerToken: string): void {
    const entry = this.#byArn.get(arn)!;
    this.#byToken.delete(formerToken);
    this.#byToken.set(token, entry);
    this.#deleted(entry);
  }

  /** Whether neither the subscription nor its topic is deleted. */
  isAlive({ topic, subscription }: Subscribed): boolean {
    return subscription.state !== "deleted" && this.#isCurrent(topic);
  }

  /** The subscription of that ARN, deleted ones and those of deleted topics included for a while. */
  byArn(arn: string): Subscribed | undefined {
    this.passTime(parseArn(arn)?.account ?? "");
    return this.#byArn.get(arn);
  }

  /** The subscription that a link with this token confirms: while the token lasts, and for ever once it has. */
  byToken(token: string): Subscribed | undefined {
    const entry = this.#byToken.get(token);
    if (entry === undefined || !this.#isCurrent(entry.topic)) return undefined;
    const { topic, subscription } = entry;
    const lasts = this.#nowFor(topic.scope.account) < subscription.tokenEndsAt;
    return lasts || subscription.state === "confirmed" ? entry : undefined;
  }

  /** Those that are alive of the subscriptions an account made to topics of a region, by age. */
  alive(scope: Scope, range?: IndexRange): Iterable<Subscription> {
    for (const account of this.#mortal.keys()) this.passTime(account);
    return this.#alive.get(scopeKey(scope))?.list(range) ?? [];
  }

  /** Forgets those of an account's topics whose time is over. Costs next to nothing while there are none. */
  passTime(account: string): void {
    const mortal = this.#mortal.get(account);
    if (mortal === undefined || mortal.size === 0) return;
    const now = this.#nowFor(account);
    while (mortal.firstRank() <= now) {
      const entry = mortal.pop()!;
      const endsAt = this.#endOf(entry);
      if (endsAt <= now) this.#forget(entry);
      else this.#watch(entry);
    }
  }

  /** Forgets every subscription, or those of one account's topics, at once. */
  reset(account?: string): void {
    for (const entry of this.#byArn.values()) {
      if (account !== undefined && entry.topic.scope.account !== account) continue;
      this.#byArn.delete(entry.subscription.arn);
      this.#byToken.delete(entry.subscription.token);
      this.#hide(entry);
    }
    if (account === undefined) this.#mortal.clear();
    else this.#mortal.delete(account);
  }

  #show({ topic, subscription }: Entry): void {
    const key = listingOf(topic, subscription);
    let alive = this.#alive.get(key);
    if (alive === undefined) {
      alive = new OrderedIndex<Subscription>(ageKeyOf);
      this.#alive.set(key, alive);
    }
    alive.set(subscription);
  }

  #hide({ topic, subscription }: Entry): void {
    const key = listingOf(topic, subscription);
    const alive = this.#alive.get(key);
    alive?.delete(subscription);
    if (alive?.size === 0) this.#alive.delete(key);
  }

  #deleted(entry: Entry): void {
    this.#hide(entry);
    entry.deletedAt = this.#nowFor(entry.topic.scope.account);
    this.#watch(entry);
  }

  #endOf(entry: Entry): number {
    if (!this.isAlive(entry)) return entry.deletedAt + DELETED_KEPT_MS;
    const { state, tokenEndsAt } = entry.subscription;
    return state === "pending" ? tokenEndsAt : Number.POSITIVE_INFINITY;
  }

  #watch(entry: Entry): void {
    const endsAt = this.#endOf(entry);
    if (endsAt === Number.POSITIVE_INFINITY) return;
    const { account } = entry.topic.scope;
    let mortal = this.#mortal.get(account);
    if (mortal === undefined) {
      mortal = new IndexedHeap();
      this.#mortal.set(account, mortal);
    }
    mortal.set(entry, endsAt);
  }

  #forget(entry: Entry): void {
    const { topic, subscription } = entry;
    this.#hide(entry);
    topic.forget(subscription);
    this.#byArn.delete(subscription.arn);
    this.#byToken.delete(subscription.token);
  }
}

/** In whose listing the subscription is. */
function listingOf({ scope }: Topic, { owner }: Subscription): string {
  return scopeKey({ ...scope, account: owner });
}
