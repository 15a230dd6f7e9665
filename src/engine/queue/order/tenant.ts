import { Deque } from "../../../kernel/collection/deque.ts";
import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import type { Message } from "../message.ts";
import { ProcessingTime } from "../receive/processing-time.ts";

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
  /** Messages never received, in the order they came. */
  readonly #fresh = new Deque<Message>();
  /** Messages that came back or were let in out of turn, by place. Made when the first one comes. */
  #returned: IndexedHeap<Message> | undefined;

  constructor(groupId: string | undefined) {
    this.groupId = groupId;
  }

  /** Place of the first message in the queue's order; Infinity when nothing waits. */
  get firstPlace(): number {
    this.#dropGone();
    return Math.min(this.#fresh.at(0)?.key ?? Number.POSITIVE_INFINITY, this.#firstReturnedPlace);
  }

  first(): Message | undefined {
    this.#dropGone();
    const fresh = this.#fresh.at(0);
    return fresh !== undefined && fresh.key < this.#firstReturnedPlace ? fresh : this.#returned?.first();
  }

  /** What waits behind that place, in order. */
  *behind(place: number): Generator<Placed, void, void> {
    const returned = this.#returned?.inOrder((_message, rank) => rank <= place);
    let next = returned?.next().value ?? undefined;
    for (const message of this.#fresh.from(this.#fresh.placeOf(({ key }) => key > place))) {
      if (message.state === "gone") continue;
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
    this.#fresh.push(message);
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
    if (this.#fresh.at(0) === message) this.#fresh.shift();
  }

  /** Of a message that came back. */
  #placeOf(message: Message): number {
    return this.#returned?.rankOf(message) ?? Number.POSITIVE_INFINITY;
  }

  get #firstReturnedPlace(): number {
    return this.#returned?.firstRank() ?? Number.POSITIVE_INFINITY;
  }

  #dropGone(): void {
    while (this.#fresh.at(0)?.state === "gone") this.#fresh.shift();
  }
}
