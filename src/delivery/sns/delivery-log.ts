import type { Delivery, PublishingTopic } from "../../engine/topic/delivery.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import {
  type AccountRing,
  type AccountRingLimits,
  AccountRings,
  type RingLimits,
} from "../../kernel/collection/account-rings.ts";
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
  readonly #attempts: AccountRings<LoggedAttempts, AttemptRing>;
  readonly #publishes: AccountRings<LoggedPublish>;
  /** The clock that was asked last, and the account it is of: deliveries come in rows. */
  #asked: { readonly account: string; readonly clock: Clock } | undefined;
  /** Where the attempts are that were noted last. */
  #latest: AttemptRing | undefined;
  #order = 0;
  #listeners: readonly AttemptListener[] = [];

  constructor(clockOf: (account: string) => Clock, limits: LogLimits = LIMITS) {
    this.#clockOf = clockOf;
    this.#attempts = new AccountRings(limits.attempts, (each) => new AttemptRing(each));
    this.#publishes = AccountRings.of(limits.publishes, ({ characters }) => characters);
  }

  /** Notes an attempt, at a cost that does not depend on the message. Deliveries that come in a row share an entry. */
  add(delivery: Delivery, attempt: number, outcome: Outcome): void {
    const { account } = delivery.topic.scope;
    const messageId = delivery.type === "Notification" ? delivery.notification.id : delivery.id;
    const at = this.#now(account);
    const { type, subscription } = delivery;
    for (const listener of this.#listeners) listener(delivery, { at, attempt, outcome, messageId });
    const { noted } = subscription;
    if (this.#latest?.join(noted, { order: this.#order - 1, at, messageId, attempt, outcome })) return;
    const attempts = { order: this.#order++, at, type, messageId, subscriptions: [noted], attempt, outcome };
    this.#latest = this.#attempts.push(account, attempts);
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
    this.#attempts.push(account, { ...attempts, order: this.#order++ });
  }

  /** Logs what a topic took before. */
  keepPublish(account: string, publish: Omit<LoggedPublish, "order" | "characters">): void {
    const { characters } = publish.notification;
    this.#publishes.push(account, { ...publish, characters, order: this.#order++ });
  }

  /** The attempts that are logged of each account, or of one, oldest first. */
  attempts(account?: string): Iterable<readonly [account: string, attempts: Iterable<LoggedAttempts>]> {
    return this.#attempts.entries(account);
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
    this.#asked = undefined;
  }

  #now(account: string): number {
    if (this.#asked?.account !== account) this.#asked = { account, clock: this.#clockOf(account) };
    return this.#asked.clock.now();
  }
}

/** So many entries have room at first. */
const LEAST_ENTRIES = 16;

/**
 * The latest attempts of an account, in columns that are written again and again: entries of their own would each live until they
 * are in the collector's old generation, and die there.
 */
class AttemptRing implements AccountRing<LoggedAttempts> {
  /** Attempts have no texts that would count. */
  readonly characters = 0;
  readonly #most: number;
  #columns: AttemptColumns;
  /** The place of the oldest. */
  #first = 0;
  /** The place of the latest; none is there at first. */
  #last = -1;
  #latest: LoggedAttempts | undefined;
  size = 0;

  constructor({ items }: RingLimits) {
    this.#most = items;
    this.#columns = new AttemptColumns(Math.min(LEAST_ENTRIES, items));
  }

  get oldest(): Pick<LoggedAttempts, "order"> | undefined {
    return this.size === 0 ? undefined : { order: this.#columns.orders[this.#first] as number };
  }

  push(attempts: LoggedAttempts): void {
    if (this.size === this.#most) this.shift();
    if (this.size === this.#columns.room) this.#grow();
    const before = this.#columns.lists[this.#last];
    this.#last = this.#after(this.#last);
    this.#columns.set(this.#last, attempts, before);
    this.#latest = attempts;
    this.size++;
  }

  shift(): void {
    if (this.size === 0) return;
    this.#first = this.#after(this.#first);
    this.size--;
  }

  /** Adds a subscription to the latest attempts, and says whether it could: they are of that order, and like its own. */
  join(
    subscription: LoggedSubscription,
    { order, at, messageId, attempt, outcome }: Omit<LoggedAttempts, "subscriptions" | "type">,
  ): boolean {
    const latest = this.#latest;
    if (this.size === 0 || latest === undefined) return false;
    if (latest.order !== order || latest.messageId !== messageId || latest.at !== at) return false;
    if (latest.attempt !== attempt || latest.outcome !== outcome) return false;
    return this.#columns.join(this.#last, subscription);
  }

  *oldestFirst(): IterableIterator<LoggedAttempts> {
    for (let index = 0, place = this.#first; index < this.size; index++, place = this.#after(place)) {
      yield this.#columns.at(place);
    }
  }

  #after(place: number): number {
    return place + 1 === this.#columns.room ? 0 : place + 1;
  }

  #grow(): void {
    const larger = new AttemptColumns(Math.min(this.#columns.room * 2, this.#most));
    let place = 0;
    for (const attempts of this.oldestFirst()) {
      larger.set(place, attempts, larger.lists[place - 1]);
      place++;
    }
    this.#columns = larger;
    this.#first = 0;
    this.#last = place - 1;
  }
}

/** What is known of attempts, by the place of their entry. */
class AttemptColumns {
  readonly room: number;
  readonly orders: Float64Array;
  readonly instants: Float64Array;
  readonly numbers: Float64Array;
  /** How many of the list are meant: others may have the same one, and it may have grown since. */
  readonly counts: Uint8Array;
  readonly messageIds: string[];
  readonly types: Delivery["type"][];
  readonly outcomes: Outcome[];
  readonly lists: LoggedSubscription[][];

  constructor(room: number) {
    this.room = room;
    this.orders = new Float64Array(room);
    this.instants = new Float64Array(room);
    this.numbers = new Float64Array(room);
    this.counts = new Uint8Array(room);
    this.messageIds = new Array<string>(room).fill("");
    this.types = new Array<Delivery["type"]>(room).fill("Notification");
    this.outcomes = new Array<Outcome>(room).fill(TAKEN);
    this.lists = new Array<LoggedSubscription[]>(room).fill([]);
  }

  /** Writes an entry, with the list of the one before if that begins alike, since one publish goes where the last went. */
  set(place: number, attempts: LoggedAttempts, before: LoggedSubscription[] | undefined): void {
    const { order, at, type, messageId, subscriptions, attempt, outcome } = attempts;
    this.orders[place] = order;
    this.instants[place] = at;
    this.numbers[place] = attempt;
    this.messageIds[place] = messageId;
    this.types[place] = type;
    this.outcomes[place] = outcome;
    const [first] = subscriptions;
    this.counts[place] = 0;
    this.lists[place] = before !== undefined && before[0] === first ? before : [];
    for (const subscription of subscriptions) this.join(place, subscription);
  }

  /** Adds a subscription to the list of that entry, and says whether there was room. */
  join(place: number, subscription: LoggedSubscription): boolean {
    const list = this.lists[place] as LoggedSubscription[];
    const count = this.counts[place] as number;
    if (count === SHARED_MOST) return false;
    this.counts[place] = count + 1;
    if (list[count] === subscription) return true;
    if (count === list.length) list.push(subscription);
    else this.lists[place] = [...list.slice(0, count), subscription];
    return true;
  }

  /** What does not change any more. */
  at(place: number): LoggedAttempts {
    return {
      order: this.orders[place] as number,
      at: this.instants[place] as number,
      type: this.types[place] as Delivery["type"],
      messageId: this.messageIds[place] as string,
      subscriptions: (this.lists[place] as LoggedSubscription[]).slice(0, this.counts[place]),
      attempt: this.numbers[place] as number,
      outcome: this.outcomes[place] as Outcome,
    };
  }
}
