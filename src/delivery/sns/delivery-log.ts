import type { Delivery, PublishingTopic } from "../../engine/topic/delivery.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import type { Subscription } from "../../engine/topic/subscription/subscription.ts";
import { type AccountRingLimits, AccountRings } from "../../kernel/collection/account-rings.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Outcome } from "../transport/job.ts";

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
  readonly subscriptions: LoggedSubscription[];
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
  readonly #attempts: AccountRings<LoggedAttempts>;
  readonly #publishes: AccountRings<LoggedPublish>;
  /** The clock that was asked last, and the account it is of: deliveries come in rows. */
  #asked: { readonly account: string; readonly clock: Clock } | undefined;
  /** The attempts noted last. */
  #latest: LoggedAttempts | undefined;
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
    if (this.#canJoin(this.#latest, { at, messageId, attempt, outcome })) {
      this.#latest.subscriptions.push(subscription.noted);
      return;
    }
    const order = this.#order++;
    this.#latest = { order, at, type, messageId, subscriptions: [subscription.noted], attempt, outcome };
    this.#attempts.push(account, this.#latest);
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

  /** Whether an attempt is like the latest ones, with nothing logged in between. */
  #canJoin(
    latest: LoggedAttempts | undefined,
    { at, messageId, attempt, outcome }: Pick<LoggedAttempts, "at" | "messageId" | "attempt" | "outcome">,
  ): latest is LoggedAttempts {
    if (latest === undefined || latest.order !== this.#order - 1) return false;
    if (latest.messageId !== messageId || latest.at !== at || latest.attempt !== attempt) return false;
    return latest.outcome === outcome && latest.subscriptions.length < SHARED_MOST;
  }
}
