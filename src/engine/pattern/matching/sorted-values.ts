import { addressKey } from "../policy/cidr.ts";
import { fold } from "./fold.ts";
import type { Leaf } from "./leaf.ts";
import { Order } from "./order.ts";

/** Every order that conditions search values in. */
interface Orders {
  readonly texts: Order<string>;
  /** Texts read from their ends, where suffixes are prefixes. */
  readonly reversed: Order<string>;
  readonly folded: Order<string>;
  readonly foldedReversed: Order<string>;
  readonly doubles: Order<number>;
  readonly addresses: Order<string>;
}

export type OrderName = keyof Orders;
/** The orders whose keys are texts. */
export type TextOrderName = Exclude<OrderName, "doubles">;

/** The values under a path in every order that conditions search them in; each is made when first asked for. */
export class SortedValues {
  readonly #leaves: readonly Leaf[];
  readonly #made: Partial<Orders> = {};

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
  }

  /**
   * Makes the first of the orders that is not there yet. Returns about how many steps that took, or 0 when all of them
   * are there.
   */
  prepare(names: readonly OrderName[]): number {
    const name = names.find((each) => this.#made[each] === undefined);
    if (name === undefined) return 0;
    const { size } = this.by(name);
    return this.#leaves.length + Math.ceil(size * Math.log2(size + 1));
  }

  by<Name extends OrderName>(name: Name): Orders[Name] {
    const made: Orders[Name] = this.#made[name] ?? makers[name](this.#leaves);
    this.#made[name] = made;
    return made;
  }
}

/** How each order is made. */
const makers: { readonly [Name in OrderName]: (leaves: readonly Leaf[]) => Orders[Name] } = {
  texts: (leaves) => textsBy(leaves, (text) => text),
  reversed: (leaves) => textsBy(leaves, reverse),
  folded: (leaves) => textsBy(leaves, fold),
  foldedReversed: (leaves) => textsBy(leaves, (text) => reverse(fold(text))),
  addresses: (leaves) => textsBy(leaves, addressKey),
  doubles: (leaves) =>
    sorted(
      leaves,
      (leaf) => (typeof leaf === "number" ? leaf : undefined),
      (a, b) => a - b,
    ),
};

function textsBy(leaves: readonly Leaf[], keyOf: (text: string) => string | undefined): Order<string> {
  return sorted(leaves, (leaf) => (typeof leaf === "string" ? keyOf(leaf) : undefined), compareTexts);
}

function sorted<Key>(
  leaves: readonly Leaf[],
  keyOf: (leaf: Leaf) => Key | undefined,
  compare: (a: Key, b: Key) => number,
): Order<Key> {
  const entries: { key: Key; number: number }[] = [];
  leaves.forEach((leaf, number) => {
    const key = keyOf(leaf);
    if (key !== undefined) entries.push({ key, number });
  });
  return new Order(entries.sort((a, b) => compare(a.key, b.key)));
}

function compareTexts(a: string, b: string): number {
  if (a < b) return -1;
  return a > b ? 1 : 0;
}

/** The UTF-16 units from the last to the first. */
export function reverse(text: string): string {
  let reversed = "";
  for (let at = text.length - 1; at >= 0; at--) reversed += text.charAt(at);
  return reversed;
}
