const QUOTE = 0x22;
const PLUS = 0x2b;
const COMMA = 0x2c;
const MINUS = 0x2d;
const POINT = 0x2e;
const ZERO = 0x30;
const NINE = 0x39;
const COLON = 0x3a;
const OPEN_LIST = 0x5b;
const BACKSLASH = 0x5c;
const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const LEAST_PRINTABLE = 0x20;
/** `E` and `e` differ in this bit, as all letters do. */
const LOWER_CASE = 0x20;
const A = 0x61;
const E = 0x65;
const F = 0x66;
const SMALL_U = 0x75;
/** What a backslash may stand before, four hexadecimal digits behind a `u` apart. */
const ESCAPED = Buffer.from('"\\/bfnrt');

/** AWS: its parser, Jackson, goes no deeper. */
const MAX_DEPTH = 1000;

const WORDS: readonly { readonly text: Uint8Array; readonly value: boolean | null }[] = [
  { text: Buffer.from("true"), value: true },
  { text: Buffer.from("false"), value: false },
  { text: Buffer.from("null"), value: null },
];

/**
 * A place in a JSON document in UTF-8. It knows JSON as JSON.parse does, but reads it a value at a time, and what is
 * skipped costs no memory, however many values it has and however deep they are. Where the
 * document is none it throws what it was given for that.
 */
export class JsonCursor {
  readonly #bytes: Buffer;
  readonly #malformed: () => Error;
  #at = 0;
  /** For each level that is being skipped, what ends it. */
  readonly #closers = new Uint8Array(MAX_DEPTH);

  constructor(bytes: Buffer, malformed: () => Error) {
    this.#bytes = bytes;
    this.#malformed = malformed;
  }

  /** Where the next value begins, in bytes. */
  position(): number {
    this.#next();
    return this.#at;
  }

  kind(): "list" | "map" | "scalar" {
    const byte = this.#next();
    if (byte === OPEN_LIST) return "list";
    return byte === OPEN_OBJECT ? "map" : "scalar";
  }

  /** Yields what ends the list or object. */
  open(): number {
    return this.#bytes[this.#at++]! + 2; // in ASCII, a bracket is closed by the next but one
  }

  hasAnother(closer: number, taken: number): boolean {
    const byte = this.#next();
    if (byte === closer) {
      this.#at++;
      return false;
    }
    if (taken === 0) return true;
    if (byte !== COMMA) throw this.#malformed();
    this.#at++;
    return true;
  }

  key(): string {
    const key = this.#next() === QUOTE ? this.#text() : undefined;
    if (key === undefined) throw this.#malformed();
    this.#colon();
    return key;
  }

