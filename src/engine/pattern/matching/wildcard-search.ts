import { type Wildcard, wildcardTest } from "../policy/wildcard.ts";
import { beginningWith } from "./order.ts";
import type { PathValues } from "./path-values.ts";
import { reverse } from "./sorted-values.ts";
import type { ValueSearch } from "./value-search.ts";

/** Finds values of a pattern. Looks only at those that begin as it does or, if it begins with an asterisk, end as it does. */
export class WildcardSearch implements ValueSearch {
  readonly #prefix: string;
  readonly #reversedSuffix: string;
  readonly #test: (text: string) => boolean;

  constructor(pattern: Wildcard) {
    this.#prefix = pattern.pieces[0] ?? "";
    this.#reversedSuffix = reverse(pattern.pieces.at(-1) ?? "");
    this.#test = wildcardTest(pattern);
  }

  finds(values: PathValues): boolean {
    return this.#candidates(values).some((number) => this.#isMet(values, number));
  }

  mark(values: PathValues, marks: Uint8Array): void {
    for (const number of this.#candidates(values)) if (this.#isMet(values, number)) marks[number] = 1;
  }

  #candidates({ sorted }: PathValues): readonly number[] {
    if (this.#prefix !== "" || this.#reversedSuffix === "") {
      return sorted.texts.numbersIn(beginningWith(this.#prefix));
    }
    return sorted.reversed.numbersIn(beginningWith(this.#reversedSuffix));
  }

  #isMet({ leaves }: PathValues, number: number): boolean {
    const leaf = leaves[number];
    return typeof leaf === "string" && this.#test(leaf);
  }
}
