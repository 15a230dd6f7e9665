import { type Condition, InexactNumber, type ValueCondition } from "../policy/condition.ts";
import type { PolicyField } from "../policy/policy-reader.ts";
import { anyTest, conditionTest, type LeafTest } from "./condition-test.ts";
import { isPresent, type Leaf, UNREADABLE } from "./leaf.ts";

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
  readonly #test: LeafTest;

  constructor({ path, conditions }: PolicyField) {
    this.path = path;
    this.acceptsAbsence = conditions.some((condition) => condition.type === "exists" && !condition.expected);
    this.#acceptsPresence = conditions.some((condition) => condition.type === "exists" && condition.expected);
    this.#test = leafTest(conditions);
    this.keys = keysOf(conditions);
  }

  /** Whether the value meets one of the conditions. */
  accepts(leaf: Leaf): boolean {
    if (this.#acceptsPresence && isPresent(leaf)) return true;
    return leaf !== UNREADABLE && this.#test(leaf);
  }
}

function leafTest(conditions: readonly Condition[]): LeafTest {
  const isValue = anyTest(conditions.filter(isValueCondition));
  const others = conditions.flatMap((condition) =>
    isValueCondition(condition) ? [] : (conditionTest(condition) ?? []),
  );
  if (others.length === 0) return isValue;
  return (leaf) => isValue(leaf) || others.some((test) => test(leaf));
}

function isValueCondition(condition: Condition): condition is ValueCondition {
  return condition.type !== "exists" && condition.type !== "anything-but";
}

function keysOf(conditions: readonly Condition[]): readonly Key[] | undefined {
  const keys = new Set<Key>();
  for (const condition of conditions) {
    if (condition.type !== "literal" || condition.value instanceof InexactNumber) return undefined;
    keys.add(condition.value);
  }
  return [...keys];
}
