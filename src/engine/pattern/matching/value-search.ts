import { InexactNumber, type Literal, type NumericRange, type ValueCondition } from "../policy/condition.ts";
import { type Wildcard, wildcardTest } from "../policy/wildcard.ts";
import type { Leaf } from "./leaf.ts";
import type { PathValues } from "./path-values.ts";
import {
  beginningWith,
  between,
  equalTo,
  fold,
  type Order,
  type OrderName,
  reverse,
  type SortedValues,
  type Stretch,
  type TextOrderName,
} from "./sorted-values.ts";

/** Characters of a text that are looked at in the time of a look-up, of a comparison, of beginning with a text. */
const STEPS_PER_LOOK = 10;

/** Finds, among the values under a path, those that meet a condition. */
export interface ValueSearch {
  /** The orders it needs the values in. */
  readonly orders: readonly OrderName[];
  /** About how many steps it takes, once the orders are there. */
  steps(values: PathValues): number;
  /** Whether there is one. */
  finds(values: PathValues): boolean;
  /** How many there are. */
  count(values: PathValues): number;
  /** Sets the marks, one for each value, of all there are. */
  mark(values: PathValues, marks: Uint8Array): void;
}

/** Finds values that are one of some. Goes through the values or through the others, whichever are fewer. */
export class LiteralSearch implements ValueSearch {
  readonly orders = [];
  readonly #literals = new Set<Leaf>();
  /** Those that no double stands for, by their digits. */
  readonly #inexact = new Map<string, InexactNumber>();

  get isEmpty(): boolean {
    return this.#literals.size === 0 && this.#inexact.size === 0;
  }

  add(literal: Literal): void {
    if (literal instanceof InexactNumber) this.#inexact.set(literal.text, literal);
    else this.#literals.add(literal);
  }

  steps({ leaves }: PathValues): number {
    return STEPS_PER_LOOK * Math.min(leaves.length, this.#literals.size + this.#inexact.size);
  }

  finds(values: PathValues): boolean {
    const { leaves } = values;
    // Most paths have one value, and a look at it is all there is to do.
    const [only] = leaves;
    return leaves.length === 1 && only !== undefined ? this.#has(only) : this.#eachOf(values, () => true);
  }

  count(values: PathValues): number {
    let count = 0;
    this.#eachOf(values, () => {
      count++;
      return false;
    });
    return count;
  }

  mark(values: PathValues, marks: Uint8Array): void {
    this.#eachOf(values, (number) => {
      marks[number] = 1;
      return false;
    });
  }

  /** Visits the numbers of the values until a visit returns true; returns whether one did. */
  #eachOf(values: PathValues, visit: (number: number) => boolean): boolean {
    const { leaves } = values;
    if (leaves.length <= this.#literals.size + this.#inexact.size) {
      return leaves.some((leaf, number) => this.#has(leaf) && visit(number));
    }
    for (const literal of [...this.#literals, ...this.#inexact.values()]) {
      const number = values.numberOf(literal);
      if (number !== undefined && visit(number)) return true;
    }
    return false;
  }

  #has(leaf: Leaf): boolean {
    return leaf instanceof InexactNumber ? this.#inexact.has(leaf.text) : this.#literals.has(leaf);
  }
}

export type OrderedCondition = Exclude<ValueCondition, { type: "literal" | "wildcard" }>;

/** The searches for conditions that a stretch of some order meets: one for each order. */
export function orderedSearches(conditions: readonly OrderedCondition[]): readonly ValueSearch[] {
  const doubles = new OrderedSearch<number>("doubles", (sorted) => sorted.by("doubles"));
  const byText = new Map<TextOrderName, OrderedSearch<string>>();
  for (const condition of conditions) {
    if (condition.type === "numeric") {
      doubles.add(inRange(condition.range));
      continue;
    }
    const [order, stretch] = textStretchOf(condition);
    const search = byText.get(order) ?? new OrderedSearch(order, (sorted: SortedValues) => sorted.by(order));
    byText.set(order, search);
    search.add(stretch);
  }
  return doubles.isEmpty ? [...byText.values()] : [...byText.values(), doubles];
}

