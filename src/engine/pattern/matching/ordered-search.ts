import { type AddressBlock, compareAddresses } from "../policy/cidr.ts";
import type { NumericRange, ValueCondition } from "../policy/condition.ts";
import { fold } from "./fold.ts";
import { beginningWith, equalTo, type Order, type Stretch } from "./order.ts";
import type { PathValues } from "./path-values.ts";
import { reverse, type SortedValues } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";

type OrderedCondition = Exclude<ValueCondition, { type: "literal" | "wildcard" }>;

/** The search for a condition that a stretch of some order meets. */
export function orderedSearch(condition: OrderedCondition): ValueSearch {
  switch (condition.type) {
    case "prefix":
    case "suffix":
      return affixSearch(condition);
    case "equals-ignore-case":
      return new OrderedSearch((sorted) => sorted.folded, equalTo(fold(condition.text)));
    case "numeric":
      return new OrderedSearch((sorted) => sorted.doubles, inRange(condition.range));
    case "cidr":
      return new OrderedSearch((sorted) => sorted.addresses, inBlock(condition.block));
  }
}

class OrderedSearch<Key> implements ValueSearch {
  readonly #orderOf: (sorted: SortedValues) => Order<Key>;
  readonly #stretch: Stretch<Key>;

  constructor(orderOf: (sorted: SortedValues) => Order<Key>, stretch: Stretch<Key>) {
    this.#orderOf = orderOf;
    this.#stretch = stretch;
  }

  finds({ sorted }: PathValues): boolean {
    return this.#orderOf(sorted).hasIn(this.#stretch);
  }

  mark({ sorted }: PathValues, marks: Uint8Array): void {
    for (const number of this.#orderOf(sorted).numbersIn(this.#stretch)) marks[number] = 1;
  }
}

function affixSearch({ type, text, ignoresCase }: Extract<OrderedCondition, { ignoresCase: boolean }>): ValueSearch {
  const affix = ignoresCase ? fold(text) : text;
  if (type === "prefix") {
    return new OrderedSearch((sorted) => (ignoresCase ? sorted.folded : sorted.texts), beginningWith(affix));
  }
  const backwards = beginningWith(reverse(affix));
  return new OrderedSearch((sorted) => (ignoresCase ? sorted.foldedReversed : sorted.reversed), backwards);
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
