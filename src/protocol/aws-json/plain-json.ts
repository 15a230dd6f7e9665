import { isAscii } from "node:buffer";
import { isFreeOfControls } from "../../kernel/control-characters.ts";
import { present } from "../../kernel/present.ts";
import { type DigitsEnd, digitsEndIn } from "../../kernel/webassembly/searchable-bytes.ts";

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const LEAST_PRINTABLE = 0x20;
const BEYOND_ASCII = 0x80;
const ZERO = 0x30;
const NINE = 0x39;
const PADDING = 0x3d;
/** The digits of base64 that can come before so much padding: the last two bits, or four, are zero. */
const LAST_DIGITS = { 1: "AEIMQUYcgkosw048", 2: "AQgw" };
/** A longer text is searched by the runtime, which is quicker and takes some time to begin. */
const SHORT = 128;
/** Integers of so many digits are exact, and within what any integer can be. */
const MOST_DIGITS = 9;

/** Thrown where a document stops being plain. It has no story to tell, so there is one for all. */
const NOT_PLAIN = new Error("The document is not plain.");

/** Whether it is what a place in a document throws that is not plain. */
export function isNotPlain(cause: unknown): boolean {
  return cause === NOT_PLAIN;
}

/** Gives up a document: it may be right, but it is not plain. */
export function notPlain(): never {
  throw NOT_PLAIN;
}

/** A place in a JSON document: tokens of JSON at their simplest, texts in ASCII without escapes. Throws for any others. */
export class PlainJson {
  readonly #bytes: Buffer;
  readonly #end: number;
  #at = 0;
  /** Where the next backslash is from the last long text on, so that each byte is searched for one once. */
  #backslash = -1;
  readonly #digitsEnd: DigitsEnd | undefined;

  /** The document is what the bytes begin with, up to that length; what stands behind it, if anything does, is zero. */
  constructor(bytes: Buffer, length: number) {
    this.#bytes = bytes;
    this.#end = length;
    this.#digitsEnd = digitsEndIn(bytes);
  }

  /** Whether the next character is that one; steps over it if so. */
  has(character: number): boolean {
    this.#skipSpace();
    if (this.#bytes[this.#at] !== character) return false;
    this.#at++;
    return true;
  }

  /** Steps over a character that has to come. */
  take(character: number): void {
    if (!this.has(character)) throw NOT_PLAIN;
  }

  /** Steps over a text that is one of those, with its quotes if it has any, and tells which. */
  oneOf(texts: readonly Uint8Array[]): number {
    this.#skipSpace();
    for (let index = 0; index < texts.length; index++) {
      const text = present(texts[index], "the text of a value");
      if (!this.#startsWith(text)) continue;
      this.#at += text.length;
      return index;
    }
    throw NOT_PLAIN;
  }

  /** A text. One that is expected is not made again. */
  text(expected = ""): string {
    this.take(QUOTE);
    const start = this.#at;
    if (this.#isText(expected)) {
      this.#at = start + expected.length + 1;
      return expected;
    }
    const end = this.#endOfText(start);
    this.#at = end + 1;
    return this.#bytes.toString("latin1", start, end);
  }

  /** What is up to the next quote, for whoever takes nothing but letters and digits for good. */
  unchecked(): string {
    this.take(QUOTE);
    const start = this.#at;
    const end = this.#quoteFrom(start);
    this.#at = end + 1;
    return this.#bytes.toString("latin1", start, end);
  }

  /** The base64 that comes next, or undefined, with nothing stepped over, unless it can be told at a glance that it does. */
  base64(): Uint8Array | undefined {
    const digitsEnd = this.#digitsEnd;
    if (digitsEnd === undefined) return undefined;
    this.#skipSpace();
    const bytes = this.#bytes;
    const { buffer, byteOffset } = bytes;
    if (bytes[this.#at] !== QUOTE) return undefined;
    const start = this.#at + 1;
    const paddingStart = digitsEnd(byteOffset + start, byteOffset + this.#end) - byteOffset;
    const end = paddingStart + this.#paddingAt(paddingStart);
    if (bytes[end] !== QUOTE || (end - start) % 4 !== 0) return undefined;
    this.#at = end + 1;
    return new Uint8Array(buffer, byteOffset + start, end - start);
  }

  /** The bytes of the text before this place, which was read last. */
  textBefore(length: number): Uint8Array {
    const { buffer, byteOffset } = this.#bytes;
    return new Uint8Array(buffer, byteOffset + this.#at - 1 - length, length);
  }

  /** A number of few digits and nothing else. */
  integer(): number {
    this.#skipSpace();
    const start = this.#at;
    let number = 0;
    let end = start;
    for (let byte = this.#bytes[end]; byte !== undefined && byte >= ZERO && byte <= NINE; byte = this.#bytes[++end]) {
      number = number * 10 + byte - ZERO;
    }
    const digits = end - start;
    if (digits === 0 || digits > MOST_DIGITS || (digits > 1 && this.#bytes[start] === ZERO)) throw NOT_PLAIN;
    this.#at = end;
    return number;
  }

  /** There is nothing more. */
  end(): void {
    this.#skipSpace();
    if (this.#at < this.#end) throw NOT_PLAIN;
  }

  /** Whether that text comes next, with the quote behind it. */
  #isText(text: string): boolean {
    const { length } = text;
    if (length > SHORT || this.#bytes[this.#at + length] !== QUOTE) return false;
    for (let index = 0; index < length; index++) {
      if (this.#bytes[this.#at + index] !== text.charCodeAt(index)) return false;
    }
    return true;
  }

  /** Where the quote is that ends the text from there on. */
  #endOfText(start: number): number {
    const bytes = this.#bytes;
    const shortEnd = start + SHORT;
    for (let end = start; end < shortEnd; end++) {
      const byte = bytes[end];
      if (byte === QUOTE) return end;
      if (byte === undefined || byte < LEAST_PRINTABLE || byte >= BEYOND_ASCII || byte === BACKSLASH) throw NOT_PLAIN;
    }
    const end = this.#quoteFrom(shortEnd);
    const rest = bytes.subarray(shortEnd, end);
    if (this.#backslashFrom(shortEnd) < end || !isAscii(rest) || !isFreeOfControls(rest)) throw NOT_PLAIN;
    return end;
  }

  /** How many characters of padding there are, behind a digit that says no more than whole bytes can hold. */
  #paddingAt(place: number): number {
    if (this.#bytes[place] !== PADDING) return 0;
    const padding = this.#bytes[place + 1] === PADDING ? 2 : 1;
    const last = String.fromCharCode(this.#bytes[place - 1] ?? 0);
    return LAST_DIGITS[padding].includes(last) ? padding : 0;
  }

  #quoteFrom(start: number): number {
    const end = this.#bytes.indexOf(QUOTE, start);
    if (end < 0) throw NOT_PLAIN;
    return end;
  }

  #backslashFrom(start: number): number {
    if (this.#backslash >= start) return this.#backslash;
    const found = this.#bytes.indexOf(BACKSLASH, start);
    this.#backslash = found < 0 ? Number.POSITIVE_INFINITY : found;
    return this.#backslash;
  }

  #startsWith(text: Uint8Array): boolean {
    for (let index = 0; index < text.length; index++) {
      if (this.#bytes[this.#at + index] !== text[index]) return false;
    }
    return true;
  }

  #skipSpace(): void {
    for (let byte = this.#bytes[this.#at]; isSpace(byte); byte = this.#bytes[this.#at]) this.#at++;
  }
}

function isSpace(byte: number | undefined): boolean {
  return byte === 0x20 || byte === 0x0a || byte === 0x0d || byte === 0x09;
}
