import { DecimalProgression, MOST_STEPS } from "./decimal-progression.ts";

/**
 * Sequence numbers are 186-bit integers in decimal. Their 47 hexadecimal digits, in today's version 2:
 *
 *     2 | created 9 | shard's low digit 1 | index 16 | gap 2 | second 9 | shard 8 | version 1
 *
 * `created` is the epoch second of the shard's creation, `second` that of the record's arrival. Within a shard only
 * index, gap and second vary, and they rank in that order. AWS: observed on recorded numbers, whose gap is 00. Here it
 * is 01 in numbers that no record has: each lies behind the record of its index and before the next one, whatever the
 * seconds are, so a reader that goes on there misses nothing and gets nothing twice.
 */

/** What a sequence number says. Versions 0 and 1 are older layouts that AWS still understands. */
export interface SequenceNumber {
  readonly version: 0 | 1 | 2;
  /** Epoch second of the shard's creation. */
  readonly createdSecond: number;
  /** Can be negative in numbers AWS never issued. */
  readonly shardIndex: number;
  /** Rank among the records of the shard; 0 in version 0. */
  readonly index: bigint;
  /** Whether it lies behind the record of that index and before the next. */
  readonly isGap: boolean;
  /** Epoch second of the record's arrival; 0 in version 0. */
  readonly second: number;
}

/** Index of the number a closed shard ends with, above that of any record. */
const LAST_INDEX = 2n ** 63n - 1n;
const SECOND_BITS = 36n;
const GAP = 2n ** 72n;
const INDEX_BITS = 80n;
/** What the numbers of neighbours of one second differ in. */
const STEP = 2n ** INDEX_BITS;
const CREATED_BITS = 148n;
const SHARD_DIGIT_BITS = 144n;
const CURRENT = 2n ** 185n;
const BEYOND_CURRENT = 3n * 2n ** 184n;
const OLDEST = 2n ** 124n;
const BEYOND_OLDEST = 2n ** 129n;
/** Creation seconds from here on are refused. AWS: observed. */
const LATEST_CREATION = 16_025_175_000;

/** How many digits they have. */
export const NUMBER_DIGITS = 56;

/** Writes the sequence numbers of one shard. */
export class SequenceNumbers {
  readonly #createdSecond: number;
  readonly #base: bigint;
  /** The number with index 0 in the second written last: most numbers share a second with their neighbours. */
  #ofSecond = 0n;
  #second = -1;
  /** The numbers of that second, once there is more than one. */
  #numbers: DecimalProgression | undefined;

  constructor(shardIndex: number, createdSecond: number) {
    this.#createdSecond = createdSecond;
    this.#base =
      CURRENT +
      (BigInt(createdSecond) << CREATED_BITS) +
      (BigInt(shardIndex % 16) << SHARD_DIGIT_BITS) +
      (BigInt(shardIndex) << 4n) +
      2n;
  }

  /** The number of a record; one that arrives before its shard's creation second counts as of that second. */
  of(index: number, second: number): string {
    return this.#numbersFor(index, second)?.after(index) ?? this.#write(BigInt(index));
  }

  /** Writes that number, for which there is room, and gives the place behind it. */
  write(index: number, second: number, target: DataView, at: number): number {
    const numbers = this.#numbersFor(index, second);
    if (numbers !== undefined) return numbers.write(index, target, at);
    return writeDigits(this.#write(BigInt(index)), target, at);
  }

  /** A number behind the record of that index and before the next. */
  after(index: number, second: number): string {
    this.#begin(Math.max(second, this.#createdSecond));
    return this.#write(BigInt(index), GAP);
  }

  /** The number a closed shard ends with. */
  last(closedSecond: number): string {
    this.#begin(closedSecond);
    return this.#write(LAST_INDEX);
  }

  /** Those of the second, unless it is the first time that it is asked for, or the index is beyond them. */
  #numbersFor(index: number, second: number): DecimalProgression | undefined {
    const isFirst = this.#begin(Math.max(second, this.#createdSecond));
    if (isFirst || index >= MOST_STEPS) return undefined;
    this.#numbers ??= new DecimalProgression(this.#ofSecond, STEP);
    return this.#numbers;
  }

  /** Goes over to numbers of that second, and says whether it was another one. */
  #begin(second: number): boolean {
    if (second === this.#second) return false;
    this.#second = second;
    this.#ofSecond = this.#base + (BigInt(second) << SECOND_BITS);
    this.#numbers = undefined;
    return true;
  }

  #write(index: bigint, gap = 0n): string {
    return (this.#ofSecond + (index << INDEX_BITS) + gap).toString();
  }
}

function writeDigits(text: string, target: DataView, at: number): number {
  for (let index = 0; index < text.length; index++) target.setUint8(at + index, text.charCodeAt(index));
  return at + text.length;
}

/** What the number says, or undefined when AWS would not have it. */
export function parseSequenceNumber(text: string): SequenceNumber | undefined {
  if (!/^\d+$/.test(text)) return undefined;
  const given = BigInt(text);
  const number = given < OLDEST ? given + OLDEST : given;
  const hex = number.toString(16);
  if (number < BEYOND_OLDEST) return parseVersion0(hex);
  if (number <= CURRENT || number >= BEYOND_CURRENT) return undefined;
  const version = hex.at(-1);
  if (version === "0") return parseVersion0(hex);
  if (version === "1") return parseVersion1(hex);
  return version === "2" ? parseVersion2(hex) : undefined;
}

function parseVersion0(hex: string): SequenceNumber | undefined {
  const createdSecond = digits(hex, 1, 10);
  if (createdSecond >= LATEST_CREATION) return undefined;
  return { version: 0, createdSecond, shardIndex: digits(hex, 28, 32), index: 0n, isGap: false, second: 0 };
}

function parseVersion1(hex: string): SequenceNumber {
  const shardIndex = digits(hex, 38, 46) | 0;
  const index = BigInt(digits(hex, 36, 38));
  const second = digits(hex, 13, 22);
  return { version: 1, createdSecond: digits(hex, 1, 10), shardIndex, index, isGap: false, second };
}

function parseVersion2(hex: string): SequenceNumber | undefined {
  const createdSecond = digits(hex, 1, 10);
  const index = BigInt(`0x${hex.slice(11, 27)}`);
  if (createdSecond >= LATEST_CREATION || index > LAST_INDEX) return undefined;
  // The shard's index is a signed 32-bit integer, which `| 0` makes of it.
  const shardIndex = digits(hex, 38, 46) | 0;
  return { version: 2, createdSecond, shardIndex, index, isGap: digits(hex, 27, 29) > 0, second: digits(hex, 29, 38) };
}

function digits(hex: string, from: number, to: number): number {
  return Number.parseInt(hex.slice(from, to), 16);
}
