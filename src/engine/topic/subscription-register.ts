import { ageKeyOf } from "../../kernel/age-key.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { Clock } from "../../kernel/clock.ts";
import { type HeapItem, IndexedHeap } from "../../kernel/indexed-heap.ts";
import { type IndexRange, OrderedIndex } from "../../kernel/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { Holding, Sweeper } from "../../kernel/sweeper.ts";
import type { Subscription } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/** AWS: 72 hours. Knowledge Center, recreating a deleted subscription of another account's queue. */
const DELETED_KEPT_MS = 72 * 60 * 60_000;
/** But no more than the latest so many: tests delete thousands in an hour, and nobody looks for them. */
const MOST_DELETED_KEPT = 10_000;

/** A subscription and its topic, which may be deleted by now. */
export interface Subscribed {
  readonly topic: Topic;
  readonly subscription: Subscription;
}

interface Entry extends Subscribed, HeapItem {
  /** When it was last deleted, by itself or with its topic; epoch milliseconds. */
  deletedAt: number;
}

interface SubscriptionRegisterDoors {
  readonly clockOf: (account: string) => Clock;
  /** Whether the topic is not deleted. */
  readonly isCurrent: (topic: Topic) => boolean;
  readonly sweeper: Sweeper | undefined;
}

/** Those of an account's topics that may have to be forgotten, each at the earliest instant that could be. */
interface Mortal {
  readonly entries: IndexedHeap<Entry>;
  readonly holding: Holding | undefined;
}

/**
 * Every subscription by ARN and by token. One that nobody confirms is forgotten when its token ends, which AWS does
 * after 48 hours as well; a deleted one can be looked up for a while, and brought back with its new token.
 */
export class SubscriptionRegister {
  readonly #doors: SubscriptionRegisterDoors;
  readonly #byArn = new Map<string, Entry>();
  readonly #byToken = new Map<string, Entry>();
  /** By the account that subscribed and the topic's region, those that are alive. */
  readonly #alive = new Map<string, OrderedIndex<Subscription>>();
  readonly #mortal = new Map<string, Mortal>();
  /** Deleted ones that are remembered, in the order of their deletion. */
  readonly #deletedOnes = new Set<Entry>();

  constructor(doors: SubscriptionRegisterDoors) {
    this.#doors = doors;
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
    this.#show(present(this.#byArn.get(arn), "an entry of the register"));
  }

  /** Call it after the topic was deleted. */
  deletedWith(topic: Topic): void {
    for (const { arn } of [...topic.subscriptions])
      this.#deleted(present(this.#byArn.get(arn), "an entry of the register"));
  }

  /** Call it after the subscription was deleted, which gave it another token. */
  unsubscribed({ arn, token }: Subscription, formerToken: string): void {
    const entry = present(this.#byArn.get(arn), "an entry of the register");
    this.#byToken.delete(formerToken);
    this.#byToken.set(token, entry);
    this.#deleted(entry);
  }

  /** Whether neither the subscription nor its topic is deleted. */
  isAlive({ topic, subscription }: Subscribed): boolean {
    return subscription.state !== "deleted" && this.#doors.isCurrent(topic);
  }

  /** The subscription of that ARN, deleted ones and those of deleted topics included for a while. */
  byArn(arn: string): Subscribed | undefined {
    this.passTime(parseArn(arn)?.account ?? "");
    return this.#byArn.get(arn);
  }

  /** The subscription that a link with this token confirms: while the token lasts, and for ever once it has. */
  byToken(token: string): Subscribed | undefined {
    const entry = this.#byToken.get(token);
    if (entry === undefined || !this.#doors.isCurrent(entry.topic)) return undefined;
    const { topic, subscription } = entry;
    const lasts = this.#nowFor(topic) < subscription.tokenEndsAt;
    return lasts || subscription.state === "confirmed" ? entry : undefined;
  }

  /** Those that are alive of the subscriptions an account made to topics of a region, by age. */
  alive(scope: Scope, range?: IndexRange): Iterable<Subscription> {
    for (const account of this.#mortal.keys()) this.passTime(account);
    return this.#alive.get(scopeKey(scope))?.list(range) ?? [];
  }

  /** Forgets those of an account's topics whose time is over, and says how many. Costs next to nothing while there are none. */
  passTime(account: string, most = Number.POSITIVE_INFINITY): number {
    const mortal = this.#mortal.get(account)?.entries;
    if (mortal === undefined || mortal.size === 0) return 0;
    const now = this.#doors.clockOf(account).now();
    let forgotten = 0;
    for (; mortal.firstRank() <= now && forgotten < most; forgotten++) {
      const entry = present(mortal.pop(), "an entry of the register");
      if (this.#endOf(entry) <= now) this.#forget(entry);
      else this.#watch(entry);
    }
    return forgotten;
  }

  /** Forgets every subscription, or those of one account's topics, at once. */
  reset(account?: string): void {
    for (const entry of this.#byArn.values()) {
      if (account !== undefined && entry.topic.scope.account !== account) continue;
      this.#byArn.delete(entry.subscription.arn);
      this.#byToken.delete(entry.subscription.token);
      this.#hide(entry);
      this.#deletedOnes.delete(entry);
    }
    for (const [owner, { holding }] of this.#mortal) {
      if (account !== undefined && owner !== account) continue;
      holding?.end();
      this.#mortal.delete(owner);
    }
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
    entry.deletedAt = this.#nowFor(entry.topic);
    this.#watch(entry);
    this.#deletedOnes.delete(entry);
    this.#deletedOnes.add(entry);
    const [oldest] = this.#deletedOnes.size > MOST_DELETED_KEPT ? this.#deletedOnes : [];
    if (oldest === undefined) return;
    this.#deletedOnes.delete(oldest);
    if (!this.isAlive(oldest)) this.#forget(oldest);
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
    const mortal = this.#mortal.get(account) ?? this.#open(account);
    mortal.entries.set(entry, endsAt);
    mortal.holding?.begin();
  }

  #open(account: string): Mortal {
    const entries = new IndexedHeap<Entry>();
    const holding = this.#doors.sweeper?.holding(this.#doors.clockOf(account), {
      get nextExpiry() {
        return entries.firstRank();
      },
      expire: (most) => this.passTime(account, most),
    });
    const mortal = { entries, holding };
    this.#mortal.set(account, mortal);
    return mortal;
  }

  #forget(entry: Entry): void {
    const { topic, subscription } = entry;
    this.#hide(entry);
    topic.forget(subscription);
    this.#byArn.delete(subscription.arn);
    this.#byToken.delete(subscription.token);
    this.#deletedOnes.delete(entry);
    const mortal = this.#mortal.get(topic.scope.account);
    mortal?.entries.delete(entry);
    if (mortal?.entries.size !== 0) return;
    mortal.holding?.end();
    this.#mortal.delete(topic.scope.account);
  }

  #nowFor({ scope }: Topic): number {
    return this.#doors.clockOf(scope.account).now();
  }
}

/** In whose listing the subscription is. */
function listingOf({ scope }: Topic, { owner }: Subscription): string {
  return scopeKey({ ...scope, account: owner });
}
