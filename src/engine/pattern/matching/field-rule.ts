import { present } from "../../../kernel/present.ts";
import { type Condition, InexactNumber, type ValueCondition } from "../policy/condition.ts";
import type { PolicyField } from "../policy/policy-reader.ts";
import { UNREADABLE } from "./leaf.ts";
import type { PathValues } from "./path-values.ts";
import type { OrderName } from "./sorted-values.ts";
import {
  LiteralSearch,
  type OrderedCondition,
  orderedSearches,
  type ValueSearch,
  WildcardSearch,
} from "./value-search.ts";

/** A value that an index can look up. */
export type Key = string | number | boolean | null;

/** What a policy demands of the values under one path, ready to be tested. */
export class FieldRule {
  readonly path: string;
  /** Whether the path may be missing from the message. */
  readonly acceptsAbsence: boolean;
  /** The only values the rule accepts, where it is that simple; undefined otherwise. */
  readonly keys: readonly Key[] | undefined;
  readonly #acceptsPresence: boolean;
  readonly #searches: readonly ValueSearch[];
  readonly #orders: readonly OrderName[];

  constructor({ path, conditions }: PolicyField) {
    this.path = path;
    this.acceptsAbsence = conditions.some((condition) => condition.type === "exists" && !condition.expected);
    this.#acceptsPresence = conditions.some((condition) => condition.type === "exists" && condition.expected);
    this.#searches = searchesFor(conditions);
    this.#orders = [...new Set(this.#searches.flatMap(({ orders }) => orders))];
    this.keys = keysOf(conditions);
  }

  /** Whether it looks values up in some order, which takes long to make of many. */
  get needsOrders(): boolean {
    return this.#orders.length > 0;
  }

  /** Makes an order of the values that it needs and that is not there yet. Returns the steps that took; 0 for none. */
  prepare(values: PathValues): number {
    return this.#orders.length === 0 ? 0 : values.sorted.prepare(this.#orders);
  }

  /** About how many steps it takes to test the values, once their orders are there. */
  steps(values: PathValues): number {
    let steps = 1;
    for (const search of this.#searches) steps += search.steps(values);
    // Of what is in arrays every value is marked.
    return values.isInArrays ? steps + this.#searches.length * values.leaves.length : steps;
  }

  /** Whether one of the values meets one of the conditions. */
  acceptsAny(values: PathValues): boolean {
    if (this.#acceptsPresence && values.hasPresent) return true;
    for (const search of this.#searches) if (search.finds(values)) return true;
    return false;
  }

  /** For each of the values 1 when it meets one of the conditions, or 0. */
  accepted(values: PathValues): Uint8Array {
    const marks = new Uint8Array(values.leaves.length);
    for (const search of this.#searches) search.mark(values, marks);
    if (this.#acceptsPresence) {
      values.leaves.forEach((leaf, number) => {
        if (values.isPresent(leaf)) marks[number] = 1;
      });
    }
    return marks;
  }
}

function keysOf(conditions: readonly Condition[]): readonly Key[] | undefined {
  const keys = new Set<Key>();
  for (const condition of conditions) {
    if (condition.type !== "literal" || condition.value instanceof InexactNumber) return undefined;
    keys.add(condition.value);
  }
  return [...keys];
}

/** The searches that together find what meets one of the conditions; `exists` asks for the field and not for a value. */
function searchesFor(conditions: readonly Condition[]): readonly ValueSearch[] {
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

  steps(values: PathValues): number {
    let steps = this.#excluded.length > 1 ? values.leaves.length : 1;
    for (const search of this.#excluded) steps += search.steps(values);
    return steps;
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
