import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { present } from "../../../kernel/present.ts";
import type { Message } from "../message.ts";
import type { FreshMessages } from "./fresh-messages.ts";

interface Left extends HeapItem {
  readonly message: Message;
}

/** What there was at one moment. */
interface Standing {
  /** The first of those that came one after the other and are linked. */
  readonly oldest: Message | undefined;
  /** Came between these, and join them one by one. */
  readonly fresh: Pick<FreshMessages, "behind" | "find">;
  /** Came in between as well, in the order in which they did. */
  readonly others: Iterable<Message>;
  /** One more than the key of the last message. */
  readonly end: number;
}

/**
 * The messages that were there at one moment, in the order in which they came. They are gone through as the list is read, so that
 * it costs nothing to begin one, however many there are; those that leave before it comes to them are kept.
 */
export class StandingList implements Iterable<Message> {
  /** Of those that were fresh when they were found the keys: a million messages made for that would be kept as long as the list. */
  readonly #found: (Message | number)[] = [];
  /** Those that were found when they were fresh, and are linked now or have left. */
  readonly #joined = new Map<number, Message>();
  readonly #left = new IndexedHeap<Left>();
  readonly #fresh: Standing["fresh"];
  readonly #end: number;
  /** The first linked one that is still to come, and the key of the last one that came. */
  #next: Message | undefined;
  #last = -1;

  constructor({ oldest, fresh, others, end }: Standing) {
    this.#next = oldest;
    this.#fresh = fresh;
    this.#end = end;
    for (const message of others) this.#keep(message);
  }

  /** To be called when one that was fresh is linked. */
  joins(message: Message): void {
    if (message.key <= this.#last) this.#joined.set(message.key, message);
    else if (message.key < (this.#next?.key ?? Number.POSITIVE_INFINITY)) this.#next = message;
  }

  /** To be called before a message leaves those that are linked. */
  leaves(message: Message): void {
    const isToCome = message.key > this.#last && message.key < this.#end;
    if (message === this.#next) this.#next = message.newer;
    if (isToCome) this.#keep(message);
  }

  *[Symbol.iterator](): Generator<Message, void, void> {
    for (let place = 0; ; place++) {
      const found = this.#found[place];
      const message = typeof found === "number" ? this.#foundFresh(found) : (found ?? this.#findOne());
      if (message === undefined) return;
      yield message;
    }
  }

  #findOne(): Message | undefined {
    const linked = this.#next;
    const [fresh] = this.#fresh.behind(this.#last);
    let message = earlierOf(linked, fresh);
    if (message === undefined || message.key >= this.#end || this.#left.firstRank() < message.key) {
      message = this.#left.pop()?.message;
    }
    if (message === undefined) return undefined;
    if (message === linked) this.#next = message.newer;
    this.#last = message.key;
    this.#found.push(message === fresh ? message.key : message);
    return message;
  }

  #foundFresh(key: number): Message {
    return present(this.#joined.get(key) ?? this.#fresh.find(key), "a message that was found");
  }

  #keep(message: Message): void {
    this.#left.set({ heapSlot: -1, message }, message.key);
  }
}

/** That of lower key. */
function earlierOf(one: Message | undefined, other: Message | undefined): Message | undefined {
  if (one === undefined || other === undefined) return one ?? other;
  return one.key < other.key ? one : other;
}
