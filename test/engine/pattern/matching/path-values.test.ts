import { describe, expect, test } from "vitest";
import { OUTSIDE, PathValues } from "../../../../src/engine/pattern/matching/path-values.ts";
import { Order } from "../../../../src/engine/pattern/matching/sorted-values.ts";
import { InexactNumber } from "../../../../src/engine/pattern/policy/condition.ts";

test("equal values are one, also numbers that no double stands for", () => {
  const values = new PathValues();
  const leaves = [1, "1", true, null, "", "x", 2, 3, 4, 5, new InexactNumber("0.1234567890123456789")];
  for (const leaf of [...leaves, ...leaves]) values.add(leaf, OUTSIDE);
  values.add(new InexactNumber("0.1234567890123456789"), OUTSIDE);
  expect(values.leaves).toEqual(leaves);
  expect(leaves.map((leaf) => values.numberOf(leaf))).toEqual([...leaves.keys()]);
  expect(values.numberOf("0.1234567890123456789")).toBeUndefined();
});

test("a value that comes again at the same place is not kept again", () => {
  const values = new PathValues();
  for (let count = 0; count < 1000; count++) values.add("x", OUTSIDE);
  expect(values.occurrences).toEqual([0]);
});

test("values are sorted, and their addresses and cases worked out, once for all conditions", () => {
  const values = new PathValues();
  values.add("10.0.0.1", OUTSIDE);
  const { sorted } = values;
  expect(values.sorted).toBe(sorted);
  for (const order of ["texts", "reversed", "folded", "foldedReversed", "doubles", "addresses"] as const) {
    expect(values.sorted.by(order)).toBe(sorted.by(order));
  }
});

describe("a stretch of 100,000 values", () => {
  const order = new Order(Array.from({ length: 100_000 }, (_, number) => ({ key: number, number })));
  const stretch = (bottom: number, top: number) => {
    const looks = { count: 0 };
    return {
      looks,
      isBefore: (key: number) => looks.count++ >= 0 && key < bottom,
      isBehind: (key: number) => looks.count++ >= 0 && key > top,
    };
  };

  test.for([
    [500, 502, [500, 501, 502]],
    [0, 0, [0]],
    [99_999, 200_000, [99_999]],
    [-5, -1, []],
    [100_000, 100_001, []],
    [10.2, 10.8, []],
  ] as const)("from %d to %d is found in few looks", ([bottom, top, numbers]) => {
    const listed = stretch(bottom, top);
    expect(order.numbersIn(listed)).toEqual(numbers);
    const asked = stretch(bottom, top);
    expect(order.hasIn(asked)).toBe(numbers.length > 0);
    expect(listed.looks.count + asked.looks.count).toBeLessThan(60);
  });
});
