import { type HeapItem, IndexedHeap } from "../../../kernel/collection/indexed-heap.ts";
import { type Taken, takenAs } from "../../../kernel/collection/taken.ts";
import type { Message, MessageHome } from "../message.ts";
import { FreshMessages } from "./fresh-messages.ts";
import { StandingList } from "./standing-list.ts";

/** A message whose retention counts from before it came. */
interface EarlierStart extends HeapItem {
  readonly message: Message;
}

/**
 * The order in which retention ends. It counts from the send, so messages line up as they come: those that wait as they were
 * handed over, and those that something was decided about, each linked to its neighbours among these. Only those
 * dead-lettered from a standard queue count from an earlier send and lie in a heap. The period itself is not kept here:
 * changing it re-evaluates every message at no cost.
 */
export class Retention {
  /** None of them is among the others. */
  readonly fresh: FreshMessages;
  #oldest: Message | undefined;
  #newest: Message | undefined;
  /** Where the last one that was fresh is linked, or what stood before it there. */
  #joined: Message | undefined;
  readonly #earlier = new IndexedHeap<EarlierStart>();
  readonly #earlierOf = new Map<Message, EarlierStart>();
  /** Whoever goes through the messages there were. */
  readonly #lists = new Set<StandingList>();

  constructor(home: MessageHome) {
    this.fresh = new FreshMessages(home);
  }

  /** Adds a message whose retention began when it was sent, before it came or not. */
  keep(message: Message): void {
    const latest = Math.max(this.#newest?.sentAt ?? 0, this.fresh.lastSentAt);
    if (message.sentAt < latest) this.addEarlier(message);
    else this.add(message);
  }

  /** Adds a message whose retention starts now. */
  add(message: Message): void {
    this.#link(message, this.#newest, undefined);
  }

  /** Adds a message whose retention began before it came. */
  addEarlier(message: Message): void {
    const start: EarlierStart = { heapSlot: -1, message };
    this.#earlier.set(start, message.sentAt);
    this.#earlierOf.set(message, start);
  }

  /** Makes a message like any other of the first fresh one; there is one. It passes each that came between it and the one before it once. */
  makeFirst(): Message {
    const message = this.fresh.shift();
    let older = this.#joined;
    let newer = older === undefined ? this.#oldest : older.newer;
    for (; newer !== undefined && newer.key < message.key; newer = newer.newer) older = newer;
    this.#link(message, older, newer);
    this.#joined = message;
    for (const list of this.#lists) list.joins(message);
    return message;
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
    if (message === this.#joined) this.#joined = older;
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
    message.older = undefined;
    message.newer = undefined;
  }

  /** When the retention began that ends first; Infinity when there is no message. */
  get firstStart(): number {
    const oldest = this.#oldest?.sentAt ?? Number.POSITIVE_INFINITY;
    return Math.min(oldest, this.fresh.firstSentAt, this.#earlier.firstRank());
  }

  /** The message whose retention ends first, which is about to be dropped: a fresh one is made for that. */
  first(): Message | undefined {
    const oldest = this.#oldest;
    const isFresh = this.fresh.firstKey < (oldest?.key ?? Number.POSITIVE_INFINITY);
    const start = isFresh ? this.fresh.firstSentAt : (oldest?.sentAt ?? Number.POSITIVE_INFINITY);
    if (start > this.#earlier.firstRank()) return this.#earlier.first()?.message;
    return isFresh ? this.makeFirst() : oldest;
  }

  /**
   * The message of that id: the one of the key, if the queue gave the id itself, or one that brought it along. Costs O(n) in
   * those that are not fresh, and as little for each as can be.
   */
  called(id: string, key: number | undefined): Message | undefined {
    const fresh = key === undefined ? undefined : this.fresh.find(key);
    if (fresh !== undefined) return fresh;
    for (let message = this.#oldest; message !== undefined; message = message.newer) {
      if (message.isCalled(id, key)) return message;
    }
    for (const message of this.#earlierOf.keys()) if (message.isCalled(id, key)) return message;
    return undefined;
  }

  /** Every message in the order in which their retention ends. None may come or leave until the last was taken. */
  *inOrder(): Generator<Message, void, void> {
    const earlier = this.#earlier.inOrder();
    let start = earlier.next().value;
    for (const message of this.#inLine()) {
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
    const list = new StandingList({ oldest: this.#oldest, fresh: this.fresh, others: this.#earlierOf.keys(), end });
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
    for (const message of this.#inLine()) {
      for (; !next.done && next.value.key < message.key; next = earlier.next()) yield next.value;
      yield message;
    }
    for (; !next.done; next = earlier.next()) yield next.value;
  }

  /** Those whose retention counts from when they came, in that order. */
  *#inLine(): Generator<Message, void, void> {
    let linked = this.#oldest;
    for (const fresh of this.fresh.behind(-1)) {
      for (; linked !== undefined && linked.key < fresh.key; linked = linked.newer) yield linked;
      yield fresh;
    }
    for (; linked !== undefined; linked = linked.newer) yield linked;
  }

  #link(message: Message, older: Message | undefined, newer: Message | undefined): void {
    message.older = older;
    message.newer = newer;
    if (older === undefined) this.#oldest = message;
    else older.newer = message;
    if (newer === undefined) this.#newest = message;
    else newer.older = message;
  }
}
