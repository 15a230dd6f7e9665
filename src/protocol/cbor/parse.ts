import { isUtf8 } from "node:buffer";
import { Scratch } from "../../kernel/scratch.ts";
import { Cursor, Major, malformed } from "./cursor.ts";
import { halfFloat } from "./float.ts";
import { KnownKeys } from "./known-keys.ts";
import { instantOfFloat } from "./scalars.ts";
import { survey } from "./survey.ts";

/** Tag of a number that is an instant. */
const EPOCH_TAG = 1;

/** The names of members are shorter, and hardly anything else repeats. */
const LONGEST_KNOWN_KEY = 64;

/** The simple values from 20 on: false, true, null and undefined. */
const SIMPLE: readonly unknown[] = [false, true, null, null];
const FIRST_SIMPLE = 20;
/** Floats of two, four and eight bytes have the infos from here on. */
const FIRST_FLOAT = 25;

const scratch = new Scratch();

/**
 * The document as plain values: what JSON.parse would give, with byte strings as Uint8Array. Undefined is null,
 * tags are forgotten, except that a float tagged as an instant becomes milliseconds.
 *
 * The byte strings of one document lie side by side in memory that the next document uses again, so they are there
 * until then. Whoever keeps one beyond its request copies it.
 *
 * Throws SerializationException when the bytes are not one map.
 */
export function parseDocument(body: Buffer): object {
  return new Parser(body, scratch.take(survey(body))).document();
}

/** Builds what the survey has found in order. */
class Parser {
  readonly #cursor: Cursor;
  readonly #keys: KnownKeys;
  readonly #block: Buffer;
  #used = 0;

  constructor(body: Buffer, block: Buffer) {
    this.#cursor = new Cursor(body);
    this.#keys = new KnownKeys(body);
    this.#block = block;
  }

  document(): object {
    this.#cursor.next();
    return this.#map();
  }

  #item(): unknown {
    const cursor = this.#cursor;
    cursor.next();
    switch (cursor.major) {
      case Major.unsigned:
        return cursor.argument;
      case Major.negative:
        return -1 - cursor.argument;
      case Major.bytes:
        return this.#bytes();
      case Major.text:
        return this.#text();
      case Major.array:
        return this.#array();
      case Major.map:
        return this.#map();
      default:
        return this.#other();
    }
  }

  #array(): unknown[] {
    const count = this.#cursor.argument;
    const items: unknown[] = [];
    while (this.#cursor.hasAnother(items.length, count)) items.push(this.#item());
    return items;
  }

  #map(): object {
    const count = this.#cursor.argument;
    const entries: Record<string, unknown> = {};
    for (let taken = 0; this.#cursor.hasAnother(taken, count); taken++) {
      this.#cursor.next();
      const key = this.#key();
      const value = this.#item();
      if (key === "__proto__") Object.defineProperty(entries, key, { value, enumerable: true, configurable: true });
      else entries[key] = value;
    }
    return entries;
  }

  #key(): string {
    const { offset, argument: length } = this.#cursor;
    if (length > LONGEST_KNOWN_KEY) return this.#text();
    const known = this.#keys.find(offset, length);
    if (known !== undefined) {
      this.#cursor.offset += length;
      return known;
    }
    const key = this.#text();
    this.#keys.add(offset, length, key);
    return key;
  }

  #text(): string {
    const cursor = this.#cursor;
    if (cursor.argument !== Number.POSITIVE_INFINITY) return this.#chunkOfText();
    let text = "";
    while (cursor.hasAnother(0, Number.POSITIVE_INFINITY)) {
      cursor.next();
      text += this.#chunkOfText();
    }
    return text;
  }

  #chunkOfText(): string {
    const { bytes, offset, argument: length } = this.#cursor;
    const end = offset + length;
    this.#cursor.offset = end;
    const text = bytes.toString("utf8", offset, end);
    // What is no UTF-8 has become this character; only then is it worth a second look.
    if (text.includes("\ufffd") && !isUtf8(bytes.subarray(offset, end))) throw malformed();
    return text;
  }

  #bytes(): Uint8Array {
    const cursor = this.#cursor;
    const start = this.#used;
    if (cursor.argument !== Number.POSITIVE_INFINITY) this.#keepChunk();
    else {
      while (cursor.hasAnother(0, Number.POSITIVE_INFINITY)) {
        cursor.next();
        this.#keepChunk();
      }
    }
    return new Uint8Array(this.#block.buffer, this.#block.byteOffset + start, this.#used - start);
  }

  #keepChunk(): void {
    const { bytes, offset, argument: length } = this.#cursor;
    this.#cursor.offset += length;
    bytes.copy(this.#block, this.#used, offset, offset + length);
    this.#used += length;
  }

  #other(): unknown {
    const { info, tag } = this.#cursor;
    if (info < FIRST_FLOAT) return SIMPLE[info - FIRST_SIMPLE];
    const value = this.#float();
    return tag === EPOCH_TAG ? instantOfFloat(value) : value;
  }

  #float(): number {
    const { bytes, offset, info, argument } = this.#cursor;
    if (info === FIRST_FLOAT) return halfFloat(argument);
    return info === FIRST_FLOAT + 1 ? bytes.readFloatBE(offset - 4) : bytes.readDoubleBE(offset - 8);
  }
}
