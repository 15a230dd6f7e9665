import { createPublicKey, hash, type KeyObject } from "node:crypto";
import { bytesOf, isLess, limbsFor, product, quotient, subtract } from "./limbs.ts";

/** What a key of that kind is verified with, as nearly all RSA keys are. */
export const PUBLIC_EXPONENT = 65_537;

const BYTES = 256;
const WORD = 2 ** 16;

/** What stands before a digest in a signature of RSASSA-PKCS1-v1_5. RFC 8017, 9.2. */
const DIGEST_INFOS = {
  sha1: Buffer.from("3021300906052b0e03021a05000414", "hex"),
  sha256: Buffer.from("3031300d060960864801650304020105000420", "hex"),
};
const DIGEST_BYTES = { sha1: 20, sha256: 32 };

/** Digests that signatures are made of. */
export type SignedDigest = keyof typeof DIGEST_INFOS;

/** Bits of the longest private exponent. */
const EXPONENT_BITS = 12;

/** Less than any share of the modulus that counts, and more than what dividing eighty times leaves unsaid. */
const DOUBT = 2 ** -40;

/** A prime below 2^26 of a modulus. */
export interface KeyFactor {
  readonly prime: number;
  /** Undoes the public exponent modulo the prime; below 2^12. */
  readonly exponent: number;
}

/**
 * An RSA key of 2048 bits for those who have nothing to hide: its modulus is the product of primes so small that all that is
 * done modulo one of them is done in numbers. Signatures are what any RSA key's are, and cost a tenth of what they do with
 * two primes of 1024 bits. Whoever wants to can take the modulus apart in no time.
 */
export class FactoredKey {
  readonly publicKey: KeyObject;
  readonly #primes: Float64Array;
  readonly #inverses: Float64Array;
  readonly #exponents: Int32Array;
  readonly #modulus: Float64Array;
  /** The product of all other primes, for each of them: first the lowest limb of each product, then the next. */
  readonly #others: Float64Array;
  /** What makes that product 1 modulo the prime. */
  readonly #weights: Float64Array;
  /** What each word of a digest counts modulo each prime, the last word first. */
  readonly #words: readonly Float64Array[];
  /** What stands around the digest, modulo each prime. */
  readonly #frames: Readonly<Record<SignedDigest, Float64Array>>;
  /** Where signatures are calculated, one after the other. */
  readonly #residues: Float64Array;
  readonly #powers: Float64Array;
  readonly #sum: Float64Array;

  /** The product of the primes, a hundred at most, has to have 2048 bits. */
  constructor(factors: readonly KeyFactor[]) {
    const primes = factors.map(({ prime }) => prime);
    this.#primes = Float64Array.from(primes);
    this.#inverses = this.#primes.map((prime) => 1 / prime);
    this.#exponents = Int32Array.from(factors, ({ exponent }) => exponent);
    // Sums are up to a hundred times as large, and made by fours.
    const length = Math.ceil(limbsFor(BYTES + 1) / 4) * 4;
    const modulus = product(primes, length);
    this.#modulus = modulus;
    this.#others = limbByLimb(primes.map((prime) => quotient(modulus, prime)));
    this.#weights = this.#primes.map((prime) => inverse(remainder(primes, prime), prime));
    this.#words = powersOf(WORD, DIGEST_BYTES.sha256 / 2, this.#primes);
    this.#frames = { sha1: frameOf("sha1", this.#primes), sha256: frameOf("sha256", this.#primes) };
    this.#residues = new Float64Array(primes.length);
    this.#powers = new Float64Array(primes.length);
    this.#sum = new Float64Array(length);
    const n = bytesOf(modulus, BYTES).toString("base64url");
    const e = Buffer.of(1, 0, 1).toString("base64url");
    this.publicKey = createPublicKey({ key: { kty: "RSA", n, e }, format: "jwk" });
  }

