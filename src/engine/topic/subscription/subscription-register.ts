import { parseArn } from "../../../kernel/arn.ts";
import { IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { ageKeyOf, type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { present } from "../../../kernel/present.ts";
import type { Scope } from "../../../kernel/scope.ts";
import { CatchingUp } from "../../../kernel/time/catching-up.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import type { Sweeper } from "../../../kernel/time/sweeper.ts";
import type { Published, PublishingTopic } from "../delivery.ts";
import type { LiveTopicEvent } from "../live-events.ts";
import type { Topic } from "../topic.ts";
import { LeavingTopics } from "./leaving-topics.ts";
import { type Entry, endOf, type Mortal, type Subscribed } from "./registered.ts";
import type { Subscription } from "./subscription.ts";
import { SubscriptionListing } from "./subscription-listing.ts";

/** AWS: 72 hours. Knowledge Center, recreating a deleted subscription of another account's queue. */
const DELETED_KEPT_MS = 72 * 60 * 60_000;
/** But of each account no more than the latest so many: tests delete thousands in an hour, and nobody looks for them. */
const MOST_DELETED_KEPT = 10_000;

/** So many are forgotten at a touch or in a turn of the event loop: one takes some twenty microseconds, as much as so many messages. */
export const FORGOTTEN_PER_TURN = 500;
const MESSAGES_PER_SUBSCRIPTION = 20;

interface SubscriptionRegisterDeps {
  readonly clockOf: (account: string) => Clock;
  /** Whether the topic is not deleted. */
  readonly isCurrent: (topic: PublishingTopic) => boolean;
  readonly sweeper: Sweeper | undefined;
}

/**
 * Every subscription by ARN and by token. One that nobody confirms is forgotten when its token ends, which AWS does
 * after 48 hours as well; a deleted one can be looked up for a while, and brought back with its new token.
 */
export class SubscriptionRegister {
  readonly #deps: SubscriptionRegisterDeps;
  readonly #byArn = new Map<string, Entry>();
  readonly #byToken = new Map<string, Entry>();
  readonly #alive = new SubscriptionListing();
  /** By account. */
  readonly #mortal = new Map<string, Mortal>();

  constructor(deps: SubscriptionRegisterDeps) {
    this.#deps = deps;
  }

  /** Call it after the event was applied to the topic. */
  apply(topic: Topic, event: LiveTopicEvent): void {
    switch (event.type) {
      case "subscribed":
        return this.#add(topic, present(topic.held.get(event.arn), "a subscription"));
      case "confirmed": {
        const entry = this.#entry(event.arn);
        this.#mortal.get(topic.scope.account)?.deleted.delete(entry);
        return this.#alive.add(entry.topic.scope, entry.subscription);
      }
      case "unsubscribed": {
        const entry = this.#entry(event.arn);
        this.#byToken.delete(entry.token);
        entry.token = event.token;
        this.#byToken.set(entry.token, entry);
        return this.#deleted(entry, event.at);
      }
    }
  }

  /** Call it after the topic was deleted. Of many subscriptions that is noted in later turns. */
  deletedWith(topic: Topic, at: number): void {
    if (topic.held.isEmpty) return;
    const { leaving, catchingUp } = this.#mortalOf(topic.scope);
    leaving.add(topic, at);
    leaving.pass(FORGOTTEN_PER_TURN);
    if (!leaving.isEmpty) catchingUp.goOnLater();
  }

  /** The deleted topics of an account, or of all, whose subscriptions can still be looked up, and when each was deleted. */
  *deletedTopics(account?: string): Generator<{ readonly topic: Topic; readonly at: number }, void, void> {
    for (const [owner, { deleted }] of this.#mortal) {
      if (account !== undefined && owner !== account) continue;
      this.#settle(owner);
      const deletedAt = new Map<Topic, number>();
      for (const { topic, deletedAt: at } of deleted.list()) if (!this.#deps.isCurrent(topic)) deletedAt.set(topic, at);
      for (const [topic, at] of deletedAt) yield { topic, at };
    }
  }

  /** Whether neither the subscription nor its topic is deleted. */
  isAlive({ topic, subscription }: Published): boolean {
    return subscription.state !== "deleted" && this.#deps.isCurrent(topic);
  }

  /** The subscription of that ARN, deleted ones and those of deleted topics included for a while. */
  byArn(arn: string): Subscribed | undefined {
    this.#settle(parseArn(arn)?.account ?? "");
    const entry = this.#byArn.get(arn);
    return entry && !this.#isOver(entry) ? entry : undefined;
  }

  /** The subscription that a link with this token confirms: while the token lasts, and for ever once it has. */
  byToken(token: string): Subscribed | undefined {
    const entry = this.#byToken.get(token);
    if (entry === undefined || !this.#deps.isCurrent(entry.topic)) return undefined;
    const { topic, subscription } = entry;
    const lasts = this.#nowFor(topic.scope.account) < subscription.tokenEndsAt;
    return lasts || subscription.state === "confirmed" ? entry : undefined;
  }

  /** Those that are alive of the subscriptions an account made to topics of a region, by age. */
  *alive(scope: Scope, range?: IndexRange): Generator<Subscription, void, void> {
    this.#settle(scope.account);
    for (const subscription of this.#alive.list(scope, range)) {
      const entry = this.#entry(subscription.arn);
      if (this.isAlive(entry) && !this.#isOver(entry)) yield subscription;
    }
  }

  /** Settles once no more of an account's are over than one turn forgets; undefined if that is so. Until then topics count them. */
  lag(account: string): Promise<void> | undefined {
    if (!this.#mortal.has(account)) return undefined;
    const now = this.#nowFor(account);
    this.passTime(account, now);
    const mortal = this.#mortal.get(account);
    if (mortal === undefined || mortal.entries.firstRank() > now) return undefined;
    mortal.catchingUp.goOnLater();
    return mortal.catchingUp.end();
  }

  /** Forgets so many of those of an account's topics whose time is over, and says how many. Costs next to nothing while there are none. */
  passTime(account: string, now: number, most = FORGOTTEN_PER_TURN): number {
    const mortal = this.#mortal.get(account);
    if (mortal === undefined) return 0;
    let looked = mortal.leaving.pass(most);
    const { entries } = mortal;
    for (let due = entries.firstRank(); due <= now && looked < most; due = entries.firstRank()) {
      looked++;
      const entry = present(entries.pop(), "an entry of the register");
      const endsAt = this.#endOf(entry);
      // Put back first even if its end has come: they are forgotten in the order of their ends, whenever time catches up.
      if (endsAt > due) this.#watch(entry);
      else this.#forget(entry, endsAt);
    }
    if (looked > 0) this.#closeIfEmpty(account);
    return looked;
  }

  /** Forgets every subscription at once. */
  reset(): void {
    this.#byArn.clear();
    this.#byToken.clear();
    this.#alive.clear();
    for (const mortal of this.#mortal.values()) endOf(mortal);
    this.#mortal.clear();
  }

  /**
   * Forgets the subscriptions of an account's topics, or of those in a region, which are these and deleted ones. Costs
   * nothing for other accounts.
   */
  resetAccount({ account, region }: { account: string; region?: string }, topics: Iterable<Topic>): void {
    const mortal = this.#mortal.get(account);
    const isMeant = ({ topic }: Pick<Entry, "topic">): boolean => region === undefined || region === topic.scope.region;
    const entries = [...(mortal?.deleted.list() ?? [])].filter(isMeant);
    const left = mortal?.leaving.drop((topic) => isMeant({ topic })) ?? [];
    for (const { held } of [...topics, ...left]) for (const { arn } of held.everyone) entries.push(this.#entry(arn));
    for (const { token, subscription } of entries) {
      this.#byArn.delete(subscription.arn);
      this.#byToken.delete(token);
    }
    this.#alive.deleteAll(entries, ({ arn }) => this.#byArn.has(arn));
    if (mortal === undefined) return;
    if (region === undefined) return this.#close(account, mortal);
    for (const entry of entries) {
      mortal.deleted.delete(entry);
      mortal.entries.delete(entry);
    }
    this.#closeIfEmpty(account);
  }

  #settle(account: string): void {
    if (this.#mortal.has(account)) this.passTime(account, this.#nowFor(account));
  }

  #add(topic: Topic, subscription: Subscription): void {
    const { token } = subscription;
    const entry = { topic, subscription, token, deletedAt: Number.NaN, heapSlot: -1 };
    this.#byArn.set(subscription.arn, entry);
    this.#byToken.set(token, entry);
    this.#alive.add(topic.scope, subscription);
    this.#watch(entry);
  }

  #entry(arn: string): Entry {
    return present(this.#byArn.get(arn), "an entry of the register");
  }

  #deleted(entry: Entry, at: number): void {
    this.#alive.delete(entry.topic.scope, entry.subscription);
    const { deleted } = this.#mortalOf(entry.topic.scope);
    deleted.delete(entry);
    entry.deletedAt = at;
    deleted.set(entry);
    this.#watch(entry);
    const [oldest] = deleted.size > MOST_DELETED_KEPT ? deleted.list() : [];
    if (oldest !== undefined) this.#forget(oldest, at);
  }

  #isOver(entry: Entry): boolean {
    return this.#endOf(entry) <= this.#nowFor(entry.topic.scope.account);
  }

  #endOf(entry: Entry): number {
    if (!this.isAlive(entry)) return entry.deletedAt + DELETED_KEPT_MS;
    const { state, tokenEndsAt } = entry.subscription;
    return state === "pending" ? tokenEndsAt : Number.POSITIVE_INFINITY;
  }

  #watch(entry: Entry): void {
    const endsAt = this.#endOf(entry);
    if (endsAt === Number.POSITIVE_INFINITY) return;
    const { entries, holding } = this.#mortalOf(entry.topic.scope);
    entries.set(entry, endsAt);
    holding?.begin();
  }

  #mortalOf({ account }: Pick<Scope, "account">): Mortal {
    return this.#mortal.get(account) ?? this.#open(account);
  }

  #open(account: string): Mortal {
    const leaving = new LeavingTopics(({ arn }, at) => this.#deleted(this.#entry(arn), at));
    const entries = new IndexedHeap<Entry>();
    const holding = this.#deps.sweeper?.holding(this.#deps.clockOf(account), {
      get nextExpiry() {
        return entries.firstRank();
      },
      expire: (most) => {
        const forgotten = this.passTime(account, this.#nowFor(account), Math.ceil(most / MESSAGES_PER_SUBSCRIPTION));
        return forgotten * MESSAGES_PER_SUBSCRIPTION;
      },
    });
    const catchingUp = new CatchingUp(this.#deps.clockOf(account), () => {
      const now = this.#nowFor(account);
      this.passTime(account, now);
      const isDone = leaving.isEmpty && entries.firstRank() > now;
      if (!isDone) catchingUp.goOnLater();
      return isDone;
    });
    const deleted = new OrderedIndex<Entry>(({ deletedAt: createdAt, subscription: { arn } }) =>
      ageKeyOf({ createdAt, arn }),
    );
    const mortal = { leaving, entries, deleted, holding, catchingUp };
    this.#mortal.set(account, mortal);
    return mortal;
  }

  #forget(entry: Entry, at: number): void {
    const { topic, subscription } = entry;
    this.#alive.delete(topic.scope, subscription);
    topic.held.forget(subscription, at);
    this.#byArn.delete(subscription.arn);
    this.#byToken.delete(entry.token);
    const mortal = this.#mortal.get(topic.scope.account);
    mortal?.deleted.delete(entry);
    mortal?.entries.delete(entry);
    this.#closeIfEmpty(topic.scope.account);
  }

  #closeIfEmpty(account: string): void {
    const mortal = this.#mortal.get(account);
    if (mortal?.entries.size === 0 && mortal.leaving.isEmpty) this.#close(account, mortal);
  }

  #close(account: string, mortal: Mortal): void {
    endOf(mortal);
    this.#mortal.delete(account);
  }

  #nowFor(account: string): number {
    return this.#deps.clockOf(account).now();
  }
}
