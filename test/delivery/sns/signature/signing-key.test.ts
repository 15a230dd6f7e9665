import { checkPrimeSync, createPublicKey, sign, verify } from "node:crypto";
import { expect, test } from "vitest";
import { signingKey } from "../../../../src/delivery/sns/signature/signing-key.ts";

test("the key consists of two primes and a public exponent that AWS's keys have too", () => {
  const { n, e, p, q } = signingKey().privateKey.export({ format: "jwk" });
  const [modulus, exponent, ...primes] = [n, e, p, q].map((value) => Buffer.from(value!, "base64url"));
  expect(primes.every((prime) => checkPrimeSync(prime))).toBe(true);
  expect(modulus).toHaveLength(256);
  expect(exponent).toEqual(Buffer.of(1, 0, 1));
});

test("what the key signs its public half verifies", () => {
  const { privateKey, publicKey } = signingKey();
  const text = Buffer.from("text");
  expect(verify("sha256", text, publicKey, sign("sha256", text, privateKey))).toBe(true);
  expect(createPublicKey(privateKey).equals(publicKey)).toBe(true);
});
