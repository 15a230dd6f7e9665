import { present } from "../../../kernel/present.ts";
import type { Condition, ValueCondition } from "../policy/condition.ts";
import { UNREADABLE } from "./leaf.ts";
import { LiteralSearch } from "./literal-search.ts";
import { type OrderedCondition, orderedSearches } from "./ordered-search.ts";
import type { PathValues } from "./path-values.ts";
import type { OrderName } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";
import { WildcardSearch } from "./wildcard-search.ts";

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
