import { type Wildcard, wildcardTest } from "../policy/wildcard.ts";
import { beginningWith } from "./order.ts";
import type { PathValues } from "./path-values.ts";
import { reverse, type TextOrderName } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";

/** Finds values of a pattern. Looks only at those that begin as it does or, if it begins with an asterisk, end as it does. */
export class WildcardSearch implements ValueSearch {
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
