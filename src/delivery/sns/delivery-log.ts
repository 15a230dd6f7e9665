import type { Delivery, PublishingTopic } from "../../engine/topic/delivery.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import { type AccountRingLimits, AccountRings } from "../../kernel/collection/account-rings.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { type Outcome, TAKEN } from "../transport/job.ts";

/** What is noted of a subscription, which may be gone by the time somebody asks. */
export type LoggedSubscription = Pick<Subscription, "arn" | "topicArn" | "protocol" | "shownEndpoint">;

/** Attempts of one instant to deliver one message, all with the same outcome. Holds no message, so it costs little to keep. */
export interface LoggedAttempts {
  /** Places them among everything logged. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: Delivery["type"];
  readonly messageId: string;
  /** Those of one topic; at least one, at most `SHARED_MOST`. */
  readonly subscriptions: readonly LoggedSubscription[];
  /** Counted from 1; 0 when there was no room to wait for one. */
  readonly attempt: number;
  readonly outcome: Outcome;
}

/** One message a topic took. Who did not get it is worked out when somebody asks. */
export interface LoggedPublish {
  readonly order: number;
  readonly topicArn: string;
  readonly notification: Notification;
  /** Characters of the message, counted once. */
  readonly characters: number;
  /** The topic's youngest subscription at that moment, as far as known. */
  readonly youngestSubscriptionArn: string | undefined;
}

/** Hears of each attempt to deliver. Never throws. */
type AttemptListener = (
  delivery: Delivery,
  attempt: Pick<LoggedAttempts, "at" | "attempt" | "outcome" | "messageId">,
) => void;

/** How much is kept of attempts and of publishes; what counts is the entries and the characters of the messages. */
export interface LogLimits {
  readonly attempts: AccountRingLimits;
  readonly publishes: AccountRingLimits;
}

/** How many attempts share an entry at most, which bounds what an entry takes. */
const SHARED_MOST = 64;

const MEBI = 1024 * 1024;
const LIMITS: LogLimits = {
  attempts: { each: { items: 10_000, characters: 0 }, all: { items: 100_000, characters: 0 } },
  publishes: { each: { items: 1000, characters: 16 * MEBI }, all: { items: 10_000, characters: 64 * MEBI } },
};

/** The latest attempts and publishes of each account, for whoever wonders where a message went. */
export class DeliveryLog {
  readonly #clockOf: (account: string) => Clock;
  readonly #attempts: AccountRings<HeldAttempts>;
  readonly #publishes: AccountRings<LoggedPublish>;
  /** The clock that was asked last, and the account it is of: deliveries come in rows. */
  #asked: { readonly account: string; readonly clock: Clock } | undefined;
  /** The attempts noted last. */
  #latest: HeldAttempts | undefined;
  /** An entry that had to go, to be used again: each would live until it is in the old generation, and die there. */
  #spare: HeldAttempts | undefined;
  #order = 0;
  #listeners: readonly AttemptListener[] = [];

  constructor(clockOf: (account: string) => Clock, limits: LogLimits = LIMITS) {
    this.#clockOf = clockOf;
    this.#attempts = new AccountRings(limits.attempts, () => 0);
    this.#publishes = new AccountRings(limits.publishes, ({ characters }) => characters);
  }

