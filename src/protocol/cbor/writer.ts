import { copyBytes } from "../../kernel/memory/uncounted-bytes.ts";
import { answerBlocks } from "../errors.ts";
import { Major } from "./cursor.ts";

/** Up to this many bytes, or characters, a loop is faster than a call into the runtime. */
const SHORT = 64;

const OPEN_ARRAY = 0x9f;
const OPEN_MAP = 0xbf;
const BREAK = 0xff;
const FALSE = 0xf4;
const TRUE = 0xf5;
const EPOCH_TAG = 0xc1;
const DOUBLE = 0xfb;
const LONGEST_HEAD = 9;

/** Writes CBOR into one buffer, which grows if the capacity asked for turns out too small. */
export class CborWriter {
  #bytes: Buffer;
  #offset = 0;

  constructor(capacity: number) {
    this.#bytes = answerBlocks.take(capacity);
  }

  /** What has been written. A view: the writer is done with. */
  result(): Buffer {
    return this.#bytes.subarray(0, this.#offset);
  }

  // AWS: maps are written with a break at their end, not with a count; arrays are taken to be, too.
  openMap(): void {
    this.#byte(OPEN_MAP);
  }

  openArray(): void {
    this.#byte(OPEN_ARRAY);
  }

  close(): void {
    this.#byte(BREAK);
  }

  boolean(value: boolean): void {
    this.#byte(value ? TRUE : FALSE);
  }

  integer(value: number): void {
    if (value < 0) this.#head(Major.negative, -1 - value);
    else this.#head(Major.unsigned, value);
  }

  double(value: number): void {
    this.#byte(DOUBLE);
    this.#reserve(8);
    this.#offset = this.#bytes.writeDoubleBE(value, this.#offset);
  }

  /** AWS: milliseconds, though RFC 8949 means seconds by the tag. */
  instant(epochMs: number): void {
    this.#byte(EPOCH_TAG);
    this.integer(epochMs);
  }

  blob(value: Uint8Array): void {
    this.#head(Major.bytes, value.length);
    this.encoded(value);
  }

  text(value: string): void {
    if (value.length <= SHORT && this.#shortText(value)) return;
    const length = Buffer.byteLength(value);
    this.#head(Major.text, length);
    this.#reserve(length);
    this.#bytes.write(value, this.#offset, length, "utf8");
    this.#offset += length;
  }

  /** Copies what is CBOR already, or the inside of a string. */
  encoded(value: Uint8Array): void {
    this.#reserve(value.length);
    if (value.length <= SHORT) {
      for (let index = 0; index < value.length; index++) this.#bytes[this.#offset + index] = value[index] ?? 0;
    } else copyBytes(value, this.#bytes, this.#offset);
    this.#offset += value.length;
  }

  /** Writes a text if all its characters are ASCII; otherwise it leaves no trace of it. */
  #shortText(value: string): boolean {
    const start = this.#offset;
    this.#head(Major.text, value.length);
    this.#reserve(value.length);
    for (let index = 0; index < value.length; index++) {
      const code = value.charCodeAt(index);
      if (code > 0x7f) {
        this.#offset = start;
        return false;
      }
      this.#bytes[this.#offset++] = code;
    }
    return true;
  }

  #head(major: number, argument: number): void {
    this.#reserve(LONGEST_HEAD);
    const bits = major << 5;
    const bytes = this.#bytes;
    if (argument < 24) bytes[this.#offset++] = bits | argument;
    else if (argument < 2 ** 8) {
      bytes[this.#offset++] = bits | 24;
      bytes[this.#offset++] = argument;
    } else if (argument < 2 ** 16) {
      bytes[this.#offset++] = bits | 25;
      this.#offset = bytes.writeUInt16BE(argument, this.#offset);
    } else if (argument < 2 ** 32) {
      bytes[this.#offset++] = bits | 26;
      this.#offset = bytes.writeUInt32BE(argument, this.#offset);
    } else {
      bytes[this.#offset++] = bits | 27;
      this.#offset = bytes.writeUInt32BE(Math.floor(argument / 2 ** 32), this.#offset);
      this.#offset = bytes.writeUInt32BE(argument % 2 ** 32, this.#offset);
    }
  }

  #byte(byte: number): void {
    this.#reserve(1);
    this.#bytes[this.#offset++] = byte;
  }

  #reserve(length: number): void {
    const needed = this.#offset + length;
    if (needed <= this.#bytes.length) return;
    const larger = answerBlocks.take(Math.max(needed, this.#bytes.length * 2));
    larger.set(this.#bytes.subarray(0, this.#offset));
    this.#bytes = larger;
  }
}
