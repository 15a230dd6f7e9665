import { expect, test } from "vitest";
import { SeededRandom } from "../../src/kernel/seeded-random.ts";

const drawn = (seed: string, count: number) => {
  const random = new SeededRandom(seed);
  return Array.from({ length: count }, () => random.next());
};

test("the same seed gives the same numbers, another seed others", () => {
  expect(drawn("a", 50)).toEqual(drawn("a", 50));
  expect(drawn("a", 50)).not.toEqual(drawn("b", 50));
});

test("numbers are spread evenly from 0 to below 1", () => {
  const counts = new Array(10).fill(0);
  for (const number of drawn("even", 100_000)) counts[Math.floor(number * 10)]++;
  for (const count of counts) expect(Math.abs(count - 10_000)).toBeLessThan(500);
});

test("what is certain draws nothing", () => {
  const random = new SeededRandom("a");
  expect([random.happens(1), random.happens(1), random.next()]).toEqual([true, true, drawn("a", 1)[0]]);
  expect(random.happens(0)).toBe(false);
});

test("whole numbers go from one to the most", () => {
  const random = new SeededRandom("whole");
  const seen = new Set(Array.from({ length: 200 }, () => random.upTo(3)));
  expect([...seen].toSorted()).toEqual([1, 2, 3]);
});
