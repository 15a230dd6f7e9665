import { Deque } from "../../kernel/collection/deque.ts";
import { present } from "../../kernel/present.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";
import { type Deliveries, type DeliveriesLeft, STEPS_PER_DELIVERY } from "./deliveries.ts";
import type { FanOutSearch } from "./fan-out.ts";

/** So many deliveries are made in the turn of their publish, and in each later turn all topics' together. */
const DELIVERIES_PER_TURN = 1_000;

/** Whose deliveries they are. */
export interface Publisher {
  readonly arn: string;
  readonly scope: Scope;
}

/** Hears of deliveries that later turns make. Each number stands for those of one message, or of one redelivery. */
export interface BacklogListener {
  /** Deliveries were put off, or it became known who gets the message. */
  left(publisher: Publisher, number: number, left: DeliveriesLeft): void;
  /** So many of them are left, the last ones. */
  cameFurther(publisher: Publisher, number: number, left: number): void;
  /** All are made. */
  over(publisher: Publisher, number: number): void;
}

/** Deliveries in a line, and what was told of them. */
interface Waiting {
  readonly deliveries: Deliveries;
  readonly number: number;
  /** Whether it was known who gets the message when they were told of; undefined while they were not. */
  toldAsFound: boolean | undefined;
}

/**
 * Deliveries that later turns of the event loop make, so that a publish to very many holds back nobody else. Those of
 * one topic are made in their order, and topics take turns.
 */
export class DeliveryBacklog {
  readonly #soon: Soon | undefined;
  readonly #perTurn: number;
  /** Topics with deliveries to make; the first one is served next. */
  readonly #lines = new Map<Publisher, Deque<Waiting>>();
  readonly #drained: () => void;
  #isGoingOn = false;
  #number = 0;
  #listener: BacklogListener | undefined;

  /** `soon` runs a task in a later turn; without it everything is delivered at once. `drained` hears when nothing is left. */
  constructor(soon: Soon | undefined, drained: () => void = () => {}) {
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
    if (this.#lines.has(topic) || make(deliveries, this.#perTurn) === this.#perTurn) this.defer(topic, deliveries);
  }

  /** Makes the deliveries in later turns, after those of the topic that wait already. */
  defer(topic: Publisher, deliveries: Deliveries): void {
    const line = this.#lines.get(topic) ?? new Deque<Waiting>();
    this.#lines.set(topic, line);
    const waiting: Waiting = { deliveries, number: ++this.#number, toldAsFound: undefined };
    line.push(waiting);
    this.#tell(topic, waiting);
    this.#goOnLater();
  }

  /** Has somebody hear what is put off from now on, and how far that has come. There is one who does, at the most. */
  listen(listener: BacklogListener): void {
    this.#listener = listener;
  }

  /** What is still to be delivered, everywhere or of one account's topics. */
  *left(account?: string): Generator<readonly [Publisher, number, DeliveriesLeft], void, void> {
    for (const [topic, line] of this.#lines) {
      if (account !== undefined && topic.scope.account !== account) continue;
      for (const waiting of line.from(0)) {
        yield [topic, waiting.number, waiting.deliveries.left];
      }
    }
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

  #tell(topic: Publisher, waiting: Waiting): void {
    if (this.#listener === undefined) return;
    const { deliveries, number, toldAsFound } = waiting;
    const { isFound, count } = deliveries;
    if (toldAsFound === isFound) return this.#listener.cameFurther(topic, number, count);
    waiting.toldAsFound = isFound;
    this.#listener.left(topic, number, deliveries.left);
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
        const waiting = present(line.at(0), "the head of the line");
        left -= make(waiting.deliveries, left);
        if (left > 0) line.shift();
        if (left > 0) this.#listener?.over(topic, waiting.number);
        else this.#tell(topic, waiting);
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
    const step = deliveries.steps.next();
    if (step.done) return cost;
    cost += step.value;
  }
  return most;
}
