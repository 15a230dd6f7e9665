import { type HeapItem, IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import type { Message } from "./message.ts";

interface Left extends HeapItem {
  readonly message: Message;
}

/**
 * The messages that were there at one moment, in the order in which they came. They are gone through as the list is read, so that
 * it costs nothing to begin one, however many there are; those that leave before it comes to them are kept.
 */
export class StandingList implements Iterable<Message> {
  readonly #found: Message[] = [];
  readonly #left = new IndexedHeap<Left>();
  /** One more than the key of the last message that was there. */
  readonly #end: number;
  #next: Message | undefined;

  /** `oldest` is the first of those that came one after the other; `others` came in between, in the order in which they did. */
  constructor(
    oldest: Message | undefined,
    { others, end }: { readonly others: Iterable<Message>; readonly end: number },
  ) {
    this.#next = oldest;
    this.#end = end;
    for (const message of others) this.#keep(message);
  }

  /** To be called before a message leaves those that came one after the other. */
  leaves(message: Message): void {
    const isToCome = this.#next !== undefined && message.key >= this.#next.key && message.key < this.#end;
    if (!isToCome) return;
    if (message === this.#next) this.#next = message.newer;
    this.#keep(message);
  }

  *[Symbol.iterator](): Generator<Message, void, void> {
    for (let place = 0; ; place++) {
      const message = this.#found[place] ?? this.#findOne();
      if (message === undefined) return;
      yield message;
    }
  }

  #findOne(): Message | undefined {
    const next = this.#next !== undefined && this.#next.key < this.#end ? this.#next : undefined;
    const message = this.#left.firstRank() < (next?.key ?? Number.POSITIVE_INFINITY) ? this.#left.pop()?.message : next;
    if (message === undefined) return undefined;
    if (message === next) this.#next = message.newer;
    this.#found.push(message);
    return message;
  }

  #keep(message: Message): void {
    this.#left.set({ heapSlot: -1, message }, message.key);
  }
}
