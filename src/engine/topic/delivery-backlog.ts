import { Deque } from "../../kernel/deque.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription.ts";

/** So many deliveries are made in the turn of their publish, and in each later turn all topics' together. */
const DELIVERIES_PER_TURN = 1_000;

/** Deliveries still to make: each step makes one. */
type Deliveries = Iterator<unknown, void>;

/** Whose deliveries they are. */
interface Publisher {
  readonly scope: Scope;
}

/**
 * Deliveries that later turns of the event loop make, so that a publish to very many holds back nobody else. Those of
 * one topic are made in their order, and topics take turns.
 */
export class DeliveryBacklog {
  readonly #soon: ((task: () => void) => void) | undefined;
  readonly #perTurn: number;
  /** Topics with deliveries to make; the first one is served next. */
  readonly #lines = new Map<Publisher, Deque<Deliveries>>();
  #isGoingOn = false;

  /** `soon` runs a task in a later turn. Without it everything is delivered at once. */
  constructor(soon: ((task: () => void) => void) | undefined) {
    this.#soon = soon;
    this.#perTurn = soon === undefined ? Number.POSITIVE_INFINITY : DELIVERIES_PER_TURN;
  }

  /** Whether so many deliveries of the topic can be made at once, without passing earlier ones. */
  hasRoomFor(topic: Publisher, count: number): boolean {
    return count <= this.#perTurn && !this.#lines.has(topic);
  }

  /** Makes as many of the deliveries as one turn takes, and the rest later; all of them later while earlier ones wait. */
  add(topic: Publisher, deliveries: Deliveries): void {
    const line = this.#lines.get(topic);
    if (line !== undefined) return line.push(deliveries);
    if (make(deliveries, this.#perTurn) < this.#perTurn) return;
    const waiting = new Deque<Deliveries>();
    waiting.push(deliveries);
    this.#lines.set(topic, waiting);
    this.#goOnLater();
  }

  /** Forgets what is still to deliver, everywhere or of one account's topics. */
  reset(account?: string): void {
    for (const topic of this.#lines.keys()) {
      if (account === undefined || topic.scope.account === account) this.#lines.delete(topic);
    }
  }

  #goOnLater(): void {
    if (this.#isGoingOn || this.#lines.size === 0) return;
    this.#isGoingOn = true;
    this.#soon?.(() => {
      this.#isGoingOn = false;
      this.#goOn();
      this.#goOnLater();
    });
  }

  /** One turn: the topic that is served joins the end of the line unless nothing of it is left. */
  #goOn(): void {
    let left = this.#perTurn;
    for (const [topic, line] of this.#lines) {
      while (left > 0 && line.size > 0) {
        left -= make(present(line.at(0), "the head of the line"), left);
        if (left > 0) line.shift();
      }
      this.#lines.delete(topic);
      if (line.size > 0) this.#lines.set(topic, line);
      if (left === 0) return;
    }
  }
}

/** Makes so many of the deliveries at most, and says how many. */
function make(deliveries: Deliveries, most: number): number {
  for (let made = 0; made < most; made++) {
    if (deliveries.next().done) return made;
  }
  return most;
}

/** Sends one message to each of its receivers, a delivery a step; not to those deleted meanwhile. */
export function* toReceivers(
  receivers: readonly Subscription[],
  send: (subscription: Subscription) => void,
): Generator<void, void, void> {
  for (const subscription of receivers) {
    if (subscription.state === "confirmed") yield send(subscription);
  }
}

/** Looks at one archived message a step, and sends the subscription those it accepts until it is deleted. */
export function* toSubscription(
  subscription: Subscription,
  notifications: readonly Notification[],
  { accepts, send }: { accepts(message: Notification): boolean; send(message: Notification): void },
): Generator<void, void, void> {
  for (const notification of notifications) {
    if (subscription.state !== "confirmed") return;
    yield accepts(notification) ? send(notification) : undefined;
  }
}
