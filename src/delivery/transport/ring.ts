import { Deque } from "../../kernel/collection/deque.ts";
import { present } from "../../kernel/present.ts";

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

  push(item: T): void {
    this.#items.push(item);
    this.#characters += this.#charactersOf(item);
    while (this.#items.size > this.#limits.items || this.#characters > this.#limits.characters) {
      this.shift();
    }
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
