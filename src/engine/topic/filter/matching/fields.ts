import type { Leaf } from "./leaf.ts";

/** One occurrence of an array in a message body. */
export interface MessageArray {
  /** The element of an outer array that holds it; undefined outside of all arrays. */
  readonly within: ArrayElement | undefined;
}

/** An object or array inside an array of a message body. */
export interface ArrayElement {
  readonly array: MessageArray;
}

/** A value of a message and the array element it belongs to. A scalar directly in an array belongs to what holds that. */
export interface Field {
  readonly value: Leaf;
  readonly element: ArrayElement | undefined;
}

/** The values of a message under their dotted paths. */
export type Fields = ReadonlyMap<string, readonly Field[]>;

/** Longer paths are rare enough to be counted. */
const LONG_PATH = 1000;
/** What long paths may have in characters, all of them together. */
const MAX_LONG_PATHS = 1_000_000;

/**
 * Collects fields under their paths. A message inside one long name can be small and have paths of gigabytes, which
 * would take minutes and all memory; so of long paths only the first few hundred are kept.
 */
export class FieldCollector {
  readonly fields = new Map<string, Field[]>();
  #longPaths = 0;

  add(path: string, value: Leaf, element?: ArrayElement): void {
    const isLong = path.length > LONG_PATH;
    if (isLong && this.#longPaths >= MAX_LONG_PATHS) return;
    const fields = this.fields.get(path);
    const field: Field = { value, element };
    if (fields !== undefined) fields.push(field);
    else {
      this.fields.set(path, [field]);
      if (isLong) this.#longPaths += path.length;
    }
  }
}
