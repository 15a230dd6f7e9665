import { describe, expect, test, vi } from "vitest";
import { compileFilterPolicy } from "../../../src/engine/pattern/filter-policy.ts";
import { MessageView } from "../../../src/engine/pattern/matching/message-view.ts";
import { PathValues } from "../../../src/engine/pattern/matching/path-values.ts";
import { Order, type Stretch } from "../../../src/engine/pattern/matching/sorted-values.ts";
import { PolicyIndex } from "../../../src/engine/pattern/policy-index.ts";

const MANY = 4000;

function indexOf(...policies: readonly object[]): PolicyIndex<number> {
  const index = new PolicyIndex<number>();
  for (const [subscription, json] of policies.entries()) {
    const result = compileFilterPolicy(JSON.stringify(json), "MessageBody");
    if ("error" in result) throw new Error(result.error.message);
    index.set(subscription, result.policy);
  }
  return index;
}

/** A message of many values under one path. */
function manyOf(textOf: (number: number) => unknown): MessageView {
  return new MessageView({ body: JSON.stringify({ k: Array.from({ length: MANY }, (_, number) => textOf(number)) }) });
}

/** The steps of a search that is to take as few as it can each time. */
function partsOf(policy: object, message: MessageView): readonly number[] {
  const search = indexOf(policy).search(message);
  const parts: number[] = [];
  while (!search.isDone) parts.push(search.judge(message, 1));
  return parts;
}

/** How many keys of orders are compared meanwhile, in counts of stretches. */
function comparisonsIn(run: () => void): number {
  let comparisons = 0;
  const counted = <Key>({ isBefore, isBehind }: Stretch<Key>): Stretch<Key> => ({
    isBefore: (key) => ++comparisons > 0 && isBefore(key),
    isBehind: (key) => ++comparisons > 0 && isBehind(key),
  });
  const { countIn } = Order.prototype;
  const spy = vi.spyOn(Order.prototype, "countIn").mockImplementation(function (this: Order<unknown>, stretches) {
    return countIn.call(this, stretches.map(counted));
  });
  try {
    run();
    return comparisons;
  } finally {
    spy.mockRestore();
  }
}

const AFFIXES = [
  { prefix: "?" },
  { suffix: "?" },
  { prefix: { "equals-ignore-case": "?" } },
  { suffix: { "equals-ignore-case": "?" } },
];

describe("a search that may do little at a time", () => {
  test.for([1, 2, 3, 4])("sorts many values in one of %i orders in each part, and judges in the last", (count) => {
    const parts = partsOf({ k: AFFIXES.slice(0, count) }, manyOf(String));
    expect(parts).toHaveLength(count + 1);
    const sorting = MANY * Math.log2(MANY);
    expect(parts.map((steps) => steps > sorting)).toEqual([...Array<boolean>(count).fill(true), false]);
  });

  test("does not sort for a policy of another field, of plain values, or of a pattern that can be anywhere", () => {
    const message = manyOf(String);
    for (const policy of [{ other: AFFIXES }, { k: ["-1"] }, { k: [{ wildcard: "*x*" }] }]) {
      expect(partsOf(policy, message)).toHaveLength(1);
    }
  });

  test("sorts once for all policies", () => {
    const message = manyOf(String);
    const search = indexOf(...Array.from({ length: 20 }, () => ({ k: AFFIXES }))).search(message);
    let parts = 0;
    for (; !search.isDone; parts++) search.judge(message, 1);
    expect(parts).toBe(AFFIXES.length + 20);
  });

  test("does not sort for a subscription that is found already", () => {
    const message = new MessageView({ body: JSON.stringify({ a: "x", k: Array.from({ length: MANY }, String) }) });
    const search = indexOf({ $or: [{ a: ["x"] }, { k: AFFIXES }] }).search(message);
    const parts: number[] = [];
    while (!search.isDone) parts.push(search.judge(message, 1));
    expect(search.found).toEqual([0]);
    expect(Math.max(...parts)).toBeLessThan(20);
  });
});

describe("anything-but", () => {
  test("of 150 conditions that exclude all of many values compares few of them", () => {
    const message = manyOf((number) => `a${number}`);
    const index = indexOf({ k: Array.from({ length: 150 }, () => ({ "anything-but": { prefix: "a" } })) });
    expect(index.matches(message)).toEqual([]);
    const comparisons = comparisonsIn(() => index.matches(message));
    expect(comparisons).toBeGreaterThan(150);
    expect(comparisons).toBeLessThan(150 * 3 * Math.log2(MANY));
  });

  test("of as many prefixes as values compares each of them with few", () => {
    const message = manyOf((number) => `${number}.`);
    const prefixes = Array.from({ length: MANY }, (_, number) => `${number}.`);
    const index = indexOf({ k: [{ "anything-but": { prefix: prefixes } }] });
    expect(index.matches(message)).toEqual([]);
    expect(comparisonsIn(() => index.matches(message))).toBeLessThan(MANY * 2 * Math.log2(MANY));
  });

  test.for([
    ["prefix", ["a", "ab", "b"], ["abc", "b"], ["abc", "c"]],
    ["suffix", ["a", "ba", "b"], ["cba", "b"], ["cba", "c"]],
    ["equals-ignore-case", ["a", "A", "b"], ["A", "B"], ["a", "ab"]],
    ["wildcard", ["a*b", "c", "*x"], ["ab", "c", "xx"], ["ab", "xy"]],
  ] as const)("with texts that overlap, of %s, finds what is left", ([operator, excluded, kept, found]) => {
    const index = indexOf({ k: [{ "anything-but": { [operator]: excluded } }] });
    const messageOf = (values: readonly string[]) => new MessageView({ body: JSON.stringify({ k: values }) });
    expect(index.matches(messageOf(kept))).toEqual([]);
    expect(index.matches(messageOf(found))).toEqual([0]);
  });
});

test("a message of many values looks up those that policies ask for, if they are fewer", () => {
  const policies = Array.from({ length: 40 }, (_, number) => ({ a: [number], b: [number] }));
  const values = Array.from({ length: MANY }, (_, number) => number);
  const has = vi.spyOn(PathValues.prototype, "has");
  try {
    const message = new MessageView({ body: JSON.stringify({ a: values, b: values }) });
    expect(indexOf(...policies).matches(message)).toHaveLength(policies.length);
    expect(has.mock.calls.length).toBeGreaterThan(0);
    expect(has.mock.calls.length).toBeLessThan(100);
  } finally {
    has.mockRestore();
  }
});

test.for([
  ["plain values", { "anything-but": Array.from({ length: MANY }, (_, number) => `${number}`) }, 10],
  ["prefixes", { "anything-but": { prefix: Array.from({ length: MANY }, (_, number) => `${number}`) } }, 100],
  ["a pattern that can be anywhere", { wildcard: "*?*" }, 10],
] as const)("of %s a judgement counts as many steps as it takes", ([, condition, stepsPerValue]) => {
  const parts = partsOf({ k: [condition] }, manyOf(String));
  expect(parts.at(-1)).toBeGreaterThan(MANY * stepsPerValue);
});
