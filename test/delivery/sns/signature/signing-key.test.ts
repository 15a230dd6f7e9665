import { verify } from "node:crypto";
import { expect, test } from "vitest";
import { signingKey } from "../../../../src/delivery/sns/signature/signing-key.ts";

test("the key has the length and the public exponent that AWS's keys have", () => {
  const { n, e } = signingKey().publicKey.export({ format: "jwk" });
  const [modulus, exponent] = [n, e].map((value) => Buffer.from(value!, "base64url"));
  expect(modulus).toHaveLength(256);
  expect(modulus?.at(0)).toBeGreaterThanOrEqual(0x80);
  expect(exponent).toEqual(Buffer.of(1, 0, 1));
});

test.for(["sha1", "sha256"] as const)("what the key signs with %s its public half verifies", (digest) => {
  const key = signingKey();
  const texts = Array.from({ length: 500 }, (_, index) => `text ${index} 🎉`);
  const refused = texts.filter((text) => !verify(digest, Buffer.from(text), key.publicKey, key.sign(digest, text)));
  expect(refused).toEqual([]);
});
