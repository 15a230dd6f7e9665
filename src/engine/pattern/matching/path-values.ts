import { present } from "../../../kernel/present.ts";
import { InexactNumber } from "../policy/condition.ts";
import { isSomething, type Leaf, type Presence, UNREADABLE } from "./leaf.ts";
import { SortedValues } from "./sorted-values.ts";

/** The place outside of all arrays. */
export const OUTSIDE = 0;

/** So many values are looked through one after the other. */
const FEW = 8;

/**
 * The values of a message under one path. Equal values are one: each has a number, from 0 on. What conditions look for
 * is sorted when the first of them asks, so that a condition need not look at every value.
 */
export class PathValues {
  #leaves = NO_LEAVES;
  #occurrences = NO_NUMBERS;
  #places = NO_NUMBERS;
  /** Whether a value counts as present: anywhere, and outside of all arrays. */
  hasPresent = false;
  hasPresentOutside = false;
  isInArrays = false;
  readonly isPresent: Presence;
  #numbers: Numbers | undefined;
  #sorted: SortedValues | undefined;
  #characters: number | undefined;

  constructor(isPresent: Presence = isSomething) {
    this.isPresent = isPresent;
  }

  /** Each value once, at its number. */
  get leaves(): readonly Leaf[] {
    return this.#leaves;
  }

  /** For each occurrence the number of its value. */
  get occurrences(): readonly number[] {
    return this.#occurrences;
  }

  /** For each occurrence the array element it belongs to, by its number in the tree. */
  get places(): readonly number[] {
    return this.#places;
  }

  add(leaf: Leaf, place: number): void {
    const number = this.numberOf(leaf) ?? this.#register(leaf);
    const last = this.#occurrences.length - 1;
    if (this.#places[last] === place && this.#occurrences[last] === number) return;
    this.#occurrences = withOneMore(this.#occurrences, number);
    this.#places = withOneMore(this.#places, place);
    if (place !== OUTSIDE) this.isInArrays = true;
    if (!this.isPresent(leaf)) return;
    this.hasPresent = true;
    if (place === OUTSIDE) this.hasPresentOutside = true;
  }

  has(leaf: Leaf): boolean {
    return this.numberOf(leaf) !== undefined;
  }

  /** The number of a value, or undefined when it is not here. */
  numberOf(leaf: Leaf): number | undefined {
    if (this.#numbers !== undefined) return this.#numbers.get(leaf);
    for (let number = 0; number < this.leaves.length; number++) {
      if (isSame(present(this.leaves[number], "a leaf of the path"), leaf)) return number;
    }
    return undefined;
  }

  /** How many of the values can be compared with anything. */
  get readableCount(): number {
    return this.leaves.length - (this.numberOf(UNREADABLE) === undefined ? 0 : 1);
  }

  /** How many characters its texts have, each once. To be asked when no more values come. */
  get characters(): number {
    this.#characters ??= this.leaves.reduce(
      (sum: number, leaf) => sum + (typeof leaf === "string" ? leaf.length : 0),
      0,
    );
    return this.#characters;
  }

  get sorted(): SortedValues {
    this.#sorted ??= new SortedValues(this.leaves);
    return this.#sorted;
  }

  #register(leaf: Leaf): number {
    const number = this.#leaves.length;
    this.#leaves = withOneMore(this.#leaves, leaf);
    if (this.#numbers !== undefined) this.#numbers.set(leaf, number);
    else if (number === FEW) this.#numbers = new Numbers(this.leaves);
    return number;
  }
}

/** Stand for lists of which most have one item: those that begin empty take room for many with the first. */
const NO_LEAVES: Leaf[] = [];
const NO_NUMBERS: number[] = [];

function withOneMore<T>(items: T[], item: T): T[] {
  if (items.length === 0) return [item];
  items.push(item);
  return items;
}

function isSame(one: Leaf, other: Leaf): boolean {
  if (one instanceof InexactNumber) return other instanceof InexactNumber && one.text === other.text;
  return one === other;
}

/** The places of values in a list. */
class Numbers {
  readonly #byLeaf = new Map<Leaf, number>();
  /** Numbers that no double stands for, by their digits. */
  readonly #byDigits = new Map<string, number>();

  constructor(leaves: readonly Leaf[]) {
    leaves.forEach((leaf, number) => {
      this.set(leaf, number);
    });
  }

  get(leaf: Leaf): number | undefined {
    return leaf instanceof InexactNumber ? this.#byDigits.get(leaf.text) : this.#byLeaf.get(leaf);
  }

  set(leaf: Leaf, number: number): void {
    if (leaf instanceof InexactNumber) this.#byDigits.set(leaf.text, number);
    else this.#byLeaf.set(leaf, number);
  }
}