  /** RSASSA-PKCS1-v1_5 over bytes, or a text in UTF-8. */
  sign(digest: SignedDigest, data: string | Uint8Array): Buffer {
    const bytes = hash(digest, data, "buffer");
    const residues = this.#residues;
    residues.set(this.#frames[digest]);
    for (let at = bytes.length - 2, place = 0; at >= 0; at -= 2, place++) {
      const word = bytes.readUInt16BE(at);
      const counts = this.#words[place]!;
      for (let index = 0; index < residues.length; index++) residues[index]! += word * counts[index]!;
    }
    return this.root(residues);
  }

  /** The number that raised to the public exponent leaves these when divided by the primes. Each may be up to 2^52. */
  root(residues: Float64Array): Buffer {
    const primes = this.#primes;
    const inverses = this.#inverses;
    const exponents = this.#exponents;
    const bases = this.#residues;
    const powers = this.#powers.fill(1);
    for (let index = 0; index < primes.length; index++) {
      bases[index] = reduced(residues[index]!, primes[index]!, inverses[index]!);
    }
    // Primes come in the inner loop: none has to wait there for what becomes of the one before.
    for (let bit = EXPONENT_BITS - 1; bit >= 0; bit--) {
      for (let index = 0; index < primes.length; index++) {
        const prime = primes[index]!;
        const inverse = inverses[index]!;
        const power = powers[index]!;
        const square = reduced(power * power, prime, inverse);
        const isSet = ((exponents[index]! >> bit) & 1) === 1;
        powers[index] = isSet ? reduced(square * bases[index]!, prime, inverse) : square;
      }
    }
    return this.#joined(powers);
  }

  /** The number below the modulus that leaves these when divided by the primes. Chinese remainder theorem. */
  #joined(residues: Float64Array): Buffer {
    const sum = this.#sum;
    const others = this.#others;
    const shares = this.#residues;
    const count = shares.length;
    let moduli = -DOUBT;
    for (let index = 0; index < count; index++) {
      const inverse = this.#inverses[index]!;
      const share = reduced(residues[index]! * this.#weights[index]!, this.#primes[index]!, inverse);
      shares[index] = share;
      moduli += share * inverse;
    }
    // A share is read once for four limbs, and no sum has to wait for another.
    for (let limb = 0, first = 0; limb < sum.length; limb += 4, first += 4 * count) {
      const [second, third, fourth] = [first + count, first + 2 * count, first + 3 * count];
      let [one, two, three, four] = [0, 0, 0, 0];
      for (let index = 0; index < count; index++) {
        const share = shares[index]!;
        one += share * others[first + index]!;
        two += share * others[second + index]!;
        three += share * others[third + index]!;
        four += share * others[fourth + index]!;
      }
      sum[limb] = one;
      sum[limb + 1] = two;
      sum[limb + 2] = three;
      sum[limb + 3] = four;
    }
    subtract(sum, Math.floor(moduli), this.#modulus);
    if (!isLess(sum, this.#modulus)) subtract(sum, 1, this.#modulus);
    return bytesOf(sum, BYTES);
  }
}

/** The limbs of numbers: the lowest ones, then those next to them. */
function limbByLimb(numbers: readonly Float64Array[]): Float64Array {
  const length = numbers[0]!.length;
  const result = new Float64Array(length * numbers.length);
  for (let limb = 0; limb < length; limb++) {
    for (let index = 0; index < numbers.length; index++) result[limb * numbers.length + index] = numbers[index]![limb]!;
  }
  return result;
}

/** What is left of a number below 2^52 when it is divided by the prime, the inverse of which saves the division. */
function reduced(value: number, prime: number, inverse: number): number {
  const rest = value - Math.floor(value * inverse) * prime;
  if (rest < 0) return rest + prime;
  return rest >= prime ? rest - prime : rest;
}

/** What the product of all primes but one leaves when divided by that one. */
function remainder(primes: readonly number[], divisor: number): number {
  return primes.reduce((rest, prime) => (prime === divisor ? rest : (rest * (prime % divisor)) % divisor), 1);
}

/** What multiplied with the value leaves 1 when divided by the prime. Extended Euclidean algorithm */
function inverse(value: number, prime: number): number {
  let [previous, current] = [prime, value];
  let [before, factor] = [0, 1];
  while (current !== 0) {
    const times = Math.floor(previous / current);
    [previous, current] = [current, previous - times * current];
    [before, factor] = [factor, before - times * factor];
  }
  return before < 0 ? before + prime : before;
}

/** The first powers of a number modulo each prime: those of 0, of 1 and so on. */
function powersOf(base: number, count: number, primes: Float64Array): Float64Array[] {
  const powers = [new Float64Array(primes.length).fill(1)];
  while (powers.length < count) {
    const last = powers.at(-1)!;
    powers.push(primes.map((prime, index) => (last[index]! * base) % prime));
  }
  return powers;
}

/** A signature with a digest of zeros, before it is raised to the private exponent. */
function frameOf(digest: SignedDigest, primes: Float64Array): Float64Array {
  const tail = Buffer.concat([Buffer.alloc(1), DIGEST_INFOS[digest], Buffer.alloc(DIGEST_BYTES[digest])]);
  const frame = Buffer.concat([Buffer.of(0, 1), Buffer.alloc(BYTES - 2 - tail.length, 0xff), tail]);
  const rests = new Float64Array(primes.length);
  for (let at = 0; at < BYTES; at += 2) {
    const word = frame.readUInt16BE(at);
    for (let index = 0; index < primes.length; index++) rests[index] = (rests[index]! * WORD + word) % primes[index]!;
  }
  return rests;
}
