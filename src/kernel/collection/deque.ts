import { firstPlace } from "./bisect.ts";

/** A line: items join at the end and leave at the front, each in amortised constant time. */
export class Deque<T> {
  #items: (T | undefined)[] = [];
  #head = 0;

  get size(): number {
    return this.#items.length - this.#head;
  }

  push(item: T): void {
    this.#items.push(item);
  }

  /** The item `index` places behind the front, or undefined beyond the end. */
  at(index: number): T | undefined {
    return this.#items[this.#head + index];
  }

  /** The first place whose item reaches what is looked for, as every later one does; the size if none does. Costs O(log n). */
  placeOf(reaches: (item: T) => boolean): number {
    return firstPlace(0, this.size, (index) => reaches(this.at(index) as T));
  }

  /** All items, front to end, in a list of their own. */
  list(): readonly T[] {
    return this.#items.slice(this.#head) as T[];
  }

  /** The items from a place on. None may join or leave until the last was taken. */
  *from(place: number): Generator<T, void, void> {
    for (let index = place; index < this.size; index++) yield this.at(index) as T;
  }

  shift(): T | undefined {
    if (this.size === 0) return undefined;
    const item = this.#items[this.#head];
    this.#items[this.#head++] = undefined;
    if (this.#head === this.#items.length) {
      this.#items = [];
      this.#head = 0;
    } else if (this.#head >= 64 && this.#head * 2 >= this.#items.length) {
      this.#items = this.#items.slice(this.#head);
      this.#head = 0;
    }
    return item;
  }
}
