import fc from "fast-check";
import { expect, test } from "vitest";
import { bytesOf, isLess, limbsFor, product, quotient, subtract } from "../../../src/kernel/rsa/limbs.ts";

const LENGTH = limbsFor(257);
const factors = fc.array(fc.integer({ min: 1, max: 2 ** 26 - 1 }), { maxLength: 78 });

function numberOf(limbs: Float64Array): bigint {
  return BigInt(`0x${bytesOf(limbs, 257).toString("hex")}`);
}

function bigProduct(numbers: readonly number[]): bigint {
  return numbers.reduce((result, factor) => result * BigInt(factor), 1n);
}

test("numbers in limbs are multiplied, divided, compared and subtracted as they are without", () => {
  fc.assert(
    fc.property(factors, factors, fc.integer({ min: 1, max: 2 ** 26 - 1 }), (some, others, divisor) => {
      const [one, other] = [product(some, LENGTH), product(others, LENGTH)];
      const [large, little] = isLess(one, other) ? [other, one] : [one, other];
      expect(numberOf(one)).toBe(bigProduct(some));
      expect(numberOf(quotient(one, divisor))).toBe(bigProduct(some) / BigInt(divisor));
      expect(isLess(one, other)).toBe(bigProduct(some) < bigProduct(others));
      const difference = numberOf(large) - numberOf(little);
      subtract(large, 1, little);
      expect(numberOf(large)).toBe(difference);
    }),
  );
});
