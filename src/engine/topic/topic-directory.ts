import { formatArn, parseArn, scopeOfArn } from "../../kernel/arn.ts";
import { ByScope, type Whereabouts } from "../../kernel/collection/by-scope.ts";
import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import { readAtOnce, type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Entry } from "../../kernel/event/event-log.ts";
import { EventLogs } from "../../kernel/event/event-logs.ts";
import type { Ids } from "../../kernel/ids.ts";
import { type Scope, scopeKey } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";
import type { Sweeper } from "../../kernel/time/sweeper.ts";
import type { Outbox, Published, PublishingTopic, PublishListener } from "./delivery.ts";
import { type BacklogListener, DeliveryBacklog, type Publisher } from "./delivery-backlog.ts";
import type { TopicEvent, TopicsReset } from "./events.ts";
import type { TopicRules } from "./settings.ts";
import type { Subscribed } from "./subscription/registered.ts";
import type { Subscription } from "./subscription/subscription.ts";
import { SubscriptionRegister } from "./subscription/subscription-register.ts";
import type { Topic } from "./topic.ts";
import { entriesOf, Topics } from "./topics.ts";

/** What the directory is given at construction. */
export interface TopicDirectoryDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly outbox: Outbox;
  readonly published?: PublishListener | undefined;
  /** Nothing takes time unless given. */
  readonly rules?: TopicRules;
  /** Runs a task in a later turn of the event loop. Without it everything is delivered in the turn of its publish. */
  readonly soon?: Soon;
  /** Hears when all deliveries are made that had to wait for a later turn. */
  readonly drained?: () => void;
  /** Frees what expires while nobody asks; without it that is freed by the next question. */
  readonly sweeper?: Sweeper;
  /** Where events go; nobody hears of them unless given. */
  readonly logs?: EventLogs;
}

const PROMPT: TopicRules = { countPropagationMs: 0 };

/** Every topic there is, by account and region, and every subscription by ARN and by token. */
export class TopicDirectory {
  readonly #deps: Pick<TopicDirectoryDeps, "clockOf" | "logs">;
  readonly #byScope: ByScope<Topics>;
  /** Topics that were asked for by ARN: publishers ask for the same few over and over. */
  readonly #asked = new Map<string, Topic>();
  readonly #register: SubscriptionRegister;
  readonly #backlog: DeliveryBacklog;

