import { sha256 } from "../../kernel/digest.ts";
import type { IndexRange } from "../../kernel/ordered-index.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Expiring, Holding } from "../../kernel/sweeper.ts";
import { AcceptedNotifications } from "./accepted-notifications.ts";
import { Archive } from "./archive.ts";
import type { TopicDoors, TopicIdentity } from "./definition.ts";
import { toReceivers, toSubscription } from "./delivery-steps.ts";
import type { SubscriptionConfigured, TopicEvent } from "./events.ts";
import { FanOut } from "./fan-out.ts";
import { type NewNotification, Notification, type PublishedNotification } from "./notification.ts";
import type { SubscriptionCounts } from "./propagating-counts.ts";
import type { ReplayRequest, ReplayStatus } from "./replay.ts";
import { topicSequenceNumber } from "./sequence-number.ts";
import type { TopicDefinition } from "./settings.ts";
import {
  type Confirmation,
  Subscription,
  type SubscriptionDefinition,
  type SubscriptionSettings,
} from "./subscription.ts";
import { TopicSubscriptions } from "./topic-subscriptions.ts";

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
  readonly #doors: TopicDoors;
  readonly #subscriptions: TopicSubscriptions;
  readonly #holding: Holding | undefined;
  #fanOut = new FanOut();
  #accepted = new AcceptedNotifications();
  #definition: TopicDefinition;
  #archive: Archive | undefined;
  #published = 0;

  constructor(identity: TopicIdentity, definition: TopicDefinition, doors: TopicDoors) {
    this.name = identity.name;
    this.arn = identity.arn;
    this.scope = identity.scope;
    this.createdAt = identity.createdAt;
    this.#doors = doors;
    this.#subscriptions = new TopicSubscriptions(doors.rules.countPropagationMs);
    this.#definition = definition;
    this.#holding = doors.sweeper?.holding(doors.clock, this);
    this.#openArchive(identity.createdAt);
  }

  get definition(): TopicDefinition {
    return this.#definition;
  }

  /** Its subscriptions in the order in which they came; deleted ones are not among them. Costs O(n). */
  get subscriptions(): readonly Subscription[] {
    return this.#subscriptions.all;
  }

  /** Its subscriptions of that range, by age; deleted ones are not among them. */
  listSubscriptions(range?: IndexRange): Iterable<Subscription> {
    return this.#subscriptions.list(range);
  }

  get counts(): SubscriptionCounts {
    return this.#subscriptions.counts(this.#settle());
  }

  /** The oldest instant that can be replayed, or undefined when nothing is archived. */
  get beginningOfArchive(): number | undefined {
    return this.#archive?.beginning(this.#settle());
  }

  configure(definition: TopicDefinition): void {
    this.#record({ type: "configured", at: this.#settle(), definition });
  }

  /** The subscription of that endpoint, if there is one. */
  find(protocol: string, endpoint: string): Subscription | undefined {
    return this.#subscriptions.find(protocol, endpoint);
  }

  /** Publishes a message, or answers with the earlier one when a FIFO duplicate arrives. */
  publish(content: NewNotification): PublishedNotification {
    const at = this.#settle();
    const { settings } = this.#definition;
    const accepted = settings.isFifo ? this.#withDeduplicationId(content) : content;
    const twin = settings.isFifo ? this.#accepted.twinOf(accepted) : undefined;
    if (twin !== undefined) return twin;
    const sequenceNumber = settings.isFifo ? topicSequenceNumber(this.#published) : undefined;
    const identity = { id: this.#doors.ids.uuid(), sequenceNumber, publishedAt: at };
    const notification = new Notification(identity, accepted);
    this.#record({ type: "published", at, notification });
    if (settings.isFifo) this.#holding?.begin();
    const receivers = this.#fanOut.receivers(notification);
    const { backlog } = this.#doors;
    if (backlog.hasRoomFor(this, receivers.length)) {
      for (const subscription of receivers) this.#send(subscription, notification);
    } else
      backlog.add(
        this,
        toReceivers(receivers, (subscription) => this.#send(subscription, notification)),
      );
    return notification;
  }

  subscribe(definition: SubscriptionDefinition): Subscription {
    const at = this.#settle();
    const arn = `${this.arn}:${this.#doors.ids.uuid()}`;
    this.#record({ type: "subscribed", at, arn, definition, ...this.#newToken(at) });
    return present(this.#subscriptions.get(arn), "a subscription");
  }

  /** Lets a pending or deleted subscription have messages from now on; a pending one the replay it waits for, too. */
  confirm(subscription: Subscription, { isAuthenticated, refusesUnsigned }: Confirmation): void {
    const at = this.#settle();
    const isNew = subscription.state === "pending";
    const refusesUnsignedUnsubscribe = refusesUnsigned;
    this.#record({ type: "confirmed", at, arn: subscription.arn, isAuthenticated, refusesUnsignedUnsubscribe });
    if (isNew) this.#replayTo(subscription, at);
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
    this.#doors.outbox({ type, topic: this, subscription, id: this.#doors.ids.uuid(), token, sentAt, origin });
  }

  configureSubscription(
    { arn }: Subscription,
    settings: SubscriptionSettings,
    attributes: Readonly<Record<string, string>>,
  ): void {
    this.#record({ type: "subscriptionConfigured", at: this.#settle(), arn, settings, attributes });
  }

  /** Has the archive delivered again to a subscription; without a request, ends whatever a former one asked for. */
  replay(subscription: Subscription, request: ReplayRequest | undefined): void {
    const at = this.#settle();
    this.#record({ type: "replayed", at, arn: subscription.arn, request });
    if (subscription.state === "confirmed") this.#replayTo(subscription, at);
  }

  /** How far the replay of a subscription is, or undefined when it has asked for none. */
  replayStatusOf(subscription: Subscription): ReplayStatus | undefined {
    this.#settle();
    return subscription.replayStatus;
  }

  /** Forgets a subscription that was deleted, or never confirmed, for good. */
  forget(subscription: Subscription): void {
    this.#subscriptions.forget(subscription, this.#settle());
  }

  /** When the next deduplication id or archived message expires; Infinity when there is none. */
  get nextExpiry(): number {
    return Math.min(this.#accepted.nextEnd, this.#archive?.nextEnd ?? Number.POSITIVE_INFINITY);
  }

  /** Lets go of what has expired. */
  expire(): number {
    this.#settle();
    return 1;
  }

  /** Lets go of all that a deleted topic has no use for. Its subscriptions can still be looked up. */
  close(): void {
    this.#holding?.end();
    this.#fanOut = new FanOut();
    this.#accepted = new AcceptedNotifications();
    this.#archive = undefined;
  }

  #replayTo(subscription: Subscription, at: number): void {
    const { replay } = subscription;
    if (replay === undefined || this.#archive === undefined) return;
    const replayed = [...this.#archive.between(replay.startingPoint, replay.endingPoint ?? at)];
    const accepts = (notification: Notification) => this.#fanOut.accepts(subscription, notification);
    const send = (notification: Notification) => this.#send(subscription, notification, true);
    this.#doors.backlog.add(this, toSubscription(subscription, replayed, { accepts, send }));
  }

  #send(subscription: Subscription, notification: Notification, isReplayed = false): void {
    this.#doors.outbox({ type: "Notification", topic: this, subscription, notification, isReplayed });
  }

  #record(event: TopicEvent): void {
    this.#apply(event);
    this.#doors.journal?.(event);
  }

  #apply(event: TopicEvent): void {
    switch (event.type) {
      case "configured":
        this.#definition = event.definition;
        return this.#openArchive(event.at);
      case "published":
        return this.#remember(event.notification);
      case "subscribed": {
        const { arn, at: createdAt, token, tokenEndsAt, definition } = event;
        const identity = { arn, topicArn: this.arn, createdAt, token, tokenEndsAt };
        const subscription = new Subscription(identity, definition);
        this.#subscriptions.add(subscription);
        return this.#fanOut.place(subscription);
      }
      case "subscriptionConfigured":
        return this.#reconfigure(event);
      case "asked":
        present(this.#subscriptions.get(event.arn), "a subscription").tokenEndsAt = event.tokenEndsAt;
        return;
      default:
        return this.#change(present(this.#subscriptions.get(event.arn), "a subscription"), event);
    }
  }

  #change(
    subscription: Subscription,
    event: Extract<TopicEvent, { type: "confirmed" | "unsubscribed" | "replayed" }>,
  ): void {
    if (event.type === "confirmed") {
      this.#subscriptions.confirm(subscription, event.at);
      subscription.wasAuthenticated = event.isAuthenticated;
      subscription.refusesUnsignedUnsubscribe = event.refusesUnsignedUnsubscribe;
    } else if (event.type === "unsubscribed") {
      this.#subscriptions.delete(subscription, event.at);
      subscription.token = event.token;
      subscription.tokenEndsAt = event.tokenEndsAt;
    } else {
      subscription.replay = event.request;
    }
    this.#fanOut.place(subscription);
  }

  #reconfigure({ arn, settings, attributes }: SubscriptionConfigured): void {
    const subscription = present(this.#subscriptions.get(arn), "a subscription");
    subscription.settings = settings;
    subscription.attributes = attributes;
    this.#fanOut.place(subscription);
  }

  #remember(notification: Notification): void {
    this.#published++;
    this.#archive?.add(notification);
    const { settings } = this.#definition;
    if (settings.isFifo) this.#accepted.remember(notification, settings);
  }

  #openArchive(at: number): void {
    const { archiveRetentionMs } = this.#definition.settings;
    if (archiveRetentionMs === undefined) this.#archive = undefined;
    else if (this.#archive === undefined) this.#archive = new Archive(at, archiveRetentionMs);
    else this.#archive.retentionMs = archiveRetentionMs;
  }

  #withDeduplicationId(content: NewNotification): NewNotification {
    if (content.deduplicationId !== undefined || !this.#definition.settings.contentBasedDeduplication) return content;
    return { ...content, deduplicationId: sha256(content.message) };
  }

  #newToken(at: number): { readonly token: string; readonly tokenEndsAt: number } {
    return { token: this.#doors.ids.bytes(TOKEN_BYTES).toString("hex"), tokenEndsAt: at + TOKEN_LIFE_MS };
  }

  /** Lets time catch up and says what time it is. */
  #settle(): number {
    const now = this.#doors.clock.now();
    this.#accepted.passTime(now);
    this.#archive?.passTime(now);
    this.#fanOut.passTime(now);
    return now;
  }
}
