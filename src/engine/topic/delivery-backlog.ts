import { Deque } from "../../kernel/collection/deque.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { FanOutSearch } from "./fan-out.ts";
import type { Notification } from "./notification.ts";
import type { Subscription } from "./subscription/subscription.ts";

/** So many deliveries are made in the turn of their publish, and in each later turn all topics' together. */
const DELIVERIES_PER_TURN = 1_000;
/** Steps of judging filter policies that cost a turn as much as one delivery. */
const STEPS_PER_DELIVERY = 500;

/** Work still to do: each item is a delivery, or something that costs as much as so many deliveries. */
type Deliveries = Iterator<number, void>;

/** Whose deliveries they are. */
export interface Publisher {
  readonly arn: string;
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
  readonly #drained: () => void;
  #isGoingOn = false;

  /** `soon` runs a task in a later turn; without it everything is delivered at once. `drained` hears when nothing is left. */
  constructor(soon: ((task: () => void) => void) | undefined, drained: () => void = () => {}) {
    this.#soon = soon;
    this.#drained = drained;
    this.#perTurn = soon === undefined ? Number.POSITIVE_INFINITY : DELIVERIES_PER_TURN;
  }

  /** Whether so many deliveries of the topic can be made at once, without passing earlier ones. */
  hasRoomFor(topic: Publisher, count: number): boolean {
    return count <= this.#perTurn && !this.#lines.has(topic);
  }

  /**
   * Judges as many of the policies as the turn of a publish takes, in which the message was taken apart already; none
   * while earlier deliveries of the topic wait.
   */
  judgeNow(topic: Publisher, search: FanOutSearch): void {
    if (!this.#lines.has(topic)) search.judge(this.#perTurn * STEPS_PER_DELIVERY - search.messageLength);
  }

  /** Makes as many of the deliveries as one turn takes, and the rest later; all of them later while earlier ones wait. */
  add(topic: Publisher, deliveries: Deliveries): void {
    const line = this.#lines.get(topic);
    if (line !== undefined) return line.push(deliveries);
    if (make(deliveries, this.#perTurn) === this.#perTurn) this.defer(topic, deliveries);
  }

  /** Makes the deliveries in later turns, after those of the topic that wait already. */
  defer(topic: Publisher, deliveries: Deliveries): void {
    const line = this.#lines.get(topic);
    if (line !== undefined) return line.push(deliveries);
    const waiting = new Deque<Deliveries>();
    waiting.push(deliveries);
    this.#lines.set(topic, waiting);
    this.#goOnLater();
  }

  /** Whether nothing is still to deliver, from anywhere or from one account's topics. Costs O(n) in topics with deliveries to make. */
  isEmpty(account?: string): boolean {
    if (account === undefined) return this.#lines.size === 0;
    for (const { scope } of this.#lines.keys()) if (scope.account === account) return false;
    return true;
  }

  /** Those with deliveries to make. */
  publishers(): Iterable<Publisher> {
    return this.#lines.keys();
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
      if (this.#lines.size === 0) this.#drained();
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

/** Makes deliveries until they cost so much, and says what they cost; less than that when all are made. */
function make(deliveries: Deliveries, most: number): number {
  let cost = 0;
  while (cost < most) {
    const step = deliveries.next();
    if (step.done) return cost;
    cost += step.value;
  }
  return most;
}

/** Judges the policies that are still to be judged, then sends the message to its receivers; not to those deleted meanwhile. */
export function* toReceivers(
  search: FanOutSearch,
  send: (subscription: Subscription) => void,
): Generator<number, void, void> {
  yield* judging(search);
  for (const subscription of search.receivers) {
    if (subscription.state !== "confirmed") continue;
    send(subscription);
    yield 1;
  }
}

/** Judges the policies that are still to be judged, one a step, after the message was taken apart for them. */
function* judging(search: FanOutSearch): Generator<number, void, void> {
  if (!search.isDone) yield search.messageLength / STEPS_PER_DELIVERY;
  while (!search.isDone) yield search.judge(1) / STEPS_PER_DELIVERY;
  search.rest();
}

/** Looks at one archived message after the other, and sends the subscription those it accepts until it is deleted. */
export function* toSubscription(
  subscription: Subscription,
  notifications: readonly Notification[],
  {
    search,
    send,
  }: {
    search(message: Notification): FanOutSearch;
    send(message: Notification): void;
  },
): Generator<number, void, void> {
  for (const notification of notifications) {
    if (subscription.state !== "confirmed") return;
    const accepting = search(notification);
    yield* judging(accepting);
    if (accepting.receivers.length > 0) send(notification);
    yield 1;
  }
}
