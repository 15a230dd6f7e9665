import { Scratch } from "./memory/block-pool.ts";
import { present } from "./present.ts";

const WORD = 4;
/** So many words are looked at before anything is decided. */
const RUN = 8;
const LEAST_PRINTABLE = 0x20;
/** The bit that every printable character has, or the one below it, in each byte of a word. */
const PRINTABLE_BITS = 0x40404040;
/** The control characters that any text may have: tabs and the ends of lines. */
const USUAL = (1 << 0x09) | (1 << 0x0a) | (1 << 0x0d);

const scratch = new Scratch();

/**
 * Whether a text in ASCII has control characters beside tabs and the ends of lines. Looks at many characters at a time, which
 * pays for long ones: it takes a quarter of what an expression takes.
 */
export function hasControlCharacters(ascii: string): boolean {
  const length = Math.ceil(ascii.length / WORD) * WORD;
  const bytes = scratch.take(length);
  bytes.fill(" ", ascii.length - (ascii.length % WORD), length).write(ascii, 0, "latin1");
  const words = new Int32Array(bytes.buffer, bytes.byteOffset, length / WORD);
  for (let at = firstControl(words, 0); at < words.length; at = firstControl(words, at + 1)) {
    if (hasUnusual(words[at] ?? 0)) return true;
  }
  return false;
}

/** Whether none of those bytes, which are ASCII, is a control character, be it a tab or the end of a line. */
export function isFreeOfControls(ascii: Uint8Array): boolean {
  const { buffer, byteOffset, length } = ascii;
  const start = (WORD - (byteOffset % WORD)) % WORD;
  if (length < start + WORD) return !hasControl(ascii, 0, length);
  const count = Math.floor((length - start) / WORD);
  const words = new Int32Array(buffer, byteOffset + start, count);
  if (firstControl(words, 0) < count) return false;
  return !hasControl(ascii, 0, start) && !hasControl(ascii, start + count * WORD, length);
}

/** The place of the first word from there on with a control character in it, or the one behind the last word. */
function firstControl(words: Int32Array, from: number): number {
  let at = from;
  while (at + RUN <= words.length && (runBits(words, at) & PRINTABLE_BITS) === PRINTABLE_BITS) at += RUN;
  while (at < words.length && (bitsOf(words[at] ?? 0) & PRINTABLE_BITS) === PRINTABLE_BITS) at++;
  return at;
}

/** The bits that all words of a run have. */
function runBits(words: Int32Array, at: number): number {
  return (
    bitsOf(words[at] ?? 0) &
    bitsOf(words[at + 1] ?? 0) &
    bitsOf(words[at + 2] ?? 0) &
    bitsOf(words[at + 3] ?? 0) &
    bitsOf(words[at + 4] ?? 0) &
    bitsOf(words[at + 5] ?? 0) &
    bitsOf(words[at + 6] ?? 0) &
    bitsOf(words[at + 7] ?? 0)
  );
}

/** The bits of a word, and each also where the next higher one is. */
function bitsOf(word: number): number {
  return word | (word << 1);
}

function hasControl(bytes: Uint8Array, start: number, end: number): boolean {
  for (let at = start; at < end; at++) if ((bytes[at] ?? 0) < LEAST_PRINTABLE) return true;
  return false;
}

function hasUnusual(word: number): boolean {
  for (let shift = 0; shift < 32; shift += 8) {
    const byte = (word >>> shift) & 0xff;
    if (byte < LEAST_PRINTABLE && ((USUAL >>> byte) & 1) === 0) return true;
  }
  return false;
}

/** Finds what may be wrong, a surrogate that is one of a pair included. Cheap: no code points are put together. */
const SUSPECT = /[^\t\n\r -\uD7FF\uE000-\uFFFD]/;
/** Finds what is wrong. API_SendMessage: #x9 | #xA | #xD | #x20 to #xD7FF | #xE000 to #xFFFD | #x10000 to #x10FFFF. */
const FORBIDDEN = /[^\t\n\r -\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu;

/** The first character that XML, and so no message of a queue, may contain, as `#x` and its hexadecimal code point, if there is one. */
export function forbiddenCharacter(text: string): string | undefined {
  if (!isSuspect(text)) return undefined;
  const at = text.search(FORBIDDEN);
  return at < 0 ? undefined : `#x${present(text.codePointAt(at), "what was found").toString(16).toUpperCase()}`;
}

/** The text with the replacement character for each that no message of a queue may contain. */
export function withoutForbidden(text: string): string {
  return isSuspect(text) ? text.replace(FORBIDDEN, "\uFFFD") : text;
}

/** From here on it pays to look whether a text is ASCII, in which nothing but control characters is forbidden. */
const LONG = 4096;

function isSuspect(text: string): boolean {
  const isLongAscii = text.length > LONG && Buffer.byteLength(text) === text.length;
  return isLongAscii ? hasControlCharacters(text) : SUSPECT.test(text);
}
