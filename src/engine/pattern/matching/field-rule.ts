import { type Condition, InexactNumber, type ValueCondition } from "../policy/condition.ts";
import type { PolicyField } from "../policy/policy-reader.ts";
import { searchesFor, type ValueSearch } from "./condition-searches.ts";
import { isPresent } from "./leaf.ts";
import type { PathValues } from "./path-values.ts";
import type { OrderName } from "./sorted-values.ts";

/** Characters that are looked at in the time it takes to begin with a text. */
const STEPS_PER_TEXT = 20;

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
  /** Conditions that are looked up among the values, those that look through all that are in arrays, those that look into all texts. */
  readonly #lookups: number;
  readonly #scans: number;
  readonly #textScans: number;

  constructor({ path, conditions }: PolicyField) {
    this.path = path;
    this.acceptsAbsence = conditions.some((condition) => condition.type === "exists" && !condition.expected);
    this.#acceptsPresence = conditions.some((condition) => condition.type === "exists" && condition.expected);
    this.#searches = searchesFor(conditions);
    this.#orders = [...new Set(this.#searches.flatMap(({ orders }) => orders))];
    this.keys = keysOf(conditions);
    const excluding = conditions.filter((condition) => condition.type === "anything-but");
    const all = conditions.flatMap((condition) =>
      condition.type === "anything-but" ? condition.excluded : condition.type === "exists" ? [] : [condition],
    );
    this.#lookups = 1 + all.length;
    this.#scans = excluding.length;
    this.#textScans = all.filter(looksIntoTexts).length;
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
    const scans = values.isInArrays ? this.#scans : 0;
    const scanned = scans === 0 ? 0 : scans * values.leaves.length;
    return this.#lookups + scanned + (this.#textScans === 0 ? 0 : this.#textScans * textSteps(values));
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
        if (isPresent(leaf)) marks[number] = 1;
      });
    }
    return marks;
  }
}

/** About how many steps it takes to look into every text: to begin with each of them, and for its characters. */
function textSteps({ leaves, characters }: PathValues): number {
  return leaves.length * STEPS_PER_TEXT + characters;
}

/** Only what stands between two asterisks can be anywhere in a text. */
function looksIntoTexts(condition: ValueCondition): boolean {
  return condition.type === "wildcard" && condition.pattern.pieces.length > 2;
}

function keysOf(conditions: readonly Condition[]): readonly Key[] | undefined {
  const keys = new Set<Key>();
  for (const condition of conditions) {
    if (condition.type !== "literal" || condition.value instanceof InexactNumber) return undefined;
    keys.add(condition.value);
  }
  return [...keys];
}
