import { moduleOf, op } from "./assembler.ts";

/** Bytes that are looked at together. */
export const STRIDE = 16;

/** Parameters and locals of the function. */
const AT = 0;
const END = 1;
const STRAYS = 2;
const BYTES = 3;

/**
 * Why a byte is no digit of base64, by its lower half and by its higher one: a bit for each group of higher halves that have digits
 * at the same places, and 0x10 for those that have none at all. It is a digit when no bit stands in both. W. Muła, D. Lemire,
 * "Faster Base64 Encoding and Decoding Using AVX2 Instructions", 2018.
 */
const LOWER_FLAWS = [0x15, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x11, 0x13, 0x1a, 0x1b, 0x1b, 0x1b, 0x1a];
const HIGHER_FLAWS = [0x10, 0x10, 0x01, 0x02, 0x04, 0x08, 0x04, 0x08, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10, 0x10];
const LOWER_HALF = new Array<number>(STRIDE).fill(0x0f);
const NO_FLAWS = new Array<number>(STRIDE).fill(0);

const loadBytes = [op.get(AT), op.v128.load, op.set(BYTES)];

const flawsOfLowerHalves = [
  op.v128.const(LOWER_FLAWS),
  op.get(BYTES),
  op.v128.const(LOWER_HALF),
  op.v128.and,
  op.i8x16.swizzle,
];

const flawsOfHigherHalves = [
  op.v128.const(HIGHER_FLAWS),
  op.get(BYTES),
  op.i32.const(4),
  op.i8x16.shiftRightUnsigned,
  op.i8x16.swizzle,
];

/** A bit for each byte that is no digit. */
const findStrays = [
  ...flawsOfLowerHalves,
  ...flawsOfHigherHalves,
  op.v128.and,
  op.v128.const(NO_FLAWS),
  op.i8x16.notEqual,
  op.i8x16.bitmask,
  op.tee(STRAYS),
];

/** The place of the first of them, unless that lies behind the end. */
const returnFirstStray = [
  op.get(AT),
  op.get(STRAYS),
  op.i32.countTrailingZeros,
  op.i32.add,
  op.tee(AT),
  op.get(END),
  op.get(AT),
  op.get(END),
  op.i32.lessUnsigned,
  op.select,
  op.return,
];

const goOn = [op.get(AT), op.i32.const(STRIDE), op.i32.add, op.tee(AT), op.get(END), op.i32.lessUnsigned, op.againIf];

/**
 * Makes the module with `digitsEnd(at, end)`: the first place from `at` on that has no digit of base64, or `end` if that comes
 * first. It reads at most a stride from `end` on.
 */
export function base64DigitsModule(): Uint8Array<ArrayBuffer> {
  const search = op.loop([...loadBytes, ...findStrays, op.if(returnFirstStray), ...goOn]);
  return moduleOf({ name: "digitsEnd", numbers: 1, vectors: 1, body: [search, op.get(END)] });
}