function textStretchOf(
  condition: Exclude<OrderedCondition, { type: "numeric" }>,
): readonly [order: TextOrderName, stretch: Stretch<string>] {
  switch (condition.type) {
    case "prefix":
      if (condition.ignoresCase) return ["folded", beginningWith(fold(condition.text))];
      return ["texts", beginningWith(condition.text)];
    case "suffix":
      if (condition.ignoresCase) return ["foldedReversed", beginningWith(reverse(fold(condition.text)))];
      return ["reversed", beginningWith(reverse(condition.text))];
    case "equals-ignore-case":
      return ["folded", equalTo(fold(condition.text))];
    case "cidr":
      return ["addresses", between(condition.block.bottom, condition.block.top)];
  }
}

class OrderedSearch<Key> implements ValueSearch {
  readonly orders: readonly OrderName[];
  readonly #orderIn: (sorted: SortedValues) => Order<Key>;
  readonly #stretches: Stretch<Key>[] = [];

  constructor(name: OrderName, orderIn: (sorted: SortedValues) => Order<Key>) {
    this.orders = [name];
    this.#orderIn = orderIn;
  }

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  add(stretch: Stretch<Key>): void {
    this.#stretches.push(stretch);
  }

  steps({ leaves }: PathValues): number {
    return STEPS_PER_LOOK * Math.ceil(this.#stretches.length * Math.log2(leaves.length + 1));
  }

  finds({ sorted }: PathValues): boolean {
    const order = this.#orderIn(sorted);
    return this.#stretches.some((stretch) => order.hasIn(stretch));
  }

  count({ sorted }: PathValues): number {
    return this.#orderIn(sorted).countIn(this.#stretches);
  }

  mark({ sorted }: PathValues, marks: Uint8Array): void {
    this.#orderIn(sorted).mark(this.#stretches, marks);
  }
}

function inRange({ bottom, isBottomOpen, top, isTopOpen }: NumericRange): Stretch<number> {
  return {
    isBefore: (value) => (isBottomOpen ? value <= bottom : value < bottom),
    isBehind: (value) => (isTopOpen ? value >= top : value > top),
  };
}

/** Finds values of a pattern. Looks only at those that begin as it does or, if it begins with an asterisk, end as it does. */
export class WildcardSearch implements ValueSearch {
  readonly orders: readonly TextOrderName[];
  /** What candidates begin with in the order. */
  readonly #beginning: string;
  readonly #test: (text: string) => boolean;
  readonly #isAnywhere: boolean;

  constructor(pattern: Wildcard) {
    this.#isAnywhere = pattern.pieces.length > 2;
    const prefix = pattern.pieces[0] ?? "";
    const suffix = pattern.pieces.at(-1) ?? "";
    this.orders = prefix !== "" ? ["texts"] : suffix !== "" ? ["reversed"] : [];
    this.#beginning = prefix !== "" ? prefix : reverse(suffix);
    this.#test = wildcardTest(pattern);
  }

  /** Only what stands between two asterisks can be anywhere in a text. */
  steps(values: PathValues): number {
    return STEPS_PER_LOOK * values.leaves.length + (this.#isAnywhere ? values.characters : 0);
  }

  finds(values: PathValues): boolean {
    return this.#eachOf(values, () => true);
  }

  count(values: PathValues): number {
    let count = 0;
    this.#eachOf(values, () => {
      count++;
      return false;
    });
    return count;
  }

  mark(values: PathValues, marks: Uint8Array): void {
    this.#eachOf(values, (number) => {
      marks[number] = 1;
      return false;
    });
  }

  /** Visits the numbers of the values that the pattern fits until a visit returns true; returns whether one did. */
  #eachOf({ leaves, sorted }: PathValues, visit: (number: number) => boolean): boolean {
    const [order] = this.orders;
    if (order === undefined) return leaves.some((leaf, number) => this.#fits(leaf) && visit(number));
    const numbers = sorted.by(order).numbersIn(beginningWith(this.#beginning));
    return numbers.some((number) => this.#fits(leaves[number]) && visit(number));
  }

  #fits(leaf: unknown): boolean {
    return typeof leaf === "string" && this.#test(leaf);
  }
}
