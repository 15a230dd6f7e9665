import { MessageView } from "../pattern/matching/message-view.ts";
import { PolicyIndex, type PolicySearch } from "../pattern/policy-index.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription/subscription.ts";
import type { SubscriptionProtocol } from "./subscription/subscription-protocol.ts";

/** Who gets a message: subscriptions by protocol, since each protocol may get a text of its own, then by filter policy. */
export class FanOut {
  readonly #byProtocol = new Map<SubscriptionProtocol, PolicyIndex<Subscription>>();
  /** Subscriptions whose redelivery from the archive ends at an instant still to come; few, if any. */
  readonly #ending = new Set<Subscription>();
  readonly #before: (subscription: Subscription) => void;
  #now = 0;

  /** `before` is told before time pauses a subscription. */
  constructor(before: (subscription: Subscription) => void) {
    this.#before = before;
  }

  /** Puts a subscription where its state says it belongs. */
  place(subscription: Subscription): void {
    const { protocol, state, settings, redelivery } = subscription;
    subscription.isPaused = redelivery?.endingPoint !== undefined && redelivery.endingPoint <= this.#now;
    if (redelivery?.endingPoint !== undefined && !subscription.isPaused) this.#ending.add(subscription);
    else this.#ending.delete(subscription);
    const index = this.#indexOf(protocol);
    if (state === "confirmed" && !subscription.isPaused) index.set(subscription, settings.filterPolicy);
    else index.delete(subscription);
  }

  /** Begins to find those who get the message. */
  search(notification: Notification): FanOutSearch {
    return new FanOutSearch(notification, this.#byProtocol);
  }

  /** Begins to find out whether the subscription's filter policy, as it is now, lets the message through. */
  searchFor(subscription: Subscription, notification: Notification): FanOutSearch {
    const index = new PolicyIndex<Subscription>();
    index.set(subscription, subscription.settings.filterPolicy);
    return new FanOutSearch(notification, [[subscription.protocol, index]]);
  }

  /** Pauses the subscriptions whose redelivery has reached its end. */
  passTime(now: number): void {
    this.#now = now;
    for (const subscription of this.#ending) {
      if ((subscription.redelivery?.endingPoint ?? now) >= now) continue;
      this.#before(subscription);
      this.place(subscription);
    }
  }

  /** The protocols, and of each the subscriptions that get messages, in the order in which they do. */
  *inOrder(): Generator<readonly [SubscriptionProtocol, readonly Subscription[]], void, void> {
    for (const [protocol, index] of this.#byProtocol) yield [protocol, index.inOrder()];
  }

  /** Has protocols come in that order. */
  orderProtocols(protocols: readonly SubscriptionProtocol[]): void {
    for (const protocol of protocols) {
      const index = this.#indexOf(protocol);
      this.#byProtocol.delete(protocol);
      this.#byProtocol.set(protocol, index);
    }
  }

  /** Has a subscription come last of its protocol. */
  placeLast(subscription: Subscription): void {
    this.#indexOf(subscription.protocol).delete(subscription);
    this.place(subscription);
  }

  #indexOf(protocol: SubscriptionProtocol): PolicyIndex<Subscription> {
    let index = this.#byProtocol.get(protocol);
    if (index === undefined) {
      index = new PolicyIndex<Subscription>();
      this.#byProtocol.set(protocol, index);
    }
    return index;
  }
}

/** The subscriptions of one protocol that may get the message: all of them, or those that policies let through. */
type Part =
  | { readonly everyone: readonly Subscription[] }
  | { readonly protocol: SubscriptionProtocol; readonly search: PolicySearch<Subscription> };

/**
 * The search for those who get a message, among the subscriptions and policies that there were when it began. Policies
 * can be judged in several turns.
 */
export class FanOutSearch {
  readonly #notification: Notification;
  readonly #parts: Part[] = [];
  readonly #views: MessageViews;

  constructor(
    notification: Notification,
    byProtocol: Iterable<readonly [SubscriptionProtocol, PolicyIndex<Subscription>]>,
  ) {
    this.#notification = notification;
    this.#views = new MessageViews(notification);
    for (const [protocol, index] of byProtocol) {
      const { everyone } = index;
      if (everyone === undefined) this.#parts.push({ protocol, search: index.search(this.#views.of(protocol)) });
      else if (everyone.length > 0) this.#parts.push({ everyone });
    }
  }

  /** Judges policies until that took so many steps or all are judged. Returns the steps, which the last policy may exceed. */
  judge(mostSteps: number): number {
    let steps = 0;
    for (const part of this.#parts) {
      if ("everyone" in part || part.search.isDone || steps >= mostSteps) continue;
      steps += part.search.judge(this.#views.of(part.protocol), mostSteps - steps);
    }
    return steps;
  }

  get isDone(): boolean {
    return this.#parts.every((part) => "everyone" in part || part.search.isDone);
  }

  /** Those who get the message, once all are judged: of one protocol after the other. */
  get receivers(): readonly Subscription[] {
    let receivers: readonly Subscription[] = [];
    for (const part of this.#parts) {
      const found = "everyone" in part ? part.everyone : part.search.found;
      // Most topics have subscriptions of a single protocol, and nothing to copy.
      receivers = receivers.length === 0 ? found : [...receivers, ...found];
    }
    return receivers;
  }

  /** Lets go of what was made of the message until more is judged: that can be many times its size. */
  rest(): void {
    this.#views.clear();
  }

  /** Size of what is taken apart to go on after a rest. */
  get messageLength(): number {
    return this.#notification.message.length;
  }
}

/** A message as the policies of each protocol see it. Protocols that get the same text share what is made of it. */
class MessageViews {
  readonly #notification: Notification;
  /** By the text. Most messages have one for all protocols, which is not looked up: that would take reading it. */
  #byText: Map<string, MessageView> | undefined;
  #ofAll: MessageView | undefined;

  constructor(notification: Notification) {
    this.#notification = notification;
  }

  of(protocol: SubscriptionProtocol): MessageView {
    const { structure, message, attributes } = this.#notification;
    if (structure !== undefined) return this.#ofText(this.#notification.messageFor(protocol));
    this.#ofAll ??= new MessageView({ attributes, body: message });
    return this.#ofAll;
  }

  clear(): void {
    this.#byText = undefined;
    this.#ofAll = undefined;
  }

  #ofText(body: string): MessageView {
    this.#byText ??= new Map();
    let view = this.#byText.get(body);
    if (view === undefined) {
      view = new MessageView({ attributes: this.#notification.attributes, body });
      this.#byText.set(body, view);
    }
    return view;
  }
}
