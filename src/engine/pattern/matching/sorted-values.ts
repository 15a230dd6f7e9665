import { present } from "../../../kernel/present.ts";
import { addressKey } from "../policy/cidr.ts";
import type { Leaf } from "./leaf.ts";

/** Characters of a text that are looked at in the time of a comparison. */
const STEPS_PER_COMPARISON = 10;

/** Every order that conditions search values in. */
interface Orders {
  readonly texts: Order<string>;
  /** Texts read from their ends, where suffixes are prefixes. */
  readonly reversed: Order<string>;
  readonly folded: Order<string>;
  readonly foldedReversed: Order<string>;
  readonly doubles: Order<number>;
  readonly addresses: Order<string>;
}

export type OrderName = keyof Orders;
/** The orders whose keys are texts. */
export type TextOrderName = Exclude<OrderName, "doubles">;

/** The values under a path in every order that conditions search them in; each is made when first asked for. */
export class SortedValues {
  readonly #leaves: readonly Leaf[];
  readonly #made: Partial<Orders> = {};

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
  }

  /**
   * Makes the first of the orders that is not there yet. Returns about how many steps that took, or 0 when all of them
   * are there.
   */
  prepare(names: readonly OrderName[]): number {
    const name = names.find((each) => this.#made[each] === undefined);
    if (name === undefined) return 0;
    const { size } = this.by(name);
    return this.#leaves.length + STEPS_PER_COMPARISON * Math.ceil(size * Math.log2(size + 1));
  }

  by<Name extends OrderName>(name: Name): Orders[Name] {
    const made: Orders[Name] = this.#made[name] ?? makers[name](this.#leaves);
    this.#made[name] = made;
    return made;
  }
}

/** How each order is made. */
const makers: { readonly [Name in OrderName]: (leaves: readonly Leaf[]) => Orders[Name] } = {
  texts: (leaves) => textsBy(leaves, (text) => text),
  reversed: (leaves) => textsBy(leaves, reverse),
  folded: (leaves) => textsBy(leaves, fold),
  foldedReversed: (leaves) => textsBy(leaves, (text) => reverse(fold(text))),
  addresses: (leaves) => textsBy(leaves, addressKey),
  doubles: (leaves) =>
    sorted(
      leaves,
      (leaf) => (typeof leaf === "number" ? leaf : undefined),
      (a, b) => a - b,
    ),
};

function textsBy(leaves: readonly Leaf[], keyOf: (text: string) => string | undefined): Order<string> {
  return sorted(leaves, (leaf) => (typeof leaf === "string" ? keyOf(leaf) : undefined), compareTexts);
}

function sorted<Key>(
  leaves: readonly Leaf[],
  keyOf: (leaf: Leaf) => Key | undefined,
  compare: (a: Key, b: Key) => number,
): Order<Key> {
  const entries: { key: Key; number: number }[] = [];
  leaves.forEach((leaf, number) => {
    const key = keyOf(leaf);
    if (key !== undefined) entries.push({ key, number });
  });
  return new Order(entries.sort((a, b) => compare(a.key, b.key)));
}

function compareTexts(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The UTF-16 units from the last to the first. */
export function reverse(text: string): string {
  let reversed = "";
  for (let at = text.length - 1; at >= 0; at--) reversed += text.charAt(at);
  return reversed;
}

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

  /** How many keys there are. */
  get size(): number {
    return this.#keys.length;
  }

  /** How many are in any of the stretches. */
  countIn(stretches: readonly Stretch<Key>[]): number {
    const [only, ...others] = stretches;
    if (only !== undefined && others.length === 0) {
      const [start, end] = this.#boundsOf(only);
      return end - start;
    }
    let count = 0;
    this.#eachIn(stretches, () => {
      count++;
    });
    return count;
  }

  numbersIn(stretch: Stretch<Key>): readonly number[] {
    const [start, end] = this.#boundsOf(stretch);
    return this.#numbers.slice(start, end);
  }

  /** Sets the marks, by number, of what is in any of the stretches. */
  mark(stretches: readonly Stretch<Key>[], marks: Uint8Array): void {
    this.#eachIn(stretches, (place) => {
      marks[present(this.#numbers[place], "a number between the ends")] = 1;
    });
  }

  /** Visits each place that is in any of the stretches, once. Stretches that overlap cost no more than others. */
  #eachIn(stretches: readonly Stretch<Key>[], visit: (place: number) => void): void {
    /** At each place how many stretches begin there, less those that have ended. */
    const changes = new Int32Array(this.#keys.length + 1);
    for (const stretch of stretches) {
      const [start, end] = this.#boundsOf(stretch);
      changes[start] = (changes[start] ?? 0) + 1;
      changes[end] = (changes[end] ?? 0) - 1;
    }
    let open = 0;
    for (let place = 0; place < this.#keys.length; place++) {
      open += changes[place] ?? 0;
      if (open > 0) visit(place);
    }
  }

  /** Where the stretch starts and where it has ended. */
  #boundsOf(stretch: Stretch<Key>): readonly [number, number] {
    const start = this.#startOf(stretch);
    return [start, this.#endOf(stretch, start)];
  }

  #startOf({ isBefore }: Stretch<Key>): number {
    return this.#firstWithout(isBefore, 0, this.#keys.length);
  }

  /** Most stretches are short, so the end is looked for near the start first. */
  #endOf(stretch: Stretch<Key>, start: number): number {
    const isInside = (key: Key) => !stretch.isBehind(key);
    const { length } = this.#keys;
    let low = start;
    for (let step = 1; low + step <= length; step *= 2) {
      if (!isInside(present(this.#keys[low + step - 1], "a key"))) return this.#firstWithout(isInside, low, low + step);
      low += step;
    }
    return this.#firstWithout(isInside, low, length);
  }

  /** The first index from `start` on, before `end`, of a key without a quality that only keys at the front have. */
  #firstWithout(isAtFront: (key: Key) => boolean, start: number, end: number): number {
    let low = start;
    let high = end;
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

/** Texts from one to another. */
export function between(bottom: string, top: string): Stretch<string> {
  return { isBefore: (key) => key < bottom, isBehind: (key) => key > top };
}

/** Texts equal to that one. */
export function equalTo(text: string): Stretch<string> {
  return between(text, text);
}

/** Equal for texts that differ in case only. */
export function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}
