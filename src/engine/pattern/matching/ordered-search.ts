import { type AddressBlock, compareAddresses } from "../policy/cidr.ts";
import type { NumericRange, ValueCondition } from "../policy/condition.ts";
import { fold } from "./fold.ts";
import { beginningWith, equalTo, type Order, type Stretch } from "./order.ts";
import type { PathValues } from "./path-values.ts";
import { reverse, type SortedValues } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";

export type OrderedCondition = Exclude<ValueCondition, { type: "literal" | "wildcard" }>;

/** The searches for conditions that a stretch of some order meets: one for each order. */
export function orderedSearches(conditions: readonly OrderedCondition[]): readonly ValueSearch[] {
  const texts = new OrderedSearch((sorted) => sorted.texts);
  const reversed = new OrderedSearch((sorted) => sorted.reversed);
  const folded = new OrderedSearch((sorted) => sorted.folded);
  const foldedReversed = new OrderedSearch((sorted) => sorted.foldedReversed);
  const doubles = new OrderedSearch((sorted) => sorted.doubles);
  const addresses = new OrderedSearch((sorted) => sorted.addresses);
  for (const condition of conditions) {
    switch (condition.type) {
      case "prefix":
        if (condition.ignoresCase) folded.add(beginningWith(fold(condition.text)));
        else texts.add(beginningWith(condition.text));
        break;
      case "suffix":
        if (condition.ignoresCase) foldedReversed.add(beginningWith(reverse(fold(condition.text))));
        else reversed.add(beginningWith(reverse(condition.text)));
        break;
      case "equals-ignore-case":
        folded.add(equalTo(fold(condition.text)));
        break;
      case "numeric":
        doubles.add(inRange(condition.range));
        break;
      case "cidr":
        addresses.add(inBlock(condition.block));
    }
  }
  return [texts, reversed, folded, foldedReversed, doubles, addresses].filter(({ isEmpty }) => !isEmpty);
}

class OrderedSearch<Key> implements ValueSearch {
  readonly #orderOf: (sorted: SortedValues) => Order<Key>;
  readonly #stretches: Stretch<Key>[] = [];

  constructor(orderOf: (sorted: SortedValues) => Order<Key>) {
    this.#orderOf = orderOf;
  }

  get isEmpty(): boolean {
    return this.#stretches.length === 0;
  }

  add(stretch: Stretch<Key>): void {
    this.#stretches.push(stretch);
  }

  finds({ sorted }: PathValues): boolean {
    const order = this.#orderOf(sorted);
    return this.#stretches.some((stretch) => order.hasIn(stretch));
  }

  mark({ sorted }: PathValues, marks: Uint8Array): void {
    this.#orderOf(sorted).mark(this.#stretches, marks);
  }
}

function inRange({ bottom, isBottomOpen, top, isTopOpen }: NumericRange): Stretch<number> {
  return {
    isBefore: (value) => (isBottomOpen ? value <= bottom : value < bottom),
    isBehind: (value) => (isTopOpen ? value >= top : value > top),
  };
}

function inBlock({ bottom, top }: AddressBlock): Stretch<AddressBlock["bottom"]> {
  return {
    isBefore: (address) => compareAddresses(address, bottom) < 0,
    isBehind: (address) => compareAddresses(address, top) > 0,
  };
}
