import { parseArn } from "../../kernel/arn.ts";
import type { Clock } from "../../kernel/clock.ts";
import { Deque } from "../../kernel/deque.ts";
import type { Ids } from "../../kernel/ids.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { Outbox } from "./delivery.ts";
import type { Subscription, SubscriptionDefinition } from "./subscription.ts";
import type { Topic, TopicDoors } from "./topic.ts";
import { Topics } from "./topics.ts";

/** How long subscriptions nobody confirms, and deleted ones, are kept. Subscription guide. */
const KEPT_MS = 3 * 24 * 60 * 60_000;

/** What the directory is given at construction. */
export interface TopicDirectoryDoors {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly outbox: Outbox;
  /** Where a topic's events go; nowhere unless given. */
  readonly journalOf?: (arn: string) => TopicDoors["journal"];
}

/** A subscription and its topic, which may be deleted by now. */
export interface Subscribed {
  readonly topic: Topic;
  readonly subscription: Subscription;
}

/** Every topic there is, by account and region, and every subscription by ARN and by token. */
export class TopicDirectory {
  readonly #doors: TopicDirectoryDoors;
  readonly #byScope = new Map<string, Topics>();
  /** Topics that were asked for by ARN: publishers ask for the same few over and over. */
  readonly #asked = new Map<string, Topic>();
  readonly #byArn = new Map<string, Subscribed>();
  readonly #byToken = new Map<string, Subscribed>();
  /** When to look whether a subscription is to be forgotten; for each account in the order of these instants. */
  readonly #aging = new Map<string, Deque<Subscribed & { readonly endsAt: number }>>();

  constructor(doors: TopicDirectoryDoors) {
    this.#doors = doors;
  }

  /** The topics of one account and region. */
  in(scope: Scope): Topics {
    const key = scopeKey(scope);
    let topics = this.#byScope.get(key);
    if (topics === undefined) {
      const { clockOf, ids, outbox, journalOf = () => undefined } = this.#doors;
      topics = new Topics(scope, { clock: clockOf(scope.account), ids, outbox, journalOf });
      this.#byScope.set(key, topics);
    }
    return topics;
  }

  /** The topic of that ARN, or undefined when there is none. */
  byArn(text: string): Topic | undefined {
    const known = this.#asked.get(text);
    if (known !== undefined) return known;
    const arn = parseArn(text);
    if (arn?.service !== "sns") return undefined;
    const topic = this.#byScope.get(scopeKey(arn))?.find(arn.resource);
    if (topic?.arn !== text) return undefined;
    this.#asked.set(text, topic);
    return topic;
  }

  /** Deletes the topic. Its subscriptions are gone from listings and links; for a while they can still be looked up. */
  delete(topic: Topic): void {
    this.in(topic.scope).delete(topic);
    this.#asked.delete(topic.arn);
    for (const subscription of topic.subscriptions) {
      this.#byToken.delete(subscription.token);
      this.#age({ topic, subscription });
    }
  }

  /** Whether neither the subscription nor its topic is deleted. */
  isAlive({ topic, subscription }: Subscribed): boolean {
    return subscription.state !== "deleted" && this.#hasTopic(topic);
  }

  subscribe(topic: Topic, definition: SubscriptionDefinition): Subscribed {
    this.#forgetAged(topic.scope.account);
    const subscribed = { topic, subscription: topic.subscribe(definition) };
    this.#byArn.set(subscribed.subscription.arn, subscribed);
    this.#byToken.set(subscribed.subscription.token, subscribed);
    this.#age(subscribed);
    return subscribed;
  }

  /** Deletes a subscription. For a while it can still be looked up, and brought back with its new token. */
  unsubscribe(subscribed: Subscribed): void {
    const { topic, subscription } = subscribed;
    this.#byToken.delete(subscription.token);
    topic.unsubscribe(subscription);
    this.#byToken.set(subscription.token, subscribed);
    this.#age(subscribed);
  }

  /** The subscription of that ARN, deleted ones and those of deleted topics included for a while. */
  subscription(arn: string): Subscribed | undefined {
    this.#forgetAged(parseArn(arn)?.account ?? "");
    return this.#byArn.get(arn);
  }

  /** The subscription that a link with this token confirms, while the token lasts. */
  subscriptionByToken(token: string): Subscribed | undefined {
    const subscribed = this.#byToken.get(token);
    if (subscribed === undefined) return undefined;
    const now = this.#doors.clockOf(subscribed.topic.scope.account).now();
    return now < subscribed.subscription.tokenEndsAt || subscribed.subscription.state === "confirmed"
      ? subscribed
      : undefined;
  }

  /** The subscriptions an account made to topics of a region, oldest first. Costs O(n). */
  subscriptionsOf({ account, region }: Scope): readonly Subscription[] {
    this.#forgetAged(account);
    return [...this.#byArn.values()]
      .filter(({ topic, subscription }) => subscription.owner === account && topic.scope.region === region)
      .filter((subscribed) => this.isAlive(subscribed))
      .map(({ subscription }) => subscription);
  }

  /** Forgets every topic and subscription, or those of one account. */
  reset(account?: string): void {
    const isMeant = ({ topic }: Subscribed): boolean => account === undefined || topic.scope.account === account;
    for (const [key, topics] of this.#byScope) {
      if (account === undefined || topics.scope.account === account) this.#byScope.delete(key);
    }
    this.#asked.clear();
    for (const [arn, subscribed] of this.#byArn) if (isMeant(subscribed)) this.#byArn.delete(arn);
    for (const [token, subscribed] of this.#byToken) if (isMeant(subscribed)) this.#byToken.delete(token);
    if (account === undefined) this.#aging.clear();
    else this.#aging.delete(account);
  }

  #age(subscribed: Subscribed): void {
    const { account } = subscribed.topic.scope;
    let aging = this.#aging.get(account);
    if (aging === undefined) {
      aging = new Deque();
      this.#aging.set(account, aging);
    }
    aging.push({ ...subscribed, endsAt: this.#doors.clockOf(account).now() + KEPT_MS });
  }

  #hasTopic(topic: Topic): boolean {
    return this.in(topic.scope).find(topic.name) === topic;
  }

  /** Forgets what has been pending or deleted for too long. */
  #forgetAged(account: string): void {
    const aging = this.#aging.get(account);
    const now = this.#doors.clockOf(account).now();
    for (let first = aging?.at(0); first !== undefined && first.endsAt <= now; first = aging?.at(0)) {
      aging?.shift();
      if (first.subscription.state !== "confirmed" || !this.#hasTopic(first.topic)) this.#forget(first);
    }
  }

  #forget({ topic, subscription }: Subscribed): void {
    topic.forget(subscription);
    this.#byArn.delete(subscription.arn);
    this.#byToken.delete(subscription.token);
  }
}
