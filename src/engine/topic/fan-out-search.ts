import { MessageView } from "../pattern/matching/message-view.ts";
import type { PolicyIndex } from "../pattern/policy-index.ts";
import type { PolicySearch } from "../pattern/policy-search.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription/subscription.ts";
import type { SubscriptionProtocol } from "./subscription/subscription-protocol.ts";

/** The subscriptions of one protocol that may get the message. */
interface Part {
  readonly protocol: SubscriptionProtocol;
  readonly search: PolicySearch<Subscription>;
}

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
      if (index.size > 0) this.#parts.push({ protocol, search: index.search(this.#views.of(protocol)) });
    }
  }

  /** Judges policies until that took so many steps or all are judged. Returns the steps, which the last policy may exceed. */
  judge(mostSteps: number): number {
    let steps = 0;
    for (const { protocol, search } of this.#parts) {
      if (!search.isDone && steps < mostSteps) steps += search.judge(this.#views.of(protocol), mostSteps - steps);
    }
    return steps;
  }

  get isDone(): boolean {
    return this.#parts.every(({ search }) => search.isDone);
  }

  /** Those who get the message, once all are judged: of one protocol after the other. */
  get receivers(): readonly Subscription[] {
    let receivers: readonly Subscription[] = [];
    for (const { search } of this.#parts) {
      // Most topics have subscriptions of a single protocol, and nothing to copy.
      receivers = receivers.length === 0 ? search.found : [...receivers, ...search.found];
    }
    return receivers;
  }

  /** Lets go of what was made of the message until more is judged: that can be many times its size. */
  rest(): void {
    this.#views.clear();
  }

  /** Size of what is taken apart to go on after a rest. */
  get messageLength(): number {
    return this.#notification.content.message.length;
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
    const { structure, message, attributes } = this.#notification.content;
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
      view = new MessageView({ attributes: this.#notification.content.attributes, body });
      this.#byText.set(body, view);
    }
    return view;
  }
}