  /** Notes an attempt, at a cost that does not depend on the message. Deliveries that come in a row share an entry. */
  add(delivery: Delivery, attempt: number, outcome: Outcome): void {
    const { account } = delivery.topic.scope;
    const messageId = delivery.type === "Notification" ? delivery.notification.id : delivery.id;
    const at = this.#now(account);
    const { type, subscription } = delivery;
    for (const listener of this.#listeners) listener(delivery, { at, attempt, outcome, messageId });
    const latest = this.#latest;
    if (this.#canJoin(latest, { at, messageId, attempt, outcome })) return latest.join(subscription.noted);
    const entry = this.#spare ?? new HeldAttempts();
    entry.hold({ order: this.#order++, at, type, messageId, attempt, outcome });
    entry.begin(subscription.noted, latest);
    this.#latest = entry;
    this.#spare = this.#attempts.push(account, entry);
  }

  /** Calls the listener for every attempt from now on. Returns what ends that. */
  listen(listener: AttemptListener): () => void {
    this.#listeners = [...this.#listeners, listener];
    return () => {
      this.#listeners = this.#listeners.filter((other) => other !== listener);
    };
  }

  /** Notes what a topic took, and the youngest subscription it had. Copies nothing of the message. */
  addPublish(topic: PublishingTopic, notification: Notification, youngestSubscriptionArn: string | undefined): void {
    const { characters } = notification;
    const publish = { order: this.#order++, topicArn: topic.arn, notification, characters, youngestSubscriptionArn };
    this.#publishes.push(topic.scope.account, publish);
  }

  /** Logs attempts that were made before. */
  keepAttempts(account: string, attempts: Omit<LoggedAttempts, "order">): void {
    const entry = new HeldAttempts();
    entry.hold({ ...attempts, order: this.#order++ });
    for (const subscription of attempts.subscriptions) entry.join(subscription);
    this.#attempts.push(account, entry);
  }

  /** Logs what a topic took before. */
  keepPublish(account: string, publish: Omit<LoggedPublish, "order" | "characters">): void {
    const { characters } = publish.notification;
    this.#publishes.push(account, { ...publish, characters, order: this.#order++ });
  }

  /** The attempts that are logged of each account, or of one, oldest first. */
  *attempts(account?: string): Generator<readonly [account: string, attempts: Iterable<LoggedAttempts>], void, void> {
    for (const [owner, entries] of this.#attempts.entries(account)) yield [owner, logged(entries)];
  }

  /** The publishes that are logged of each account, or of one, oldest first. */
  publishes(account?: string): Iterable<readonly [account: string, publishes: Iterable<LoggedPublish>]> {
    return this.#publishes.entries(account);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    this.#attempts.reset(account);
    this.#publishes.reset(account);
    this.#latest = undefined;
    this.#spare = undefined;
    this.#asked = undefined;
  }

  #now(account: string): number {
    if (this.#asked?.account !== account) this.#asked = { account, clock: this.#clockOf(account) };
    return this.#asked.clock.now();
  }

  /** Whether an attempt is like the latest ones, with nothing logged in between. */
  #canJoin(
    latest: HeldAttempts | undefined,
    { at, messageId, attempt, outcome }: Pick<LoggedAttempts, "at" | "messageId" | "attempt" | "outcome">,
  ): latest is HeldAttempts {
    if (latest === undefined || latest.order !== this.#order - 1) return false;
    if (latest.messageId !== messageId || latest.at !== at || latest.attempt !== attempt) return false;
    return latest.outcome === outcome && latest.count < SHARED_MOST;
  }
}

/** An entry as the log holds it. It is used again once it had to go, so that nobody else may keep it. */
class HeldAttempts {
  order = 0;
  at = 0;
  type: Delivery["type"] = "Notification";
  messageId = "";
  attempt = 0;
  outcome: Outcome = TAKEN;
  /** How many of the list are meant: others may have the same one, and it may have grown since. */
  count = 0;
  #list: LoggedSubscription[] = [];

  hold({ order, at, type, messageId, attempt, outcome }: Omit<LoggedAttempts, "subscriptions">): void {
    this.order = order;
    this.at = at;
    this.type = type;
    this.messageId = messageId;
    this.attempt = attempt;
    this.outcome = outcome;
  }

  /** Begins with that subscription: with the list of the entry before if that began with it, since one publish goes where the last went. */
  begin(first: LoggedSubscription, before: HeldAttempts | undefined): void {
    this.#list = before !== undefined && before.#list[0] === first ? before.#list : [first];
    this.count = 1;
  }

  join(subscription: LoggedSubscription): void {
    if (this.#list[this.count] !== subscription) {
      if (this.count < this.#list.length) this.#list = this.#list.slice(0, this.count);
      this.#list.push(subscription);
    }
    this.count++;
  }

  /** What does not change any more. */
  shown(): LoggedAttempts {
    const { order, at, type, messageId, attempt, outcome } = this;
    return { order, at, type, messageId, subscriptions: this.#list.slice(0, this.count), attempt, outcome };
  }
}

function* logged(entries: Iterable<HeldAttempts>): Generator<LoggedAttempts, void, void> {
  for (const entry of entries) yield entry.shown();
}
