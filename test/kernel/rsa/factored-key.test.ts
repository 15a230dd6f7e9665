import fc from "fast-check";
import { expect, test } from "vitest";
import { signingKey } from "../../../src/delivery/sns/signature/signing-key.ts";

const key = signingKey();
const modulus = numberOf(Buffer.from(key.publicKey.export({ format: "jwk" }).n!, "base64url"));
const primes = primesOf(modulus);

function numberOf(bytes: Buffer): bigint {
  return BigInt(`0x${bytes.toString("hex")}`);
}

/** In the order of the key, whose first primes are no larger than its last. */
function primesOf(number: bigint): readonly bigint[] {
  const found: bigint[] = [];
  for (let multiple = 2n; number > 1n; multiple++) {
    for (let exponent = (2n ** 26n * multiple) / 65_537n; exponent > (2n ** 25n * multiple) / 65_537n; exponent--) {
      const candidate = (65_537n * exponent - 1n) / multiple + 1n;
      if (number % candidate !== 0n) continue;
      found.push(candidate);
      number /= candidate;
    }
  }
  return found;
}

/** The root of a number, as the key finds it. */
function rootOf(number: bigint): bigint {
  return numberOf(key.root(Float64Array.from(primes, (prime) => Number(number % prime))));
}

test("a modulus is the product of eighty primes that differ", () => {
  expect(new Set(primes).size).toBe(80);
  expect(primes.reduce((product, prime) => product * prime, 1n)).toBe(modulus);
});

test.for([0n, 1n, modulus - 1n])("the root of %s is itself", (number) => {
  expect(rootOf(number)).toBe(number);
});

test("a root raised to the public exponent is the number again", () => {
  fc.assert(
    fc.property(fc.bigInt({ min: 0n, max: modulus - 1n }), (number) => {
      let power = rootOf(number);
      for (let squared = 0; squared < 16; squared++) power = (power * power) % modulus;
      expect((power * rootOf(number)) % modulus).toBe(number);
    }),
  );
});
