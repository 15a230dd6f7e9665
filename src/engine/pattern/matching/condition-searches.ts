import { present } from "../../../kernel/present.ts";
import {
  type Condition,
  InexactNumber,
  type Literal,
  type NumericRange,
  type ValueCondition,
} from "../policy/condition.ts";
import { type Wildcard, wildcardTest } from "../policy/wildcard.ts";
import { type Leaf, UNREADABLE } from "./leaf.ts";
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

/** Finds, among the values under a path, those that meet a condition. */
export interface ValueSearch {
  /** The orders it needs the values in. */
  readonly orders: readonly OrderName[];
  /** Whether there is one. */
  finds(values: PathValues): boolean;
  /** How many there are. */
  count(values: PathValues): number;
  /** Sets the marks, one for each value, of all there are. */
  mark(values: PathValues, marks: Uint8Array): void;
}

/** The searches that together find what meets one of the conditions; `exists` asks for the field and not for a value. */
export function searchesFor(conditions: readonly Condition[]): readonly ValueSearch[] {
  const included: ValueCondition[] = [];
  const searches: ValueSearch[] = [];
  for (const condition of conditions) {
    if (condition.type === "anything-but") searches.push(new ExclusionSearch(condition.excluded));
    else if (condition.type !== "exists") included.push(condition);
  }
  return [...inclusionSearches(included), ...searches];
}

/** Plain values are looked up together, and so is what asks for stretches of one order. */
function inclusionSearches(conditions: readonly ValueCondition[]): readonly ValueSearch[] {
  const literals = new LiteralSearch();
  const searches: ValueSearch[] = [];
  const ordered: OrderedCondition[] = [];
  for (const condition of conditions) {
    if (condition.type === "literal") literals.add(condition.value);
    else if (condition.type !== "wildcard") ordered.push(condition);
    else if (condition.pattern.pieces.length > 1) searches.push(new WildcardSearch(condition.pattern));
    else literals.add(present(condition.pattern.pieces[0], "the pieces of a pattern"));
  }
  const others = [...orderedSearches(ordered), ...searches];
  return literals.isEmpty ? others : [literals, ...others];
}

/** Finds values that meet none of the conditions. */
class ExclusionSearch implements ValueSearch {
  readonly orders: readonly OrderName[];
  readonly #excluded: readonly ValueSearch[];

  constructor(conditions: readonly ValueCondition[]) {
    this.#excluded = inclusionSearches(conditions);
    this.orders = this.#excluded.flatMap(({ orders }) => orders);
  }

  finds(values: PathValues): boolean {
    return this.count(values) > 0;
  }

  /** Only patterns take more than one search, and there are few of them. */
  count(values: PathValues): number {
    const [search, ...others] = this.#excluded;
    if (search === undefined) return values.readableCount;
    if (others.length === 0) return values.readableCount - search.count(values);
    return this.#remaining(values).reduce((count, mark) => count + mark, 0);
  }

  mark(values: PathValues, marks: Uint8Array): void {
    this.#remaining(values).forEach((mark, number) => {
      if (mark === 1) marks[number] = 1;
    });
  }

  #remaining(values: PathValues): Uint8Array {
    const marks = new Uint8Array(values.leaves.length);
    for (const search of this.#excluded) search.mark(values, marks);
    for (let number = 0; number < marks.length; number++) marks[number] = marks[number] === 1 ? 0 : 1;
    const unreadable = values.numberOf(UNREADABLE);
    if (unreadable !== undefined) marks[unreadable] = 0;
    return marks;
  }
}

/** Finds values that are one of some. Goes through the values or through the others, whichever are fewer. */
class LiteralSearch implements ValueSearch {
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

type OrderedCondition = Exclude<ValueCondition, { type: "literal" | "wildcard" }>;

/** The searches for conditions that a stretch of some order meets: one for each order. */
function orderedSearches(conditions: readonly OrderedCondition[]): readonly ValueSearch[] {
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
class WildcardSearch implements ValueSearch {
  readonly orders: readonly TextOrderName[];
  /** What candidates begin with in the order. */
  readonly #beginning: string;
  readonly #test: (text: string) => boolean;

  constructor(pattern: Wildcard) {
    const prefix = pattern.pieces[0] ?? "";
    const suffix = pattern.pieces.at(-1) ?? "";
    this.orders = prefix !== "" ? ["texts"] : suffix !== "" ? ["reversed"] : [];
    this.#beginning = prefix !== "" ? prefix : reverse(suffix);
    this.#test = wildcardTest(pattern);
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
