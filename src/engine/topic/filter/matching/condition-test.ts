import { isInBlock } from "../policy/cidr.ts";
import {
  type Condition,
  InexactNumber,
  type Literal,
  type NumericRange,
  type ValueCondition,
} from "../policy/condition.ts";
import { wildcardTest } from "../policy/wildcard.ts";
import type { Leaf } from "./leaf.ts";

/** Whether a readable value meets a condition. */
export type LeafTest = (leaf: Leaf) => boolean;

/** The test of a condition on values; undefined for `exists`, which asks for the field and not for its value. */
export function conditionTest(condition: Condition): LeafTest | undefined {
  switch (condition.type) {
    case "exists":
      return undefined;
    case "anything-but": {
      const isExcluded = anyTest(condition.excluded);
      return (leaf) => !isExcluded(leaf);
    }
    default:
      return valueTest(condition);
  }
}

/** A test that any of the conditions passes; the plain values among them cost one look-up together. */
export function anyTest(conditions: readonly ValueCondition[]): LeafTest {
  const values = new Set<Leaf>();
  const tests: LeafTest[] = [];
  for (const condition of conditions) {
    if (condition.type === "literal" && !(condition.value instanceof InexactNumber)) values.add(condition.value);
    else tests.push(valueTest(condition));
  }
  return (leaf) => values.has(leaf) || tests.some((test) => test(leaf));
}

function valueTest(condition: ValueCondition): LeafTest {
  switch (condition.type) {
    case "literal":
      return literalTest(condition.value);
    case "numeric":
      return numericTest(condition.range);
    default:
      return onText(textTest(condition));
  }
}

type TextCondition = Exclude<ValueCondition, { type: "literal" | "numeric" }>;
type TextTest = (text: string) => boolean;

function onText(test: TextTest): LeafTest {
  return (leaf) => typeof leaf === "string" && test(leaf);
}

function textTest(condition: TextCondition): TextTest {
  switch (condition.type) {
    case "prefix":
    case "suffix":
      return affixTest(condition);
    case "equals-ignore-case": {
      const folded = fold(condition.text);
      return (text) => fold(text) === folded;
    }
    case "wildcard":
      return wildcardTest(condition.pattern);
    case "cidr": {
      const { block } = condition;
      return (text) => isInBlock(block, text);
    }
  }
}

function affixTest({ type, text: affix, ignoresCase }: Extract<TextCondition, { ignoresCase: boolean }>): TextTest {
  const wanted = ignoresCase ? fold(affix) : affix;
  const read = ignoresCase ? fold : (text: string) => text;
  return type === "prefix" ? (text) => read(text).startsWith(wanted) : (text) => read(text).endsWith(wanted);
}

function literalTest(value: Literal): LeafTest {
  if (!(value instanceof InexactNumber)) return (leaf) => leaf === value;
  return (leaf) => leaf instanceof InexactNumber && leaf.text === value.text;
}

function numericTest({ bottom, isBottomOpen, top, isTopOpen }: NumericRange): LeafTest {
  return (leaf) =>
    typeof leaf === "number" &&
    (isBottomOpen ? leaf > bottom : leaf >= bottom) &&
    (isTopOpen ? leaf < top : leaf <= top);
}

/** Equal for texts that differ in case only. */
function fold(text: string): string {
  return text.toUpperCase().toLowerCase();
}
