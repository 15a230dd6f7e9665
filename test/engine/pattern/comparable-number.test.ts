import fc from "fast-check";
import { expect, test } from "vitest";
import { comparableNumber } from "../../../src/engine/pattern/exact-double.ts";

test.for([
  ["100.123456789", "100.1234567", true],
  ["100.1234567", "100.1234561", false],
  ["100.12345", "100.12346", false],
  ["0.0000004", "0", true],
  ["-100.123456789", "-100.1234567", true],
  ["3.015e2", "301.5", true],
  ["5000000001.5", "5000000001.25", false],
  ["9007199254740993", "9007199254740992", false],
] as const)("%s and %s are the same number: %s", ([a, b, isSame]) => {
  expect(comparableNumber(a) === comparableNumber(b)).toBe(isSame);
});

test("numbers of the guide's range that differ within five decimals stay apart, in their order", () => {
  const hundredThousandths = fc.integer({ min: -(10 ** 14), max: 10 ** 14 - 1 });
  fc.assert(
    fc.property(hundredThousandths, (units) => {
      const [smaller, larger] = [units, units + 1].map((n) => comparableNumber(decimal(n))!);
      expect(smaller!).toBeLessThan(larger!);
    }),
  );
});

test("the order of any two numbers stays", () => {
  const double = fc.double({ noNaN: true, noDefaultInfinity: true });
  fc.assert(
    fc.property(double, double, (a, b) => {
      const [low, high] = [Math.min(a, b), Math.max(a, b)].map((value) => comparableNumber(String(value))!);
      expect(low!).toBeLessThanOrEqual(high!);
    }),
  );
});

/** So many hundred thousandths, written out. */
function decimal(units: number): string {
  const digits = String(Math.abs(units)).padStart(6, "0");
  return `${units < 0 ? "-" : ""}${digits.slice(0, -5)}.${digits.slice(-5)}`;
}
