import { present } from "../../../kernel/present.ts";
/** A stretch of an order: what is neither before nor behind it. */
export interface Stretch<Key> {
  isBefore(key: Key): boolean;
  isBehind(key: Key): boolean;
}

/** Values of a message, by their numbers, in the order of a key. A stretch is found in logarithmic time. */
export class Order<Key> {
  readonly #keys: readonly Key[];
  readonly #numbers: readonly number[];

  constructor(sorted: readonly { readonly key: Key; readonly number: number }[]) {
    this.#keys = sorted.map(({ key }) => key);
    this.#numbers = sorted.map(({ number }) => number);
  }

  hasIn(stretch: Stretch<Key>): boolean {
    const start = this.#startOf(stretch);
    return start < this.#keys.length && !stretch.isBehind(present(this.#keys[start], "a key between the ends"));
  }

  numbersIn(stretch: Stretch<Key>): readonly number[] {
    const [start, end] = this.#boundsOf(stretch);
    return this.#numbers.slice(start, end);
  }

  /** Sets the marks, by number, of what is in any of the stretches. Stretches that overlap cost no more than others. */
  mark(stretches: readonly Stretch<Key>[], marks: Uint8Array): void {
    /** At each place how many stretches begin there, less those that have ended. */
    const changes = new Int32Array(this.#keys.length + 1);
    for (const stretch of stretches) {
      const [start, end] = this.#boundsOf(stretch);
      changes[start] = (changes[start] ?? 0) + 1;
      changes[end] = (changes[end] ?? 0) - 1;
    }
    let open = 0;
    this.#numbers.forEach((number, place) => {
      open += changes[place] ?? 0;
      if (open > 0) marks[number] = 1;
    });
  }

  /** Where the stretch starts and where it has ended. */
  #boundsOf(stretch: Stretch<Key>): readonly [number, number] {
    const start = this.#startOf(stretch);
    return [start, this.#firstWithout((key) => !stretch.isBehind(key), start)];
  }

  #startOf({ isBefore }: Stretch<Key>): number {
    return this.#firstWithout(isBefore, 0);
  }

  /** The first index, from `start` on, of a key without a quality that only keys at the front have. */
  #firstWithout(isAtFront: (key: Key) => boolean, start: number): number {
    let low = start;
    let high = this.#keys.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (isAtFront(present(this.#keys[middle], "a key between the ends"))) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** Texts that begin with that one. */
export function beginningWith(prefix: string): Stretch<string> {
  return { isBefore: (key) => key < prefix, isBehind: (key) => key > prefix && !key.startsWith(prefix) };
}

/** Texts equal to that one. */
export function equalTo(text: string): Stretch<string> {
  return { isBefore: (key) => key < text, isBehind: (key) => key > text };
}
