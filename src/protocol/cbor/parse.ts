import { isUtf8 } from "node:buffer";
import { Scratch } from "../../kernel/memory/block-pool.ts";
import type { StructureShape } from "../../model/shape.ts";
import { type DocumentCursor, MOST_VALUES, prunedDocument } from "../pruned-document.ts";
import { Cursor, Major, malformed } from "./cursor.ts";
import { KnownKeys } from "./known-keys.ts";
import { halfFloat, instantOfFloat } from "./scalars.ts";
import { survey, surveyRest } from "./survey.ts";

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
  return new Parser(body, scratch.take(survey(body).blobBytes)).document();
}

/** The same, except that a document with too many values is read no further than it can matter to the shape. */
export function parseInput(shape: StructureShape, body: Buffer): object {
  const { blobBytes, items } = survey(body);
  const parser = new Parser(body, scratch.take(blobBytes));
  return items > MOST_VALUES ? prunedDocument(shape, parser) : parser.document();
}

/** Builds what the survey has found in order. */
class Parser implements DocumentCursor {
  readonly #cursor: Cursor;
  readonly #keys: KnownKeys;
  readonly #block: Buffer;
  #used = 0;
  /** Whether the cursor stands behind the head of the next item. */
  #isBegun = false;
  /** Where the chunks of a text are put together. */
  #chunks: Buffer | undefined;

  constructor(body: Buffer, block: Buffer) {
    this.#cursor = new Cursor(body);
    this.#keys = new KnownKeys(body);
    this.#block = block;
  }

  document(): object {
    this.#cursor.next();
    return this.#map();
  }

  kind(): "list" | "map" | "scalar" {
    this.#begin();
    const { major } = this.#cursor;
    if (major === Major.array) return "list";
    return major === Major.map ? "map" : "scalar";
  }

  /** Yields how many parts there are. */
  open(): number {
    this.#isBegun = false;
    return this.#cursor.argument;
  }

  hasAnother(count: number, taken: number): boolean {
    return this.#cursor.hasAnother(taken, count);
  }

  key(): string {
    this.#cursor.next();
    return this.#key();
  }

  keyAmong(names: readonly Uint8Array[]): number {
    const cursor = this.#cursor;
    cursor.next();
    const { offset, argument: length } = cursor;
    if (length === Number.POSITIVE_INFINITY) {
      const key = Buffer.from(this.#text());
      return names.findIndex((name) => key.equals(name));
    }
    cursor.offset += length;
    for (let place = 0; place < names.length; place++) {
      const name = names[place];
      if (name?.length === length && isAt(cursor.bytes, offset, name)) return place;
    }
    return -1;
  }

  skipKey(): void {
    this.skip();
  }

  scalar(): unknown {
    this.#isBegun = false;
    return this.#value();
  }

  skip(): void {
    this.#begin();
    this.#isBegun = false;
    surveyRest(this.#cursor);
  }

  #begin(): void {
    if (!this.#isBegun) this.#cursor.next();
    this.#isBegun = true;
  }

  #item(): unknown {
    this.#cursor.next();
    return this.#value();
  }

  /** The value of the item whose head has just been read. */
  #value(): unknown {
    const cursor = this.#cursor;
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
      const key = this.key();
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
    this.#chunks ??= Buffer.allocUnsafe(cursor.bytes.length);
    let length = 0;
    while (cursor.hasAnother(0, Number.POSITIVE_INFINITY)) {
      cursor.next();
      length += this.#copyChunk(this.#chunks, length);
    }
    return textOf(this.#chunks, 0, length);
  }

  #chunkOfText(): string {
    const { bytes, offset, argument: length } = this.#cursor;
    this.#cursor.offset += length;
    return textOf(bytes, offset, offset + length);
  }

  /** RFC 8949, section 3.2.3: no character is spread over chunks. */
  #copyChunk(target: Buffer, at: number): number {
    const { bytes, offset, argument: length } = this.#cursor;
    this.#cursor.offset += length;
    if (length > 0 && ((bytes[offset] ?? 0) & 0xc0) === 0x80) throw malformed();
    bytes.copy(target, at, offset, offset + length);
    return length;
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

function textOf(bytes: Buffer, start: number, end: number): string {
  const text = bytes.toString("utf8", start, end);
  // What is no UTF-8 has become this character; only then is it worth a second look.
  if (text.includes("\ufffd") && !isUtf8(bytes.subarray(start, end))) throw malformed();
  return text;
}

function isAt(bytes: Uint8Array, start: number, name: Uint8Array): boolean {
  for (let index = 0; index < name.length; index++) {
    if (bytes[start + index] !== name[index]) return false;
  }
  return true;
}