  constructor(deps: TopicDirectoryDeps) {
    this.#deps = deps;
    const { clockOf, ids, outbox, published, rules = PROMPT, soon, sweeper, logs = new EventLogs() } = deps;
    const isCurrent = (topic: PublishingTopic) => this.#find(topic.scope, topic.name) === topic;
    this.#register = new SubscriptionRegister({ clockOf, isCurrent, sweeper });
    this.#backlog = new DeliveryBacklog(soon, deps.drained);
    const shared = { ids, outbox, published, backlog: this.#backlog, rules, sweeper, logs, register: this.#register };
    this.#byScope = new ByScope(
      (scope) => new Topics(scope, { ...shared, clock: clockOf(scope.account), kept: this.#byScope }),
      clockOf,
    );
  }

  /** The topics of one account and region. */
  in(scope: Scope): Topics {
    return this.#byScope.in(scope);
  }

  /** The topics of an account, of a region or of all of them, by account and region. */
  within(whereabouts: Whereabouts): readonly Topics[] {
    return this.#byScope.within(whereabouts);
  }

  /** The topic of that ARN, or undefined when there is none. */
  byArn(text: string): Topic | undefined {
    return this.#asked.get(text) ?? this.#lookUp(text);
  }

  /** Deletes the topic. Its subscriptions are gone from listings and links; for a while they can still be looked up. */
  delete(topic: Topic): void {
    this.#asked.delete(topic.arn);
    this.in(topic.scope).delete(topic);
  }

  /** Settles once time has caught up with an account's subscriptions; undefined unless that takes more than one turn. */
  lag(account: string): Promise<void> | undefined {
    return this.#register.lag(account);
  }

  /** Whether neither the subscription nor its topic is deleted. */
  isAlive(published: Published): boolean {
    return this.#register.isAlive(published);
  }

  /** The subscription of that ARN, deleted ones and those of deleted topics included for a while. */
  subscription(arn: string): Subscribed | undefined {
    return this.#register.byArn(arn);
  }

  /** The subscription that a link with this token confirms: while the token lasts, and for ever once it has. */
  subscriptionByToken(token: string): Subscribed | undefined {
    return this.#register.byToken(token);
  }

  /** The subscriptions an account made to topics of a region, by age. */
  subscriptionsOf(scope: Scope, range?: IndexRange): Iterable<Subscription> {
    return this.#register.alive(scope, range);
  }

  /**
   * The entries that build every topic as it is now, or those of one account; to be read to the end at once. Deliveries
   * that later turns make are not among them.
   */
  *entries(account?: string): Generator<Entry<TopicEvent>, void, void> {
    for (const entries of this.taken(account)) yield* readAtOnce(entries);
  }

  /** The same, each topic as it is when it is taken, whenever it is read; to be taken at once. */
  *taken(account?: string): Generator<Taken<Entry<TopicEvent>>, void, void> {
    for (const { topic, at } of [...this.#register.deletedTopics(account)]) {
      yield entriesOf(topic);
      const removed: Entry<TopicEvent> = { resource: topic.arn, event: { type: "removed", at } };
      yield takenAs(() => [removed]);
    }
    for (const topics of this.#byScope.within({ account })) yield* topics.taken();
  }

  /** Applies an entry that a log kept. Nothing is delivered. */
  replay({ resource, event }: Entry<TopicEvent | TopicsReset>): void {
    const scope = scopeOfArn(resource);
    if (event.type === "topicsReset") return this.#forget(scope);
    const name = resource.slice(resource.lastIndexOf(":") + 1);
    if (event.type === "removed") this.#asked.delete(resource);
    this.in(scope).replay(name, event);
  }

  /** Whether later turns have nothing to deliver, of all topics or of one account's. */
  isSettled(account?: string): boolean {
    return this.#backlog.isEmpty(account);
  }

  /** Has somebody hear of deliveries that wait for a later turn. There is one who does, at the most. */
  listenToBacklog(listener: BacklogListener): void {
    this.#backlog.listen(listener);
  }

  /** The deliveries that wait for a later turn, of all topics or of one account's. */
  deliveriesLeft(account?: string): ReturnType<DeliveryBacklog["left"]> {
    return this.#backlog.left(account);
  }

  /** The topics with deliveries that wait for a later turn. */
  delivering(): Iterable<Publisher> {
    return this.#backlog.publishers();
  }

  /** Forgets every topic and subscription, or those of one account. */
  reset(account?: string): void {
    const scopes = this.#scopes(account);
    const gone = this.#byScope.reset(account);
    this.#asked.clear();
    if (account === undefined) this.#register.reset();
    else this.#register.resetAccount({ account }, topicsIn(gone));
    this.#backlog.reset(account);
    for (const scope of scopes) this.#tellReset(scope);
  }

  /** Forgets what is still to deliver. */
  close(): void {
    this.#backlog.reset();
  }

  #tellReset(scope: Scope): void {
    const { clockOf, logs } = this.#deps;
    const log = logs?.of(scope.account);
    const event: TopicsReset = { type: "topicsReset", at: clockOf(scope.account).now() };
    if (log?.isHeard) log.append([{ resource: formatArn("sns", scope, ""), event }]);
  }

  #forget(scope: Scope): void {
    const topics = this.#byScope.drop(scope);
    this.#asked.clear();
    this.#register.resetAccount(scope, topics === undefined ? [] : topicsIn([topics]));
  }

  /** Where there are topics, or subscriptions of deleted ones, by account and region. */
  #scopes(account: string | undefined): readonly Scope[] {
    const topics = [...this.#byScope.all(account)].map(({ scope }) => scope);
    const deleted = [...this.#register.deletedTopics(account)].map(({ topic }) => topic.scope);
    const scopes = [...topics, ...deleted];
    const byKey = new Map(scopes.map((scope) => [scopeKey(scope), scope]));
    return [...byKey].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, scope]) => scope);
  }

  #lookUp(text: string): Topic | undefined {
    const arn = parseArn(text);
    if (arn?.service !== "sns") return undefined;
    const topic = this.#find(arn, arn.resource);
    if (topic?.arn !== text) return undefined;
    this.#asked.set(text, topic);
    return topic;
  }

  #find(scope: Scope, name: string): Topic | undefined {
    return this.#byScope.find(scope)?.find(name);
  }
}

function* topicsIn(all: Iterable<Topics>): Generator<Topic, void, void> {
  for (const topics of all) yield* topics.list();
}
