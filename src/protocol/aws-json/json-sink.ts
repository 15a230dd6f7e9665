import { isAscii } from "node:buffer";
import { Base64, base64Of, type MaybeBase64 } from "../../kernel/base64.ts";
import { isFreeOfControls } from "../../kernel/control-characters.ts";
import { copyBytes } from "../../kernel/memory/uncounted-bytes.ts";
import type { PassedText } from "../../kernel/utf8.ts";
import type { Encoder } from "../document-writer.ts";
import { answerBlocks } from "../errors.ts";

/** Smaller blobs go with the text around them; a larger one is worth a write of its own. */
const LARGE_BLOB = 256;
/** As much text as is put together before it is written. */
const LONG_TEXT = 8 * 1024;
/** From here on one text is worth a write of its own: there is memory for it that is used again. */
export const LONG_STRING = 64 * 1024;

/** What JSON can hold as it stands, and one byte per character. */
const PLAIN = /^[ !#-[\]-~]*$/;
/** Bytes that are copied together. */
const WORD = 4;
const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const SPACE = 0x20;
const TILDE = 0x7e;
/** Up to so many characters a loop is faster than a call into the runtime. */
const SHORT = 64;

/** JSON in ASCII that is written again and again. Its bytes are copied four at a time. */
export class KnownJson {
  readonly text: string;
  /** Its bytes, and zeros behind them to make words of four. The first byte of a word is the lowest. */
  readonly words: readonly number[];

  constructor(text: string) {
    const bytes = Buffer.alloc(Math.ceil(text.length / WORD) * WORD);
    bytes.write(text, "latin1");
    this.text = text;
    this.words = Array.from({ length: bytes.length / WORD }, (_, index) => bytes.readUInt32LE(index * WORD));
  }
}

const NOTHING = new DataView(new ArrayBuffer(0));

/**
 * Takes JSON piece by piece. A short document stays a text; a long one, or one with blobs, becomes bytes as it grows, so
 * that the text of a megabyte is never put together, searched for what needs escaping, and copied again.
 */
export class JsonSink {
  #text = "";
  #isAscii = true;
  #bytes: Buffer | undefined;
  /** The same memory. */
  #view: DataView = NOTHING;
  #offset = 0;
  readonly #room: () => number;

  /** `room` tells how many bytes to set aside once there are bytes; more are found if need be. */
  private constructor(room: () => number) {
    this.#room = room;
  }

  /** The value in JSON. */
  static written({ room, write }: Encoder<JsonSink>, value: unknown): string | Uint8Array {
    const sink = new JsonSink(() => room(value));
    write(value, sink);
    return sink.#result();
  }

  /** Adds JSON in ASCII. */
  json(text: string): void {
    if (this.#bytes === undefined) this.#text += text;
    else this.#ascii(text);
  }

  /** Adds a short piece of JSON. */
  known({ text, words }: KnownJson): void {
    if (this.#bytes === undefined) {
      this.#text += text;
      return;
    }
    const { length } = words;
    const start = this.#offset;
    this.#reserve(start + length * WORD);
    const view = this.#view;
    for (let index = 0; index < length; index++) view.setUint32(start + index * WORD, words[index] as number, true);
    // What comes next is written over the zeros.
    this.#offset = start + text.length;
  }

  string(value: string): void {
    if (value.length >= LONG_STRING) return this.#longString(value);
    if (this.#bytes !== undefined) return this.#stringInBytes(value);
    if (PLAIN.test(value)) this.#text += `"${value}"`;
    else {
      this.#text += JSON.stringify(value);
      this.#isAscii = false;
    }
    if (this.#text.length > LONG_TEXT) this.#flush();
  }

  /** Adds a text as bytes where there are some and it may stand so. */
  passed(value: PassedText): void {
    if (this.#bytes === undefined || value.mostBytes > SHORT) return this.string(value.toString());
    const start = this.#offset + 1;
    const bytes = this.#reserve(start + value.mostBytes + 1);
    const end = value.write(this.#view, start);
    if (!value.isDigits && !isPlainShort(bytes, start, end)) return this.string(value.toString());
    bytes[start - 1] = QUOTE;
    bytes[end] = QUOTE;
    this.#offset = end + 1;
  }

  blob(value: MaybeBase64): void {
    if (this.#bytes === undefined && value.length < LARGE_BLOB) {
      this.#text += `"${base64Of(value)}"`;
      return;
    }
    this.json('"');
    this.#flush();
    if (value instanceof Base64) this.#copy(value.text);
    else this.#write(base64Of(value), "latin1");
    this.json('"');
  }

  #result(): string | Uint8Array {
    if (this.#bytes === undefined) return this.#text;
    this.#flush();
    return this.#bytes.subarray(0, this.#offset);
  }

  #copy(ascii: Uint8Array): void {
    copyBytes(ascii, this.#reserve(this.#offset + ascii.length), this.#offset);
    this.#offset += ascii.length;
  }

  #ascii(text: string): void {
    const { length } = text;
    if (length > SHORT) return this.#write(text, "latin1");
    const bytes = this.#reserve(this.#offset + length);
    for (let index = 0; index < length; index++) bytes[this.#offset + index] = text.charCodeAt(index);
    this.#offset += length;
  }

  #stringInBytes(value: string): void {
    if (value.length > SHORT) {
      if (PLAIN.test(value)) this.#write(`"${value}"`, "latin1");
      else this.#write(JSON.stringify(value), "utf8");
    } else if (!this.#shortString(value)) this.#write(JSON.stringify(value), "utf8");
  }

  /** Writes a text if JSON can hold it as it stands; otherwise it leaves no trace of it. */
  #shortString(value: string): boolean {
    const { length } = value;
    const bytes = this.#reserve(this.#offset + length + 2);
    const start = this.#offset + 1;
    for (let index = 0; index < length; index++) {
      const code = value.charCodeAt(index);
      if (code < SPACE || code > TILDE || code === QUOTE || code === BACKSLASH) return false;
      bytes[start + index] = code;
    }
    bytes[start - 1] = QUOTE;
    bytes[start + length] = QUOTE;
    this.#offset = start + length + 1;
    return true;
  }

  /** Writes a text first and looks afterwards whether it may stand so: bytes are looked through many times as fast. */
  #longString(value: string): void {
    this.#flush();
    // What most texts have that need escaping is found before anything is written.
    if (value.includes('"') || value.includes("\\") || value.includes("\n")) {
      return this.#write(JSON.stringify(value), "utf8");
    }
    const { length } = value;
    const bytes = this.#reserve(this.#offset + length + 2);
    const start = this.#offset + 1;
    const written = bytes.write(value, start, length, "utf8");
    if (written < length || !isPlain(bytes.subarray(start, start + length))) {
      return this.#write(JSON.stringify(value), "utf8");
    }
    bytes[start - 1] = QUOTE;
    bytes[start + length] = QUOTE;
    this.#offset += length + 2;
  }

  #flush(): void {
    if (this.#text === "" && this.#bytes !== undefined) return;
    this.#write(this.#text, this.#isAscii ? "latin1" : "utf8");
    this.#text = "";
    this.#isAscii = true;
  }

  #write(text: string, encoding: "latin1" | "utf8"): void {
    const most = encoding === "latin1" ? text.length : mostBytesOf(text);
    const bytes = this.#reserve(this.#offset + most);
    this.#offset += bytes.write(text, this.#offset, most, encoding);
  }

  #reserve(needed: number): Buffer {
    const present = this.#bytes;
    if (present !== undefined && needed <= present.length) return present;
    const larger = answerBlocks.take(Math.max(needed, this.#room(), 2 * (present?.length ?? 0)));
    if (present !== undefined) {
      present.copy(larger, 0, 0, this.#offset);
      answerBlocks.giveBack(present);
    }
    this.#bytes = larger;
    this.#view = new DataView(larger.buffer, larger.byteOffset, larger.length);
    return larger;
  }
}

/** Whether UTF-8 without quotes and backslashes may stand between quotes as it is, and is ASCII. */
function isPlain(bytes: Buffer): boolean {
  return isAscii(bytes) && isFreeOfControls(bytes);
}

/** Whether those bytes may stand between quotes as they are. */
function isPlainShort(bytes: Buffer, start: number, end: number): boolean {
  for (let index = start; index < end; index++) {
    const byte = bytes[index] as number;
    if (byte < SPACE || byte > TILDE || byte === QUOTE || byte === BACKSLASH) return false;
  }
  return true;
}

/** Short texts are not counted out. */
function mostBytesOf(text: string): number {
  return text.length >= LONG_STRING ? Buffer.byteLength(text) : text.length * 3;
}
