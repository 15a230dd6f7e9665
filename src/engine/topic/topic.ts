import type { IndexRange } from "../../kernel/collection/ordered-index.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import { sha256 } from "../../kernel/digest.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Expiring, Holding } from "../../kernel/time/sweeper.ts";
import type { ArchiveRange } from "./archive.ts";
import type { TopicDeps, TopicIdentity } from "./definition.ts";
import { type DeliveriesLeft, FanOutDeliveries, Redelivery, ResumedDeliveries } from "./deliveries.ts";
import type { TopicChange, TopicCreated } from "./events.ts";
import { topicEvents } from "./kept/topic-entries.ts";
import { type LiveTopicEvent, toLive, toPlain } from "./live-events.ts";
import { type NewNotification, Notification, type PublishedNotification, topicSequenceNumber } from "./notification.ts";
import type { TopicDefinition } from "./settings.ts";
import type { SubscriptionCounts } from "./subscription/propagating-counts.ts";
import type {
  Confirmation,
  RedeliveryStatus,
  Subscription,
  SubscriptionConfiguration,
  SubscriptionDefinition,
} from "./subscription/subscription.ts";
import type { TopicSubscriptions } from "./subscription/topic-subscriptions.ts";
import { TopicState } from "./topic-state.ts";

/** How long a link that confirms a subscription works. API_Subscribe. */
const TOKEN_LIFE_MS = 48 * 60 * 60_000;
/** Bytes behind a token; AWS shows 288 hexadecimal digits. */
const TOKEN_BYTES = 144;

/**
 * A topic with its subscriptions. Publishing decides at once who gets the message and hands the deliveries to the outbox
 * in the same turn, unless there are very many: it costs time for those who get it, not for those who do not.
 */
export class Topic implements Expiring {
  readonly name: string;
  readonly arn: string;
  readonly scope: Scope;
  readonly createdAt: number;
  readonly #deps: TopicDeps;
  readonly #state: TopicState;
  readonly #holding: Holding | undefined;

