import type { Delivery } from "../../engine/topic/delivery.ts";
import type { TopicEvent } from "../../engine/topic/events.ts";
import type { Notification } from "../../engine/topic/notification.ts";
import type { Subscription } from "../../engine/topic/subscription.ts";
import { parseArn } from "../../kernel/arn.ts";
import type { Clock } from "../../kernel/clock.ts";
import type { Journal } from "../../kernel/journal.ts";
import { present } from "../../kernel/present.ts";
import { Ring } from "../transport/ring.ts";

/** What an attempt led to. */
export type Outcome =
  | { readonly result: "delivered"; readonly statusCode: number | undefined }
  | {
      readonly result: "retrying";
      readonly statusCode: number | undefined;
      readonly reason: string;
      readonly nextAttemptAt: number;
    }
  | {
      readonly result: "deadLettered";
      readonly statusCode: number | undefined;
      readonly reason: string;
      readonly deadLetterTargetArn: string;
    }
  | { readonly result: "dropped"; readonly statusCode: number | undefined; readonly reason: string };

/** Attempts of one instant to deliver one message, all with the same outcome. Holds no message, so it costs little to keep. */
export interface LoggedAttempts {
  /** Places them among everything logged. */
  readonly order: number;
  /** Epoch milliseconds. */
  readonly at: number;
  readonly type: Delivery["type"];
  readonly messageId: string;
  /** Those of one topic; at least one, at most `SHARED_MOST`. */
  readonly subscriptions: Subscription[];
  /** Counted from 1; 0 when there was no room to wait for one. */
  readonly attempt: number;
  readonly outcome: Outcome;
}

/** One message a topic took. Who did not get it is worked out when somebody asks. */
export interface LoggedPublish {
  readonly order: number;
  readonly topicArn: string;
  readonly notification: Notification;
  /** The topic's youngest subscription at that moment, as far as known. */
  readonly youngestSubscriptionArn: string | undefined;
}

/** What is logged of one account's topics. */
export interface AccountLog {
  readonly clock: Clock;
  readonly attempts: Ring<LoggedAttempts>;
  /** The attempts noted last. */
  latest: LoggedAttempts | undefined;
  readonly publishes: Ring<LoggedPublish>;
}

/** How much is kept for each account. */
interface LogLimits {
  /** Entries of attempts. */
  readonly attempts: number;
  readonly publishes: number;
  /** Of the messages published. */
  readonly characters: number;
}

/** How many attempts share an entry at most, which bounds what an entry takes. */
const SHARED_MOST = 64;

const LIMITS: LogLimits = { attempts: 10_000, publishes: 1000, characters: 16 * 1024 * 1024 };

/** The latest attempts and publishes of each account, for whoever wonders where a message went. */
export class DeliveryLog {
  readonly #clockOf: (account: string) => Clock;
  readonly #limits: LogLimits;
  readonly #byAccount = new Map<string, AccountLog>();
  #order = 0;

  constructor(clockOf: (account: string) => Clock, limits: LogLimits = LIMITS) {
    this.#clockOf = clockOf;
    this.#limits = limits;
  }

  /** Notes an attempt, at a cost that does not depend on the message. Deliveries that come in a row share an entry. */
  add(delivery: Delivery, attempt: number, outcome: Outcome): void {
    const log = this.#of(delivery.topic.scope.account);
    const messageId = delivery.type === "Notification" ? delivery.notification.id : delivery.id;
    const at = log.clock.now();
    const { type, subscription } = delivery;
    if (this.#canJoin(log.latest, { at, messageId, attempt, outcome })) {
      log.latest.subscriptions.push(subscription);
      return;
    }
    const order = this.#order++;
    log.latest = { order, at, type, messageId, subscriptions: [subscription], attempt, outcome };
    log.attempts.push(log.latest);
  }

  /** What a topic is to tell its events to, so that its publishes are noted. */
  journalOf(topicArn: string): Journal<TopicEvent> {
    const account = present(parseArn(topicArn), "the ARN of a topic").account;
    let youngestSubscriptionArn: string | undefined;
    return (event) => {
      if (event.type === "subscribed") youngestSubscriptionArn = event.arn;
      if (event.type !== "published") return;
      const { notification } = event;
      this.#of(account).publishes.push({ order: this.#order++, topicArn, notification, youngestSubscriptionArn });
    };
  }

  /** What is logged of one account, or of all. */
  accounts(account?: string): ReadonlyMap<string, AccountLog> {
    const log = account === undefined ? undefined : this.#byAccount.get(account);
    if (account === undefined) return this.#byAccount;
    return log === undefined ? new Map() : new Map([[account, log]]);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    if (account === undefined) this.#byAccount.clear();
    else this.#byAccount.delete(account);
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

  #of(account: string): AccountLog {
    return this.#byAccount.get(account) ?? this.#open(account);
  }

  #open(account: string): AccountLog {
    const { attempts, publishes, characters } = this.#limits;
    const log = {
      clock: this.#clockOf(account),
      attempts: new Ring<LoggedAttempts>({ items: attempts, characters }, () => 0),
      latest: undefined,
      publishes: new Ring<LoggedPublish>({ items: publishes, characters }, charactersOf),
    };
    this.#byAccount.set(account, log);
    return log;
  }
}

function charactersOf({ notification }: LoggedPublish): number {
  return notification.content.message.length;
}
