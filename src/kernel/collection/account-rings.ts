import { present } from "../present.ts";
import { Deque } from "./deque.ts";
import { type HeapItem, IndexedHeap } from "./indexed-heap.ts";

/** Something with a place among everything there is. */
interface Ordered {
  readonly order: number;
}

/** How much is kept of each account, and of all of them together. */
export interface AccountRingLimits {
  readonly each: RingLimits;
  readonly all: RingLimits;
}

/** The newest items of one account, within limits of its own. */
export interface AccountRing<T> {
  /** How many there are. */
  readonly size: number;
  readonly characters: number;
  readonly oldest: Ordered | undefined;
  /** Adds an item, for which those may have to go that are beyond the limits. */
  push(item: T): void;
  /** Lets go of the oldest item, if there is one. */
  shift(): void;
  oldestFirst(): IterableIterator<T>;
}

interface Held<R> extends HeapItem {
  readonly account: string;
  readonly ring: R;
}

/** The newest items of each account. Beyond what all of them may hold the oldest of all goes. Pushing costs O(log accounts). */
export class AccountRings<T extends Ordered, R extends AccountRing<T> = Ring<T>> {
  readonly #limits: AccountRingLimits;
  readonly #makeRing: (limits: RingLimits) => R;
  readonly #byAccount = new Map<string, Held<R>>();
  /** By an order that their oldest items had: it may have grown since. */
  readonly #byAge = new IndexedHeap<Held<R>>();
  #items = 0;
  #characters = 0;

  constructor(limits: AccountRingLimits, makeRing: (limits: RingLimits) => R) {
    this.#limits = limits;
    this.#makeRing = makeRing;
  }

  /** Of items as they are, which have so many characters. */
  static of<T extends Ordered>(limits: AccountRingLimits, charactersOf: (item: T) => number): AccountRings<T> {
    return new AccountRings(limits, (each) => new Ring(each, charactersOf));
  }

  /** Adds an item, and gives the ring that it went to. */
  push(account: string, item: T): R {
    const held = this.#byAccount.get(account) ?? this.#open(account);
    const { ring } = held;
    const { size, characters } = ring;
    ring.push(item);
    this.#items += ring.size - size;
    this.#characters += ring.characters - characters;
    if (ring.size === 0) this.#drop(held);
    const { all } = this.#limits;
    while (this.#items > all.items || this.#characters > all.characters) this.#shift();
    return ring;
  }

  /** The items of each account, or of one, oldest first. */
  *entries(account?: string): Generator<readonly [account: string, items: Iterable<T>], void, void> {
    for (const { account: owner, ring } of this.#heldOf(account)) yield [owner, ring.oldestFirst()];
  }

  /** Forgets the items of an account that are not to be kept. Costs O(items of the account). */
  filter(account: string, isKept: (item: T) => boolean): void {
    const kept = [...this.entries(account)].flatMap(([, items]) => [...items].filter(isKept));
    this.reset(account);
    for (const item of kept) this.push(account, item);
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const held of this.#heldOf(account)) {
      this.#items -= held.ring.size;
      this.#characters -= held.ring.characters;
      this.#drop(held);
    }
  }

  /** The ring of an account, or those of all. One costs nothing for the others. */
  #heldOf(account: string | undefined): Iterable<Held<R>> {
    if (account === undefined) return this.#byAccount.values();
    const held = this.#byAccount.get(account);
    return held === undefined ? [] : [held];
  }

  #open(account: string): Held<R> {
    const held = { heapSlot: -1, account, ring: this.#makeRing(this.#limits.each) };
    this.#byAccount.set(account, held);
    this.#byAge.set(held, Number.NEGATIVE_INFINITY);
    return held;
  }

  /** Lets go of the oldest of all items, or puts the ring that seemed to have it where its oldest item says. */
  #shift(): void {
    const held = present(this.#byAge.first(), "a ring");
    const { ring } = held;
    const { order } = present(ring.oldest, "an item of the ring");
    if (this.#byAge.firstRank() < order) return this.#byAge.set(held, order);
    const { characters } = ring;
    ring.shift();
    this.#items--;
    this.#characters += ring.characters - characters;
    if (ring.size === 0) this.#drop(held);
  }

  #drop(held: Held<R>): void {
    this.#byAge.delete(held);
    this.#byAccount.delete(held.account);
  }
}

/** How much a ring holds: so many items, and so many characters in all. */
export interface RingLimits {
  readonly items: number;
  readonly characters: number;
}

/** The newest items of a stream: whatever is beyond the limits goes, oldest first. Pushing costs O(1). */
export class Ring<T> {
  readonly #limits: RingLimits;
  readonly #charactersOf: (item: T) => number;
  readonly #items = new Deque<T>();
  #characters = 0;

  constructor(limits: RingLimits, charactersOf: (item: T) => number) {
    this.#limits = limits;
    this.#charactersOf = charactersOf;
  }

  /** How many there are. */
  get size(): number {
    return this.#items.size;
  }

  get characters(): number {
    return this.#characters;
  }

  get oldest(): T | undefined {
    return this.#items.at(0);
  }

  /** Adds an item; whatever is beyond the limits goes for it. */
  push(item: T): void {
    this.#items.push(item);
    this.#characters += this.#charactersOf(item);
    while (this.#items.size > this.#limits.items || this.#characters > this.#limits.characters) this.shift();
  }

  /** Lets go of the oldest item, if there is one. */
  shift(): void {
    const item = this.#items.shift();
    if (item !== undefined) this.#characters -= this.#charactersOf(item);
  }

  *oldestFirst(): IterableIterator<T> {
    for (let index = 0; index < this.#items.size; index++) yield present(this.#items.at(index), "an item of the ring");
  }
}