  constructor(identity: TopicIdentity, definition: TopicDefinition, deps: TopicDeps) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.scope = identity.scope;
    this.createdAt = identity.createdAt;
    this.#deps = deps;
    this.#state = new TopicState({ ...identity, definition, ...deps.rules });
    this.#holding = deps.sweeper?.holding(deps.clock, this);
  }

  get definition(): TopicDefinition {
    return this.#state.definition;
  }

  /** Its subscriptions in the order in which they came; deleted ones are not among them. Costs O(n). */
  get subscriptions(): readonly Subscription[] {
    this.#settle();
    return this.#state.subscriptions.all;
  }

  /** Its subscriptions of that range, by age; deleted ones are not among them. */
  listSubscriptions(range?: IndexRange): Iterable<Subscription> {
    this.#settle();
    return this.#state.subscriptions.list(range);
  }

  /** Its subscriptions as they stand, without time catching up. For the register that knows those of all topics. */
  get held(): TopicSubscriptions {
    return this.#state.subscriptions;
  }

  get counts(): SubscriptionCounts {
    return this.#state.subscriptions.counts(this.#settle());
  }

  /** The oldest instant that can be delivered again, or undefined when nothing is archived. */
  get beginningOfArchive(): number | undefined {
    return this.#state.archive?.beginning(this.#settle());
  }

  configure(definition: TopicDefinition): void {
    this.#record({ type: "configured", at: this.#settle(), definition });
  }

  /** The subscription of that endpoint, if there is one. */
  find(protocol: string, endpoint: string): Subscription | undefined {
    this.#settle();
    return this.#state.subscriptions.find(protocol, endpoint);
  }

  /** Publishes a message, or answers with the earlier one when a FIFO duplicate arrives. */
  publish(content: NewNotification): PublishedNotification {
    const at = this.#settle();
    const { settings } = this.#state.definition;
    const accepted = settings.isFifo ? this.#withDeduplicationId(content) : content;
    const twin = settings.isFifo ? this.#state.twinOf(accepted) : undefined;
    if (twin !== undefined) return twin;
    const sequenceNumber = settings.isFifo ? topicSequenceNumber(this.#state.published) : undefined;
    const identity = { id: this.#deps.ids.uuid(), sequenceNumber, publishedAt: at };
    const notification = new Notification(identity, accepted);
    this.#record({ type: "published", at, notification });
    if (settings.isFifo) this.#holding?.begin();
    this.#deps.published?.(this, notification, this.#state.subscriptions.youngestArn);
    this.#fanOut(notification);
    return notification;
  }

  subscribe(definition: SubscriptionDefinition): Subscription {
    const at = this.#settle();
    const arn = `${this.arn}:${this.#deps.ids.uuid()}`;
    this.#record({ type: "subscribed", at, arn, definition, ...this.#newToken(at) });
    const subscription = present(this.#state.subscriptions.get(arn), "a subscription");
    if (subscription.state === "confirmed") this.#redeliverTo(subscription, at);
    return subscription;
  }

  /** Lets a pending or deleted subscription have messages from now on; a pending one what it wants of the archive, too. */
  confirm(subscription: Subscription, { isAuthenticated, refusesUnsigned }: Confirmation): void {
    const at = this.#settle();
    const isNew = subscription.state === "pending";
    const refusesUnsignedUnsubscribe = refusesUnsigned;
    this.#record({ type: "confirmed", at, arn: subscription.arn, isAuthenticated, refusesUnsignedUnsubscribe });
    if (isNew) this.#redeliverTo(subscription, at);
  }

  /** Deletes a subscription. A new token brings it back as long as that lasts. */
  unsubscribe({ arn }: Subscription): void {
    const at = this.#settle();
    this.#record({ type: "unsubscribed", at, arn, ...this.#newToken(at) });
  }

  /** Asks the endpoint whether it wants the subscription, or wants it back. From now the token has its whole life again. */
  askForConfirmation(
    type: "SubscriptionConfirmation" | "UnsubscribeConfirmation",
    subscription: Subscription,
    origin: string,
  ): void {
    const sentAt = this.#settle();
    const { arn, token } = subscription;
    this.#record({ type: "asked", at: sentAt, arn, tokenEndsAt: sentAt + TOKEN_LIFE_MS });
    this.#deps.outbox({ type, topic: this, subscription, id: this.#deps.ids.uuid(), token, sentAt, origin });
  }

  configureSubscription({ arn }: Subscription, configuration: SubscriptionConfiguration): void {
    this.#record({ type: "subscriptionConfigured", at: this.#settle(), arn, ...configuration });
  }

  /**
   * Configures a subscription, and has the archive delivered again to it; without a range, ends whatever a former one
   * asked for.
   */
  redeliver(
    subscription: Subscription,
    range: ArchiveRange | undefined,
    configuration: SubscriptionConfiguration,
  ): void {
    const at = this.#settle();
    const { arn } = subscription;
    this.#recordAll([
      { type: "subscriptionConfigured", at, arn, ...configuration },
      { type: "redeliveryRequested", at, arn, range },
    ]);
    if (subscription.state === "confirmed") this.#redeliverTo(subscription, at);
  }

  /** How far the redelivery to a subscription is, or undefined when it has asked for none. */
  redeliveryStatusOf(subscription: Subscription): RedeliveryStatus | undefined {
    this.#settle();
    return subscription.redeliveryStatus;
  }

  /** The archived messages that can be delivered again. */
  get archived(): Iterable<Notification> {
    const now = this.#settle();
    const { archive } = this.#state;
    return archive === undefined ? [] : archive.between(archive.beginning(now), now);
  }

  /** Goes on with deliveries in later turns. */
  goOnWith(left: DeliveriesLeft): void {
    const { backlog } = this.#deps;
    if ("redelivered" in left) return backlog.defer(this, this.#redelivery(left.subscription, left.redelivered));
    const { notification } = left;
    const search = (subscription: Subscription) => this.#state.fanOut.searchFor(subscription, notification);
    const send = (subscription: Subscription) => this.#send(subscription, notification);
    backlog.defer(this, new ResumedDeliveries(left, { search, send }));
  }

  /** When the next deduplication id or archived message expires; Infinity when there is none. */
  get nextExpiry(): number {
    return this.#state.nextExpiry;
  }

  /** Lets go of what has expired. */
  expire(most: number): number {
    return this.#state.passTime(this.#settle(), most);
  }

  /** Lets time pass until its end, then go of all that a deleted topic has no use for. Its subscriptions can still be looked up. */
  close(at: number): void {
    this.#holding?.end();
    this.#state.passTime(at);
    this.#state.close();
  }

  /** The events that build the topic as it is now, whenever they are read. */
  taken(): Taken<TopicCreated | TopicChange> {
    const events = topicEvents(this.#state, this.#settle());
    const { createdAt: at, definition } = this;
    return takenAs(function* () {
      yield { type: "created", at, definition };
      for (const event of events) yield toPlain(event);
    }, events.end);
  }

  /** Applies an event that a log kept. */
  replay(event: TopicChange): void {
    this.#state.passTime(event.at);
    this.#apply(toLive(event));
    if (event.type === "published" && this.definition.settings.isFifo) this.#holding?.begin();
  }

  /** Delivers at once what one turn takes; only policies and subscriptions far beyond the ordinary take more than one. */
  #fanOut(notification: Notification): void {
    const { backlog } = this.#deps;
    const search = this.#state.fanOut.search(notification);
    const send = (subscription: Subscription) => this.#send(subscription, notification);
    backlog.judgeNow(this, search);
    const { fanOut } = this.#state;
    const possible = () => [...fanOut.inOrder()].flatMap(([, subscriptions]) => subscriptions);
    if (!search.isDone) {
      search.rest();
      return backlog.defer(this, new FanOutDeliveries(notification, search, { possible, send }));
    }
    const { receivers } = search;
    if (!backlog.hasRoomFor(this, receivers.length)) {
      return backlog.add(this, new FanOutDeliveries(notification, search, { possible, send }));
    }
    for (const subscription of receivers) this.#send(subscription, notification);
  }

  #redeliverTo(subscription: Subscription, at: number): void {
    const { redelivery } = subscription;
    const { archive } = this.#state;
    if (redelivery === undefined || archive === undefined) return;
    const wanted = [
      ...archive.between(Math.max(redelivery.startingPoint, archive.beginning(at)), redelivery.endingPoint ?? at),
    ];
    this.#deps.backlog.add(this, this.#redelivery(subscription, wanted));
  }

  #redelivery(subscription: Subscription, wanted: readonly Notification[]): Redelivery {
    const search = (notification: Notification) => this.#state.fanOut.searchFor(subscription, notification);
    const send = (notification: Notification) => this.#send(subscription, notification, true);
    return new Redelivery(subscription, wanted, { search, send });
  }

  #send(subscription: Subscription, notification: Notification, isFromArchive = false): void {
    this.#deps.outbox({ type: "Notification", topic: this, subscription, notification, isFromArchive });
  }

  #record(event: LiveTopicEvent): void {
    this.#apply(event);
    const { log } = this.#deps;
    if (log.isHeard) log.appendOne(this.arn, toPlain(event));
  }

  /** Records what happens together. */
  #recordAll(events: readonly LiveTopicEvent[]): void {
    for (const event of events) this.#apply(event);
    const { log } = this.#deps;
    if (log.isHeard) log.append(events.map((event) => ({ resource: this.arn, event: toPlain(event) })));
  }

  #apply(event: LiveTopicEvent): void {
    this.#state.apply(event);
    if (event.type !== "published") this.#deps.apply(event);
  }

  #withDeduplicationId(content: NewNotification): NewNotification {
    const { contentBasedDeduplication } = this.#state.definition.settings;
    if (content.deduplicationId !== undefined || !contentBasedDeduplication) return content;
    return { ...content, deduplicationId: sha256(content.message) };
  }

  #newToken(at: number): { readonly token: string; readonly tokenEndsAt: number } {
    return { token: this.#deps.ids.bytes(TOKEN_BYTES).toString("hex"), tokenEndsAt: at + TOKEN_LIFE_MS };
  }

  /** Lets time catch up and says what time it is. */
  #settle(): number {
    const now = this.#deps.clock.now();
    this.#deps.register.passTime(this.scope.account, now);
    this.#state.passTime(now);
    return now;
  }
}
