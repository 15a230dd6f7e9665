import { type Address, compareAddresses, parseAddress } from "../policy/cidr.ts";
import { fold } from "./fold.ts";
import type { Leaf } from "./leaf.ts";
import { Order } from "./order.ts";

/** The values under a path in every order that conditions search them in; each is made when first asked for. */
export class SortedValues {
  readonly #leaves: readonly Leaf[];
  #texts: Order<string> | undefined;
  #reversed: Order<string> | undefined;
  #folded: Order<string> | undefined;
  #foldedReversed: Order<string> | undefined;
  #doubles: Order<number> | undefined;
  #addresses: Order<Address> | undefined;

  constructor(leaves: readonly Leaf[]) {
    this.#leaves = leaves;
  }

  get texts(): Order<string> {
    this.#texts ??= this.#textsBy((text) => text);
    return this.#texts;
  }

  /** Texts read from their ends, where suffixes are prefixes. */
  get reversed(): Order<string> {
    this.#reversed ??= this.#textsBy(reverse);
    return this.#reversed;
  }

  get folded(): Order<string> {
    this.#folded ??= this.#textsBy(fold);
    return this.#folded;
  }

  get foldedReversed(): Order<string> {
    this.#foldedReversed ??= this.#textsBy((text) => reverse(fold(text)));
    return this.#foldedReversed;
  }

  get doubles(): Order<number> {
    this.#doubles ??= this.#by(
      (leaf) => (typeof leaf === "number" ? leaf : undefined),
      (a, b) => a - b,
    );
    return this.#doubles;
  }

  get addresses(): Order<Address> {
    this.#addresses ??= this.#by(
      (leaf) => (typeof leaf === "string" ? parseAddress(leaf) : undefined),
      compareAddresses,
    );
    return this.#addresses;
  }

  #textsBy(keyOf: (text: string) => string): Order<string> {
    return this.#by((leaf) => (typeof leaf === "string" ? keyOf(leaf) : undefined), compareTexts);
  }

  #by<Key>(keyOf: (leaf: Leaf) => Key | undefined, compare: (a: Key, b: Key) => number): Order<Key> {
    const entries: { key: Key; number: number }[] = [];
    this.#leaves.forEach((leaf, number) => {
      const key = keyOf(leaf);
      if (key !== undefined) entries.push({ key, number });
    });
    return new Order(entries.sort((a, b) => compare(a.key, b.key)));
  }
}

/** The UTF-16 units from the last to the first. */
export function reverse(text: string): string {
  return text.length < 2 ? text : text.split("").reverse().join("");
}

function compareTexts(a: string, b: string): number {
  if (a === b) return 0;
  return a < b ? -1 : 1;
}
