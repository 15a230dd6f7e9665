import { InexactNumber, type Literal } from "../policy/condition.ts";
import type { Leaf } from "./leaf.ts";
import type { PathValues } from "./path-values.ts";
import type { ValueSearch } from "./value-search.ts";

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
