import { FactoredKey, type KeyFactor, PUBLIC_EXPONENT } from "../../../kernel/rsa/factored-key.ts";

/*
 * The key that messages are signed with: RSA of 2048 bits, as AWS's are. It is no secret and the same in every copy of
 * the emulator. A secret one would protect nothing, since whoever reaches the emulator can have it sign any message.
 * This one is there in a few milliseconds, where making one takes from a tenth of a second to many seconds, and the
 * certificates of one run are those of the next, so that messages of a former run can still be verified.
 *
 * As it need not be hard to take apart, it is one that signs quickly: its modulus is the product of primes of 26 bits, the first
 * ones for which a number of twelve bits undoes the public exponent. That is `((p - 1) * k + 1) / 65537` with a small `k`.
 */

const BITS = 2048;
const PRIME_BITS = 26;

/** The signing key. */
export function signingKey(): FactoredKey {
  const factors: KeyFactor[] = [];
  let bits = 0;
  for (const factor of candidates()) {
    factors.push(factor);
    bits += Math.log2(factor.prime);
    if (bits > BITS - 1) break;
  }
  return new FactoredKey(factors);
}

/** Primes of so many bits for which a small number undoes the public exponent. */
function* candidates(): Generator<KeyFactor, void, void> {
  const [least, limit] = [2 ** (PRIME_BITS - 1), 2 ** PRIME_BITS];
  for (let multiple = 2; ; multiple++) {
    const most = Math.floor((limit * multiple) / PUBLIC_EXPONENT);
    const fewest = (least * multiple) / PUBLIC_EXPONENT;
    for (let exponent = most; exponent > fewest; exponent--) {
      const prime = (PUBLIC_EXPONENT * exponent - 1) / multiple + 1;
      if (Number.isInteger(prime) && isPrime(prime)) yield { prime, exponent };
    }
  }
}

function isPrime(number: number): boolean {
  if (number % 2 === 0) return false;
  for (let factor = 3; factor * factor <= number; factor += 2) if (number % factor === 0) return false;
  return true;
}
