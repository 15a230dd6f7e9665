import { type HeapItem, IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import { present } from "../../kernel/present.ts";
import { Ring, type RingLimits } from "./ring.ts";

/** Something with a place among everything there is. */
interface Ordered {
  readonly order: number;
}

/** How much is kept of each account, and of all of them together. */
export interface AccountRingLimits {
  readonly each: RingLimits;
  readonly all: RingLimits;
}

interface Held<T> extends HeapItem {
  readonly account: string;
  readonly ring: Ring<T>;
}

/** The newest items of each account. Beyond what all of them may hold the oldest of all goes. Pushing costs O(log accounts). */
export class AccountRings<T extends Ordered> {
  readonly #limits: AccountRingLimits;
  readonly #charactersOf: (item: T) => number;
  readonly #byAccount = new Map<string, Held<T>>();
  /** By the order of their oldest items. */
  readonly #byAge = new IndexedHeap<Held<T>>();
  #items = 0;
  #characters = 0;

  constructor(limits: AccountRingLimits, charactersOf: (item: T) => number) {
    this.#limits = limits;
    this.#charactersOf = charactersOf;
  }

  push(account: string, item: T): void {
    const held = this.#byAccount.get(account) ?? this.#open(account);
    this.#change(held, (ring) => ring.push(item));
    const { all } = this.#limits;
    while (this.#items > all.items || this.#characters > all.characters) {
      this.#change(present(this.#byAge.first(), "the oldest of all items"), (ring) => ring.shift());
    }
  }

  /** The items of each account, or of one, oldest first. */
  *entries(account?: string): Generator<readonly [account: string, items: Iterable<T>], void, void> {
    for (const { account: owner, ring } of this.#byAccount.values()) {
      if (account === undefined || account === owner) yield [owner, ring.oldestFirst()];
    }
  }

  /** Forgets everything, or everything of one account. */
  reset(account?: string): void {
    for (const held of this.#byAccount.values()) {
      if (account !== undefined && account !== held.account) continue;
      this.#items -= held.ring.size;
      this.#characters -= held.ring.characters;
      this.#drop(held);
    }
  }

  #open(account: string): Held<T> {
    const held = { heapSlot: -1, account, ring: new Ring<T>(this.#limits.each, this.#charactersOf) };
    this.#byAccount.set(account, held);
    return held;
  }

  /** Changes a ring, then counts anew and puts it where its oldest item says. */
  #change(held: Held<T>, change: (ring: Ring<T>) => void): void {
    const { ring } = held;
    const { oldest, size, characters } = ring;
    change(ring);
    this.#items += ring.size - size;
    this.#characters += ring.characters - characters;
    if (ring.oldest === undefined) this.#drop(held);
    else if (ring.oldest !== oldest) this.#byAge.set(held, ring.oldest.order);
  }

  #drop(held: Held<T>): void {
    this.#byAge.delete(held);
    this.#byAccount.delete(held.account);
  }
}
