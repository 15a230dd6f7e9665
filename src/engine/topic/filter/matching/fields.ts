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

/** Collects fields under their paths. */
export class FieldCollector {
  readonly fields = new Map<string, Field[]>();

  add(path: string, value: Leaf, element?: ArrayElement): void {
    const fields = this.fields.get(path);
    const field: Field = { value, element };
    if (fields === undefined) this.fields.set(path, [field]);
    else fields.push(field);
  }
}
