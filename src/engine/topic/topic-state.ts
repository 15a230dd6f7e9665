import { present } from "../../kernel/present.ts";
import { AcceptedNotifications } from "./accepted-notifications.ts";
import { Archive } from "./archive.ts";
import { FanOut } from "./fan-out.ts";
import type { Counters } from "./kept/counters.ts";
import type { DeduplicationKept, TopicKept } from "./kept/kept-events.ts";
import type { LiveSubscriptionConfigured, LiveTopicEvent } from "./live-events.ts";
import type { NewNotification, Notification, PublishedNotification } from "./notification.ts";
import type { TopicDefinition } from "./settings.ts";
import { Subscription } from "./subscription/subscription.ts";
import { TopicSubscriptions } from "./subscription/topic-subscriptions.ts";

/** So much of what has expired is let go of at each touch; the sweeper does the rest. */
const EXPIRED_PER_TURN = 1_000;

/** What a topic starts from. */
interface Beginning {
  readonly arn: string;
  readonly createdAt: number;
  readonly definition: TopicDefinition;
  readonly countPropagationMs: number;
}

/** All that a topic knows. Only events change it, and the passing of time. */
export class TopicState {
  readonly createdAt: number;
  readonly subscriptions: TopicSubscriptions;
  readonly #arn: string;
  #fanOut: FanOut;
  #accepted = new AcceptedNotifications();
  #definition: TopicDefinition;
  #archive: Archive | undefined;
  #published = 0;

  constructor({ arn, createdAt, definition, countPropagationMs }: Beginning) {
    this.#arn = arn;
    this.createdAt = createdAt;
    this.subscriptions = new TopicSubscriptions(countPropagationMs);
    this.#fanOut = this.#newFanOut();
    this.#definition = definition;
    this.#openArchive(createdAt);
  }

  get definition(): TopicDefinition {
    return this.#definition;
  }

  get archive(): Pick<Archive, "beginning" | "between"> | undefined {
    return this.#archive;
  }

  /** How many messages were published so far. */
  get published(): number {
    return this.#published;
  }

  /** Who gets what. */
  get fanOut(): Pick<FanOut, "inOrder" | "search" | "searchFor"> {
    return this.#fanOut;
  }

  /** The message that this one is a duplicate of. */
  twinOf(content: NewNotification): PublishedNotification | undefined {
    return this.#accepted.twinOf(content);
  }

  /** What is archived, oldest first, in a list of its own. */
  archived(): readonly Notification[] {
    return this.#archive?.list() ?? [];
  }

  /** What counts on. */
  counters(now: number): Counters {
    const published = this.#definition.settings.isFifo && this.#published > 0 ? this.#published : undefined;
    const archiveOpenedAt = this.#archive?.openedAt === this.createdAt ? undefined : this.#archive?.openedAt;
    return { published, archiveOpenedAt, counts: this.subscriptions.keptCounts(now) };
  }

  /** The deduplication ids that are remembered. */
  deduplication(): Iterable<DeduplicationKept> {
    return this.#accepted.taken();
  }

  /** When the next deduplication id or archived message expires; Infinity when there is none. */
  get nextExpiry(): number {
    return Math.min(this.#accepted.nextEnd, this.#archive?.nextEnd ?? Number.POSITIVE_INFINITY);
  }

  /**
   * Lets time catch up. Comes before every event. What has expired is not found any more; so much of it is let go of, and it
   * says of how much.
   */
  passTime(now: number, most = EXPIRED_PER_TURN): number {
    this.#fanOut.passTime(now);
    const forgotten = this.#definition.settings.isFifo ? this.#accepted.passTime(now, most) : 0;
    return forgotten + (this.#archive?.passTime(now, most - forgotten) ?? 0);
  }

  /** Lets go of all that a deleted topic has no use for. Its subscriptions can still be looked up. */
  close(): void {
    this.#fanOut = this.#newFanOut();
    this.#accepted = new AcceptedNotifications();
    this.#archive = undefined;
  }

  apply(event: LiveTopicEvent): void {
    switch (event.type) {
      case "configured":
        this.#definition = event.definition;
        return this.#openArchive(event.at);
      case "published":
        return this.#remember(event.notification);
      case "subscribed": {
        const { arn, at: createdAt, token, tokenEndsAt, definition } = event;
        const identity = { arn, topicArn: this.#arn, createdAt, token, tokenEndsAt };
        const subscription = new Subscription(identity, definition);
        this.subscriptions.add(subscription);
        return this.#fanOut.place(subscription);
      }
      case "subscriptionConfigured":
        return this.#reconfigure(event);
      case "countersKept":
      case "deduplicationKept":
      case "orderKept":
        return this.#keep(event);
      case "asked":
        this.#subscription(event.arn).tokenEndsAt = event.tokenEndsAt;
        return;
      default:
        return this.#change(this.#subscription(event.arn), event);
    }
  }

  #change(
    subscription: Subscription,
    event: Extract<LiveTopicEvent, { type: "confirmed" | "unsubscribed" | "redeliveryRequested" }>,
  ): void {
    if (event.type === "confirmed") {
      this.subscriptions.confirm(subscription, event.at);
      subscription.deletedAt = undefined;
      subscription.wasAuthenticated = event.isAuthenticated;
      subscription.refusesUnsignedUnsubscribe = event.refusesUnsignedUnsubscribe;
    } else if (event.type === "unsubscribed") {
      this.subscriptions.delete(subscription, event.at);
      subscription.deletedAt = event.at;
      subscription.token = event.token;
      subscription.tokenEndsAt = event.tokenEndsAt;
    } else {
      subscription.redelivery = event.range;
    }
    this.#fanOut.place(subscription);
  }

  #keep(event: TopicKept): void {
    if (event.type === "deduplicationKept") return this.#accepted.keep(event);
    if (event.type === "orderKept") {
      if (event.protocols !== undefined) this.#fanOut.orderProtocols(event.protocols);
      if (event.last !== undefined) this.#fanOut.placeLast(this.#subscription(event.last));
      return;
    }
    const { published = 0, archiveOpenedAt, counts } = event;
    this.#published = published;
    this.#accepted = new AcceptedNotifications();
    if (this.#archive !== undefined && archiveOpenedAt !== undefined) this.#archive.openedAt = archiveOpenedAt;
    if (counts !== undefined) this.subscriptions.keepCounts(counts);
  }

  #reconfigure({ arn, settings, attributes }: LiveSubscriptionConfigured): void {
    const subscription = this.#subscription(arn);
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

  /** The subscription of that ARN, to be changed. */
  #subscription(arn: string): Subscription {
    const subscription = present(this.subscriptions.get(arn), "a subscription");
    this.subscriptions.takings.before(subscription);
    return subscription;
  }

  #newFanOut(): FanOut {
    const { takings } = this.subscriptions;
    return new FanOut((subscription) => takings.before(subscription));
  }

  #openArchive(at: number): void {
    const { archiveRetentionMs } = this.#definition.settings;
    if (archiveRetentionMs === undefined) this.#archive = undefined;
    else if (this.#archive === undefined) this.#archive = new Archive(at, archiveRetentionMs);
    else this.#archive.retentionMs = archiveRetentionMs;
  }
}
