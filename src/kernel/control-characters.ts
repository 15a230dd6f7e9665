import { Scratch } from "./memory/block-pool.ts";

const WORD = 4;
/** In each byte of a word. */
const LEAST_PRINTABLE = 0x20202020;
const HIGHEST_BIT = 0x80808080;
/** The control characters that any text may have: tabs and the ends of lines. */
const USUAL = (1 << 0x09) | (1 << 0x0a) | (1 << 0x0d);

const scratch = new Scratch();

/**
 * Whether a text in ASCII has control characters beside tabs and the ends of lines. Looks at four characters at a time, which
 * pays for long ones: it takes a third of what an expression takes.
 */
export function hasControlCharacters(ascii: string): boolean {
  const length = Math.ceil(ascii.length / WORD) * WORD;
  const bytes = scratch.take(length);
  bytes.fill(" ", ascii.length - (ascii.length % WORD), length).write(ascii, 0, "latin1");
  const words = new Uint32Array(bytes.buffer, bytes.byteOffset, length / WORD);
  for (let at = 0; at < words.length; at++) {
    const word = words[at] ?? 0;
    // A byte below 0x20 borrows, and then its highest bit is set.
    if (((word - LEAST_PRINTABLE) & ~word & HIGHEST_BIT) !== 0 && hasOne(word)) return true;
  }
  return false;
}

function hasOne(word: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const byte = (word >>> shift) & 0xff;
    if (byte < 0x20 && ((USUAL >>> byte) & 1) === 0) return true;
  }
  return false;
}
