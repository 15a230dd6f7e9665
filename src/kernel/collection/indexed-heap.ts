/** What a heap keeps inside its items, so that one can be found again without a look-up. */
export interface HeapItem {
  /** Position in the heap that holds the item, or -1 while none does. Written by the heap alone. */
  heapSlot: number;
}

/** A slot of a heap that is gone through in order. */
interface Reached extends HeapItem {
  readonly slot: number;
}

/**
 * A binary min-heap of items by rank. An item is in at most one heap at a time.
 *
 * `set` and `delete` cost O(log n), `first` and `firstRank` O(1). Ranks lie beside the items in an array of doubles,
 * so comparing two never touches the items themselves. Equal ranks come out in no particular order, unless it is said which
 * of two comes first.
 */
export class IndexedHeap<T extends HeapItem> {
  readonly #items: T[] = [];
  readonly #ranks: number[] = [];
  readonly #precedes: ((one: T, other: T) => boolean) | undefined;

  /** `precedes` says of two items of one rank whether the first comes first. */
  constructor(precedes?: (one: T, other: T) => boolean) {
    this.#precedes = precedes;
  }

  get size(): number {
    return this.#items.length;
  }

  /** The item of lowest rank. */
  first(): T | undefined {
    return this.#items[0];
  }

  /** The item of lowest rank of which that holds. Looks at those of which it does not hold, and at their children. */
  firstWhere(holds: (item: T) => boolean): T | undefined {
    return this.#items[this.#firstBelow(0, -1, holds)];
  }

  /** The lowest rank, or Infinity when the heap is empty. */
  firstRank(): number {
    return this.#ranks.length === 0 ? Number.POSITIVE_INFINITY : this.#ranks[0]!;
  }

  has(item: T): boolean {
    return item.heapSlot >= 0 && this.#items[item.heapSlot] === item;
  }

  /** The rank the item stands at, or undefined when it is not in this heap. */
  rankOf(item: T): number | undefined {
    return this.has(item) ? this.#ranks[item.heapSlot] : undefined;
  }

  /** Adds the item, or moves it to another rank. */
  set(item: T, rank: number): void {
    if (!this.has(item)) {
      item.heapSlot = this.#items.length;
      this.#items.push(item);
      this.#ranks.push(rank);
      this.#rise(item.heapSlot);
      return;
    }
    const slot = item.heapSlot;
    const before = this.#ranks[slot]!;
    this.#ranks[slot] = rank;
    if (rank < before) this.#rise(slot);
    else if (rank > before) this.#sink(slot);
  }

  /** Removes the item and says whether it was there. */
  delete(item: T): boolean {
    if (!this.has(item)) return false;
    const slot = item.heapSlot;
    const lastItem = this.#items.pop()!;
    const lastRank = this.#ranks.pop()!;
    item.heapSlot = -1;
    if (lastItem === item) return true;
    this.#put(slot, lastItem, lastRank);
    this.#rise(slot);
    this.#sink(lastItem.heapSlot);
    return true;
  }

  /** Removes and returns the item of lowest rank. */
  pop(): T | undefined {
    const first = this.#items[0];
    if (first !== undefined) this.delete(first);
    return first;
  }

  /** Removes and returns the item of lowest rank if that is not above the one given. */
  popDue(rank: number): T | undefined {
    return this.firstRank() <= rank ? this.pop() : undefined;
  }

  /**
   * The items in the order of their ranks, but for those that are passed over, which have to be the first. Nothing may be
   * added or removed until the last was taken. Costs O(log n) for each that is taken and a look at each that is passed over.
   */
  *inOrder(isPassed: (item: T, rank: number) => boolean = () => false): Generator<T, void, void> {
    const reached = new IndexedHeap<Reached>((one, other) => this.#isBefore(one.slot, other.slot));
    this.#reach(0, reached, isPassed);
    for (let next = reached.pop(); next !== undefined; next = reached.pop()) {
      yield this.#items[next.slot]!;
      this.#reach(2 * next.slot + 1, reached, isPassed);
      this.#reach(2 * next.slot + 2, reached, isPassed);
    }
  }

  /** Every item, in no particular order. */
  [Symbol.iterator](): Iterator<T> {
    return this.#items.values();
  }

  clear(): void {
    for (const item of this.#items) item.heapSlot = -1;
    this.#items.length = 0;
    this.#ranks.length = 0;
  }

  /** The slot of the first one at or below the slot, if it comes before the best one so far; -1 for none. */
  #firstBelow(slot: number, best: number, holds: (item: T) => boolean): number {
    if (slot >= this.#items.length || (best >= 0 && this.#ranks[slot]! >= this.#ranks[best]!)) return best;
    if (holds(this.#items[slot]!)) return slot;
    return this.#firstBelow(2 * slot + 2, this.#firstBelow(2 * slot + 1, best, holds), holds);
  }

  /** Notes the first items at or below the slot that are not passed over. */
  #reach(start: number, reached: IndexedHeap<Reached>, isPassed: (item: T, rank: number) => boolean): void {
    const slots = [start];
    for (let slot = slots.pop(); slot !== undefined; slot = slots.pop()) {
      if (slot >= this.#items.length) continue;
      const rank = this.#ranks[slot]!;
      if (isPassed(this.#items[slot]!, rank)) slots.push(2 * slot + 2, 2 * slot + 1);
      else reached.set({ heapSlot: -1, slot }, rank);
    }
  }

  #isBefore(slot: number, other: number): boolean {
    const rank = this.#ranks[slot]!;
    const otherRank = this.#ranks[other]!;
    return rank < otherRank || this.#overtakes(this.#items[slot]!, rank, this.#items[other]!, otherRank);
  }

  /** Whether the item comes before the other although its rank is not lower. */
  #overtakes(item: T, rank: number, other: T, otherRank: number): boolean {
    return this.#precedes !== undefined && rank === otherRank && this.#precedes(item, other);
  }

  #put(slot: number, item: T, rank: number): void {
    this.#items[slot] = item;
    this.#ranks[slot] = rank;
    item.heapSlot = slot;
  }

  #rise(start: number): void {
    const item = this.#items[start]!;
    const rank = this.#ranks[start]!;
    let slot = start;
    while (slot > 0) {
      const parent = (slot - 1) >> 1;
      const parentRank = this.#ranks[parent]!;
      if (parentRank <= rank && !this.#overtakes(item, rank, this.#items[parent]!, parentRank)) break;
      this.#put(slot, this.#items[parent]!, parentRank);
      slot = parent;
    }
    if (slot !== start) this.#put(slot, item, rank);
  }

  #sink(start: number): void {
    const item = this.#items[start]!;
    const rank = this.#ranks[start]!;
    const size = this.#items.length;
    let slot = start;
    for (;;) {
      let child = 2 * slot + 1;
      if (child >= size) break;
      if (child + 1 < size && this.#isBefore(child + 1, child)) child++;
      const childRank = this.#ranks[child]!;
      if (childRank >= rank && !this.#overtakes(this.#items[child]!, childRank, item, rank)) break;
      this.#put(slot, this.#items[child]!, childRank);
      slot = child;
    }
    if (slot !== start) this.#put(slot, item, rank);
  }
}