  /** Steps over the key, and says which of the names it is; -1 for none. Makes nothing of one that has no escapes. */
  keyAmong(names: readonly Uint8Array[]): number {
    if (this.#next() !== QUOTE) throw this.#malformed();
    const start = this.#at;
    if (this.#skipText()) {
      const place = placeAmong(names, this.#bytes, start + 1);
      this.#colon();
      return place;
    }
    this.#at = start;
    return placeAmong(names, Buffer.from(JSON.stringify(this.key())), 1);
  }

  skipKey(): void {
    if (this.#next() !== QUOTE) throw this.#malformed();
    this.#skipText();
    this.#colon();
  }

  scalar(): unknown {
    const byte = this.#next();
    if (byte === QUOTE) return this.#text();
    if (byte !== MINUS && !isDigit(byte)) return this.#word();
    const start = this.#at;
    this.#skipNumber();
    return Number(this.#bytes.toString("latin1", start, this.#at));
  }

  skip(): void {
    let depth = 0;
    do {
      depth = this.#skipOpening(depth);
      while (depth > 0 && !this.hasAnother(this.#closers[depth - 1]!, 1)) depth--;
      if (depth > 0 && this.#closers[depth - 1] === CLOSE_OBJECT) this.skipKey();
    } while (depth > 0);
  }

  /** There is nothing more. */
  end(): void {
    if (this.#next() !== undefined) throw this.#malformed();
  }

  /** Steps over a scalar, or into what is not empty, and yields how deep that is. */
  #skipOpening(from: number): number {
    let depth = from;
    for (let kind = this.kind(); kind !== "scalar"; kind = this.kind()) {
      if (depth === MAX_DEPTH) throw this.#malformed();
      const closer = this.open();
      if (!this.hasAnother(closer, 0)) return depth;
      this.#closers[depth++] = closer;
      if (closer === CLOSE_OBJECT) this.skipKey();
    }
    this.#skipScalar();
    return depth;
  }

  #skipScalar(): void {
    const byte = this.#next();
    if (byte === QUOTE) this.#skipText();
    else if (byte === MINUS || isDigit(byte)) this.#skipNumber();
    else this.#word();
  }

  #word(): boolean | null {
    for (const { text, value } of WORDS) {
      if (!text.every((byte, index) => this.#bytes[this.#at + index] === byte)) continue;
      this.#at += text.length;
      return value;
    }
    throw this.#malformed();
  }

  #text(): string {
    const start = this.#at;
    if (this.#skipText()) return this.#bytes.toString("utf8", start + 1, this.#at - 1);
    return JSON.parse(this.#bytes.toString("utf8", start, this.#at));
  }

  /** Steps over a text, and tells whether it has no escapes. */
  #skipText(): boolean {
    const bytes = this.#bytes;
    let isPlain = true;
    for (let at = this.#at + 1; at < bytes.length; at++) {
      const byte = bytes[at]!;
      if (byte === QUOTE) {
        this.#at = at + 1;
        return isPlain;
      }
      if (byte < LEAST_PRINTABLE) throw this.#malformed();
      if (byte !== BACKSLASH) continue;
      isPlain = false;
      at += this.#escapeLength(at + 1);
    }
    throw this.#malformed();
  }

  /** How many bytes belong to the backslash before that place. */
  #escapeLength(at: number): number {
    const byte = this.#bytes[at];
    if (byte !== SMALL_U) {
      if (byte === undefined || !ESCAPED.includes(byte)) throw this.#malformed();
      return 1;
    }
    for (let digit = at + 1; digit <= at + 4; digit++) if (!isHexDigit(this.#bytes[digit])) throw this.#malformed();
    return 5;
  }

  #skipNumber(): void {
    const bytes = this.#bytes;
    if (bytes[this.#at] === MINUS) this.#at++;
    if (bytes[this.#at] === ZERO) this.#at++;
    else this.#skipDigits();
    if (bytes[this.#at] === POINT) {
      this.#at++;
      this.#skipDigits();
    }
    if (((bytes[this.#at] ?? 0) | LOWER_CASE) !== E) return;
    const sign = bytes[++this.#at];
    if (sign === PLUS || sign === MINUS) this.#at++;
    this.#skipDigits();
  }

  #skipDigits(): void {
    const start = this.#at;
    while (isDigit(this.#bytes[this.#at])) this.#at++;
    if (this.#at === start) throw this.#malformed();
  }

  #colon(): void {
    if (this.#next() !== COLON) throw this.#malformed();
    this.#at++;
  }

  /** Steps over white space, and yields the byte behind it. */
  #next(): number | undefined {
    const bytes = this.#bytes;
    for (;;) {
      const byte = bytes[this.#at];
      if (byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09) return byte;
      this.#at++;
    }
  }
}

function isDigit(byte: number | undefined): boolean {
  return byte !== undefined && byte >= ZERO && byte <= NINE;
}

function isHexDigit(byte: number | undefined): boolean {
  const letter = (byte ?? 0) | LOWER_CASE;
  return isDigit(byte) || (letter >= A && letter <= F);
}

/** Which of the names stands there, up to a quote; -1 for none. */
function placeAmong(names: readonly Uint8Array[], bytes: Uint8Array, start: number): number {
  for (let place = 0; place < names.length; place++) {
    const name = names[place]!;
    let length = 0;
    while (length < name.length && bytes[start + length] === name[length]) length++;
    if (length === name.length && bytes[start + length] === QUOTE) return place;
  }
  return -1;
}
