import fc from "fast-check";
import { expect, test } from "vitest";
import { DecimalProgression, MOST_STEPS } from "../../../../src/engine/stream/shard/decimal-progression.ts";

/** Numbers of 56 digits that stay so long, whatever is added. */
const firsts = fc.bigInt({ min: 10n ** 55n, max: 9n * 10n ** 55n });
const steps = fc.array(fc.oneof(fc.nat(9), fc.nat(MOST_STEPS - 1)), { minLength: 1, maxLength: 9 });

test("the numbers are those that BigInt makes, in whichever order they are asked for", () => {
  fc.assert(
    fc.property(firsts, fc.bigInt({ min: 1n, max: 2n ** 100n }), steps, (first, step, asked) => {
      const numbers = new DecimalProgression(first, step);
      expect(asked.map((steps) => numbers.after(steps))).toEqual(
        asked.map((steps) => (first + BigInt(steps) * step).toString()),
      );
    }),
  );
});

test.for([
  { first: "10000000", step: 1n, steps: 0, number: "10000000" },
  { first: "12345678", step: 99_999n, steps: 3, number: "12645675" },
  { first: "1999999999999999", step: 1n, steps: 1, number: "2000000000000000" },
  { first: "10000000".repeat(7), step: 2n ** 80n, steps: MOST_STEPS - 1, number: undefined },
])("$first, $steps steps of $step", ({ first, step, steps, number }) => {
  const expected = number ?? (BigInt(first) + step * BigInt(steps)).toString();
  expect(new DecimalProgression(BigInt(first), step).after(steps)).toBe(expected);
});

test("a number that was raised beyond the distance's parts leaves nothing behind", () => {
  const numbers = new DecimalProgression(1_99999999n, 1n);
  expect([1, 0, 2].map((steps) => numbers.after(steps))).toEqual([
    "0000000200000000",
    "0000000199999999",
    "0000000200000001",
  ]);
});
