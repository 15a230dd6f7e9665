import { type HeapItem, IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import { type Taken, takenAs } from "../../kernel/collection/taken.ts";
import type { Message } from "./message.ts";
import { StandingList } from "./standing-list.ts";

/** A message whose retention counts from before it came. */
interface EarlierStart extends HeapItem {
  readonly message: Message;
}

/**
 * The order in which retention ends. It counts from the send, so messages line up as they come, each linked to its
 * neighbours; only those dead-lettered from a standard queue count from an earlier send and lie in a heap. The period
 * itself is not kept here: changing it re-evaluates every message at no cost.
 */
export class Retention {
  #oldest: Message | undefined;
  #newest: Message | undefined;
  readonly #earlier = new IndexedHeap<EarlierStart>();
  readonly #earlierOf = new Map<Message, EarlierStart>();
  /** Whoever goes through the messages there were. */
  readonly #lists = new Set<StandingList>();

  /** Adds a message whose retention began when it was sent, before it came or not. */
  keep(message: Message): void {
    if (message.sentAt < (this.#newest?.sentAt ?? 0)) this.addEarlier(message);
    else this.add(message);
  }

  /** Adds a message whose retention starts now. */
  add(message: Message): void {
    message.older = this.#newest;
    if (this.#newest === undefined) this.#oldest = message;
    else this.#newest.newer = message;
    this.#newest = message;
  }

  /** Adds a message whose retention began before it came. */
  addEarlier(message: Message): void {
    const start: EarlierStart = { heapSlot: -1, message };
    this.#earlier.set(start, message.sentAt);
    this.#earlierOf.set(message, start);
  }

  remove(message: Message): void {
    const earlier = this.#earlierOf.size === 0 ? undefined : this.#earlierOf.get(message);
    if (earlier !== undefined) {
      this.#earlier.delete(earlier);
      this.#earlierOf.delete(message);
      return;
    }
    for (const list of this.#lists) list.leaves(message);
    const { older, newer } = message;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    message.older = undefined;
    message.newer = undefined;
  }

  /** When the retention began that ends first; Infinity when there is no message. */
  get firstStart(): number {
    return Math.min(this.#oldest?.sentAt ?? Number.POSITIVE_INFINITY, this.#earlier.firstRank());
  }

  /** The message whose retention ends first. */
  first(): Message | undefined {
    const oldest = this.#oldest;
    if (oldest !== undefined && oldest.sentAt <= this.#earlier.firstRank()) return oldest;
    return this.#earlier.first()?.message;
  }

  /** The first of which that holds, in no particular order. Costs O(n), and as little for each as can be. */
  find(holds: (message: Message) => boolean): Message | undefined {
    for (let message = this.#oldest; message !== undefined; message = message.newer) if (holds(message)) return message;
    for (const message of this.#earlierOf.keys()) if (holds(message)) return message;
    return undefined;
  }

  /** Every message in the order in which their retention ends. None may come or leave until the last was taken. */
  *inOrder(): Generator<Message, void, void> {
    const earlier = this.#earlier.inOrder();
    let start = earlier.next().value;
    for (let message = this.#oldest; message !== undefined; message = message.newer) {
      for (; start && start.message.sentAt < message.sentAt; start = earlier.next().value) yield start.message;
      yield message;
    }
    for (; start; start = earlier.next().value) yield start.message;
  }

  /**
   * Every message there is now, in the order in which they came, whenever and however often they are read. `end` is more than any
   * of their keys. Costs O(log n) for each whose retention counts from before it came, and nothing for the others.
   */
  taken(end: number): Taken<Message> {
    const list = new StandingList(this.#oldest, { others: this.#earlierOf.keys(), end });
    this.#lists.add(list);
    return takenAs(
      () => list,
      () => void this.#lists.delete(list),
    );
  }

  /** Every message, in the order in which they came. */
  *all(): IterableIterator<Message> {
    const earlier = this.#earlierOf.keys();
    let next = earlier.next();
    for (let message = this.#oldest; message !== undefined; message = message.newer) {
      for (; !next.done && next.value.key < message.key; next = earlier.next()) yield next.value;
      yield message;
    }
    for (; !next.done; next = earlier.next()) yield next.value;
  }
}
