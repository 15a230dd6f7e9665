import { present } from "../../kernel/present.ts";
import { AcceptedNotifications } from "./accepted-notifications.ts";
import { Archive } from "./archive.ts";
import { FanOut } from "./fan-out.ts";
import type { CountersKept, DeduplicationKept, OrderKept, TopicKept } from "./kept/kept-events.ts";
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
  readonly subscriptions: TopicSubscriptions;
  readonly #arn: string;
  readonly #createdAt: number;
  #fanOut = new FanOut();
  #accepted = new AcceptedNotifications();
  #definition: TopicDefinition;
  #archive: Archive | undefined;
  #published = 0;

  constructor({ arn, createdAt, definition, countPropagationMs }: Beginning) {
    this.#arn = arn;
    this.#createdAt = createdAt;
    this.subscriptions = new TopicSubscriptions(countPropagationMs);
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

  /** What is archived, oldest first. */
  archived(): Iterable<Notification> {
    return this.#archive?.between(Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY) ?? [];
  }

  /** The order in which subscriptions get messages, as far as it is not the one in which they came. Costs O(n log n). */
  *keptOrder(): Generator<OrderKept, void, void> {
    const [type, at] = ["orderKept" as const, this.#createdAt];
    const came = new Map<Subscription["protocol"], Subscription[]>();
    for (const subscription of this.subscriptions.everyone) {
      const { protocol } = subscription;
      const isServed = subscription.state === "confirmed" && !subscription.isPaused;
      const soFar = came.get(protocol) ?? [];
      if (isServed) soFar.push(subscription);
      came.set(protocol, soFar);
    }
    const protocols: Subscription["protocol"][] = [];
    for (const [protocol, served] of this.#fanOut.inOrder()) {
      const cameInOrder = came.get(protocol) ?? [];
      const first = served.findIndex((subscription, place) => subscription !== cameInOrder[place]);
      if (first >= 0) for (const { arn: last } of served.slice(first)) yield { type, at, last };
      protocols.push(protocol);
    }
    const isOpen = protocols.length > 0;
    if (isOpen && protocols.join() !== [...came.keys()].join()) yield { type, at, protocols };
  }

  /** What counts on, unless it is as in a new topic with these subscriptions. Costs O(n). */
  *keptCounters(now: number): Generator<CountersKept, void, void> {
    const counts = this.subscriptions.keptCounts(now);
    const published = this.#definition.settings.isFifo && this.#published > 0 ? this.#published : undefined;
    const archiveOpenedAt = this.#archive?.openedAt === this.#createdAt ? undefined : this.#archive?.openedAt;
    if (counts === undefined && published === undefined && archiveOpenedAt === undefined) return;
    yield {
      type: "countersKept",
      at: this.#createdAt,
      ...(published !== undefined && { published }),
      ...(archiveOpenedAt !== undefined && { archiveOpenedAt }),
      ...(counts && { counts }),
    };
  }

  keptDeduplication(): Iterable<DeduplicationKept> {
    return this.#accepted.kept();
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
    this.#fanOut = new FanOut();
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
      subscription.wasAuthenticated = event.isAuthenticated;
      subscription.refusesUnsignedUnsubscribe = event.refusesUnsignedUnsubscribe;
    } else if (event.type === "unsubscribed") {
      this.subscriptions.delete(subscription, event.at);
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

  #subscription(arn: string): Subscription {
    return present(this.subscriptions.get(arn), "a subscription");
  }

  #openArchive(at: number): void {
    const { archiveRetentionMs } = this.#definition.settings;
    if (archiveRetentionMs === undefined) this.#archive = undefined;
    else if (this.#archive === undefined) this.#archive = new Archive(at, archiveRetentionMs);
    else this.#archive.retentionMs = archiveRetentionMs;
  }
}
