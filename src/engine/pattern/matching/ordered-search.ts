import type { NumericRange, ValueCondition } from "../policy/condition.ts";
import { fold } from "./fold.ts";
import { beginningWith, between, equalTo, type Order, type Stretch } from "./order.ts";
import type { PathValues } from "./path-values.ts";
import { type OrderName, reverse, type SortedValues, type TextOrderName } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";

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
