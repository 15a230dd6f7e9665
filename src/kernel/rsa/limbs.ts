/*
 * Natural numbers in limbs of 20 bits, the lowest first. They are numbers of JavaScript, which are exact up to 53 bits: as many as a
 * hundred products of a limb and a number below 2^26 have together.
 */

const LIMB_BITS = 20;
const LIMB = 2 ** LIMB_BITS;

/** How many limbs numbers below 256 to the power of `bytes` have. */
export function limbsFor(bytes: number): number {
  return Math.ceil((bytes * 8) / LIMB_BITS);
}

/** The product of numbers below 2^26. */
export function product(factors: readonly number[], length: number): Float64Array {
  const limbs = new Float64Array(length);
  limbs[0] = 1;
  for (const factor of factors) {
    for (let at = 0; at < length; at++) limbs[at]! *= factor;
    carry(limbs);
  }
  return limbs;
}

/** The number divided by one below 2^26, what is left being dropped. */
export function quotient(limbs: Float64Array, divisor: number): Float64Array {
  const result = new Float64Array(limbs.length);
  let left = 0;
  for (let at = limbs.length - 1; at >= 0; at--) {
    left = left * LIMB + limbs[at]!;
    result[at] = Math.floor(left / divisor);
    left %= divisor;
  }
  return result;
}

/** Whether a number is less than another with as many limbs. */
export function isLess(limbs: Float64Array, other: Float64Array): boolean {
  let at = limbs.length - 1;
  while (at > 0 && limbs[at] === other[at]) at--;
  return limbs[at]! < other[at]!;
}

/** Takes a multiple of a number from another, which has limbs of any size and sign before, and of 20 bits after it. */
export function subtract(limbs: Float64Array, multiple: number, other: Float64Array): void {
  for (let at = 0; at < limbs.length; at++) limbs[at]! -= multiple * other[at]!;
  carry(limbs);
}

/** Big-endian bytes of a number that has room in them. */
export function bytesOf(limbs: Float64Array, length: number): Buffer {
  // Two limbs are five bytes.
  const bytes = Buffer.alloc(Math.ceil(limbs.length / 2) * 5);
  for (let at = 0, end = bytes.length; at < limbs.length; at += 2, end -= 5) {
    bytes.writeUIntBE(limbs[at]! + (limbs[at + 1] ?? 0) * LIMB, end - 5, 5);
  }
  return bytes.subarray(bytes.length - length);
}

function carry(limbs: Float64Array): void {
  let carried = 0;
  for (let at = 0; at < limbs.length; at++) {
    const sum = limbs[at]! + carried;
    carried = Math.floor(sum / LIMB);
    limbs[at] = sum - carried * LIMB;
  }
}
