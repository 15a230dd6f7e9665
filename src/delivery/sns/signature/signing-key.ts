import { createPrivateKey, createPublicKey, type JsonWebKey } from "node:crypto";
import type { KeyPair } from "../../../kernel/certificate.ts";
import { sha256 } from "../../../kernel/digest.ts";

/*
 * The key that messages are signed with: RSA of 2048 bits, as AWS's are. It is no secret and the same in every copy of
 * the emulator. A secret one would protect nothing, since whoever reaches the emulator can have it sign any message.
 * This one is there in a few milliseconds, where making one takes from a tenth of a second to many seconds, and the
 * certificates of one run are those of the next, so that messages of a former run can still be verified.
 *
 * Its primes are the first ones that fit the exponent after numbers anybody can compute.
 */

const EXPONENT = 65_537n;
const PRIME_BITS = 1024n;
const PRIME_BYTES = 128;
const P = { label: "Waystation SNS signing key p", distance: 154n };
const Q = { label: "Waystation SNS signing key q", distance: 632n };

/** The signing key. */
export function signingKey(): KeyPair {
  const p = startOf(P.label) + P.distance;
  const q = startOf(Q.label) + Q.distance;
  const d = inverse(EXPONENT, (p - 1n) * (q - 1n));
  const key: JsonWebKey = {
    kty: "RSA",
    n: encoded(p * q),
    e: encoded(EXPONENT),
    d: encoded(d),
    p: encoded(p),
    q: encoded(q),
    dp: encoded(d % (p - 1n)),
    dq: encoded(d % (q - 1n)),
    qi: encoded(inverse(q, p)),
  };
  const privateKey = createPrivateKey({ key, format: "jwk" });
  return { privateKey, publicKey: createPublicKey(privateKey) };
}

/** An odd number of full length, made of digests; the product of two such has twice the length. */
function startOf(label: string): bigint {
  let digits = "";
  for (let block = 0; digits.length < PRIME_BYTES * 2; block++) digits += sha256(`${label} ${block}`);
  return BigInt(`0x${digits}`) | (3n << (PRIME_BITS - 2n)) | 1n;
}

/** What multiplied with the value leaves 1 when divided by the modulus. Extended Euclidean algorithm */
function inverse(value: bigint, modulus: bigint): bigint {
  let [previous, current] = [modulus, value % modulus];
  let [before, factor] = [0n, 1n];
  while (current !== 0n) {
    const quotient = previous / current;
    [previous, current] = [current, previous % current];
    [before, factor] = [factor, before - quotient * factor];
  }
  return ((before % modulus) + modulus) % modulus;
}

function encoded(value: bigint): string {
  const digits = value.toString(16);
  return Buffer.from(digits.length % 2 === 0 ? digits : `0${digits}`, "hex").toString("base64url");
}
