import { md5 } from "../../../kernel/digest.ts";

/** An inclusive range of hash keys. Hash keys are unsigned 128-bit integers. */
export interface HashRange {
  readonly start: bigint;
  readonly end: bigint;
}

const HASH_KEYS = 2n ** 128n;

/** The greatest hash key there is. */
export const MAX_HASH_KEY = HASH_KEYS - 1n;

/** The ranges a new stream starts with: equally wide, the last one takes what the division leaves over. */
export function uniformRanges(count: number): readonly HashRange[] {
  if (count === 0) return [];
  const width = HASH_KEYS / BigInt(count);
  return Array.from({ length: count }, (_, place) => ({
    start: BigInt(place) * width,
    end: place === count - 1 ? MAX_HASH_KEY : BigInt(place + 1) * width - 1n,
  }));
}

/** The parts of a range below a hash key of it, and from that one on. */
export function splitRange(
  { start, end }: HashRange,
  upperStart: bigint,
): readonly [lower: HashRange, upper: HashRange] {
  return [
    { start, end: upperStart - 1n },
    { start: upperStart, end },
  ];
}

/** The range of two that follow on each other. */
export function joinRanges(lower: HashRange, upper: HashRange): HashRange {
  return { start: lower.start, end: upper.end };
}

/** The hash key where the upper half of a range begins; a range of one key has none. */
export function upperHalf({ start, end }: HashRange): bigint {
  return (start + end) / 2n + 1n;
}

/**
 * A hash key in the form routing compares: 32 hexadecimal digits, so that order of text is order of number. It is what
 * MD5 yields anyway, and comparing two costs less than making a BigInt of one.
 */
export function routingKey(hashKey: bigint): string {
  return hashKey.toString(16).padStart(32, "0");
}

/** Where a partition key belongs: MD5 of its UTF-8 bytes, in the form routing compares. */
export function routingKeyOf(partitionKey: string): string {
  return md5(partitionKey);
}
