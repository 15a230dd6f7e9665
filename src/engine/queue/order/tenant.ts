import { Deque } from "../../../kernel/collection/deque.ts";
import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { Message } from "../message.ts";
import { ProcessingTime } from "../receive/processing-time.ts";
import type { FreshLine } from "./dispatch.ts";

/** After so many receives a message goes to the back. SQS developer guide, ApproximateAgeOfOldestMessage. */
const RECEIVES_BEFORE_THE_BACK = 3;

/** A message that waits, and its place in the queue's order. */
export interface Placed {
  readonly message: Message;
  readonly place: number;
}

/**
 * The messages of a standard queue that share a MessageGroupId, or all those without one: what waits, oldest first,
 * and how much is being processed.
 */
export class Tenant implements HeapItem {
  heapSlot = -1;
  isNoisy = false;
  inFlight = 0;
  /** Messages that are still to wait: what is known of the tenant has to last until they do. */
  delayed = 0;
  lastSentAt = 0;
  readonly processing = new ProcessingTime();
  readonly groupId: string | undefined;
  /** Those that wait as they were handed over; a tenant with a group has none. */
  readonly #line: FreshLine | undefined;
  /** Other messages never received, in the order they came. */
  readonly #waiting = new Deque<Message>();
  /** Messages that came back or were let in out of turn, by place. Made when the first one comes. */
  #returned: IndexedHeap<Message> | undefined;

  constructor(groupId: string | undefined, line?: FreshLine) {
    this.groupId = groupId;
    this.#line = line;
  }

  /** Place of the first message in the queue's order; Infinity when nothing waits. */
  get firstPlace(): number {
    return Math.min(this.#firstMadePlace, this.#line?.fresh.firstKey ?? Number.POSITIVE_INFINITY);
  }

  /** The first message. One that waits as it was handed over is made for good, and waits at its place like those that came back. */
  first(): Message | undefined {
    const line = this.#line;
    if (line !== undefined && line.fresh.firstKey < this.#firstMadePlace) {
      const made = line.makeFirst();
      this.putAt(made, made.key);
      return made;
    }
    this.#dropGone();
    const waiting = this.#waiting.at(0);
    return waiting !== undefined && waiting.key < this.#firstReturnedPlace ? waiting : this.#returned?.first();
  }

  /** What waits behind that place, in order. */
  *behind(place: number): Generator<Placed, void, void> {
    const returned = this.#returned?.inOrder((_message, rank) => rank <= place);
    let next = returned?.next().value ?? undefined;
    for (const message of this.#cameBehind(place)) {
      for (; next !== undefined && this.#placeOf(next) < message.key; next = returned?.next().value ?? undefined) {
        yield { message: next, place: this.#placeOf(next) };
      }
      yield { message, place: message.key };
    }
    for (; next !== undefined; next = returned?.next().value ?? undefined) {
      yield { message: next, place: this.#placeOf(next) };
    }
  }

  append(message: Message): void {
    this.#waiting.push(message);
  }

  /** Puts a message back where it stood, or behind everything at `backPlace` when it was received often. */
  putBack(message: Message, backPlace: () => number): void {
    this.putAt(message, message.receiveCountHere < RECEIVES_BEFORE_THE_BACK ? message.key : backPlace());
  }

  /** The place at which a message waits that came back, unless that is its key. */
  ownPlaceOf(message: Message): number | undefined {
    const place = this.#returned?.rankOf(message);
    return place === message.key ? undefined : place;
  }

  /** Has a message wait that came back, at a place that is its own. */
  putAt(message: Message, place: number): void {
    this.#returned ??= new IndexedHeap<Message>();
    this.#returned.set(message, place);
  }

  /** Takes a waiting message out. One that never was received is first in line, or dropped once it gets there. */
  remove(message: Message): void {
    if (this.#returned?.delete(message)) return;
    if (this.#waiting.at(0) === message) this.#waiting.shift();
  }

  /** Those that never were received, behind that key and in the order in which they came. */
  *#cameBehind(key: number): Generator<Message, void, void> {
    const waiting = this.#waiting.from(this.#waiting.placeOf((message) => message.key > key));
    let next = waiting.next().value ?? undefined;
    for (const fresh of this.#line?.fresh.behind(key) ?? []) {
      for (; next !== undefined && next.key < fresh.key; next = waiting.next().value ?? undefined) {
        if (next.state !== "gone") yield next;
      }
      yield fresh;
    }
    for (; next !== undefined; next = waiting.next().value ?? undefined) if (next.state !== "gone") yield next;
  }

  /** Of a message that came back. */
  #placeOf(message: Message): number {
    return this.#returned?.rankOf(message) ?? Number.POSITIVE_INFINITY;
  }

  get #firstReturnedPlace(): number {
    return this.#returned?.firstRank() ?? Number.POSITIVE_INFINITY;
  }

  /** Place of the first one that is a message of its own. */
  get #firstMadePlace(): number {
    this.#dropGone();
    return Math.min(this.#waiting.at(0)?.key ?? Number.POSITIVE_INFINITY, this.#firstReturnedPlace);
  }

  #dropGone(): void {
    while (this.#waiting.at(0)?.state === "gone") this.#waiting.shift();
  }
}
