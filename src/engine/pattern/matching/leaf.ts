import { comparableNumber } from "../exact-double.ts";
import type { JsonTree } from "../json/json-tree.ts";
import { JsonNumber } from "../json/json-tree.ts";
import { InexactNumber, type Literal } from "../policy/condition.ts";

/** A value that is there but cannot be compared with anything. */
export const UNREADABLE: unique symbol = Symbol("unreadable");

/** A single value of a message. */
export type Leaf = Literal | typeof UNREADABLE;

/** A number from its digits. */
export function numberLeaf(digits: string): number | InexactNumber {
  return comparableNumber(digits) ?? new InexactNumber(digits);
}

/** The value of a JSON scalar, or undefined for an array or object. */
export function scalarLeaf(tree: JsonTree): Literal | undefined {
  if (tree === null || typeof tree !== "object") return tree;
  return tree instanceof JsonNumber ? numberLeaf(tree.text) : undefined;
}

/** Whether `exists` counts a value: what one language of patterns says and another does not. */
export type Presence = (leaf: Leaf) => boolean;

/** AWS: key matching of filter policies asks for a value that is neither null nor empty. */
export const isSomething: Presence = (leaf) => leaf !== null && leaf !== "";

/** AWS: event patterns ask for a value, whatever it is. */
export const isAnything: Presence = () => true;
