import { AwsError } from "../../kernel/aws-error.ts";
import { Base64, type MaybeBase64 } from "../../kernel/base64.ts";
import { oncePer } from "../../kernel/collection/once-per.ts";
import { Scratch } from "../../kernel/memory/block-pool.ts";
import { present } from "../../kernel/present.ts";
import { digitsEndIn, searchableBytes } from "../../kernel/webassembly/searchable-bytes.ts";
import {
  type BlobShape,
  type ListShape,
  type MapShape,
  type Shape,
  type StructureShape,
  shapeOf,
} from "../../model/shape.ts";
import { unconvertible } from "../document-reader.ts";
import { blobRoom, writeBlob } from "../scalars.ts";
import { isNotPlain, notPlain, PlainJson } from "./plain-json.ts";

/** Nobody needs more, and whoever sends more is not read at full length. */
const MOST_ITEMS = 1000;

/** Longer texts are not kept in mind. */
const MOST_REMEMBERED = 128;
/** Longer documents are read where they lie. */
const MOST_COPIED = 64 * 1024;

type Reader = (json: PlainJson) => unknown;

const OPEN_OBJECT = 0x7b;
const CLOSE_OBJECT = 0x7d;
const OPEN_LIST = 0x5b;
const CLOSE_LIST = 0x5d;
const COMMA = 0x2c;
const COLON = 0x3a;
const BOOLEANS = [Buffer.from("false"), Buffer.from("true")];

/** What makes bytes of a text in base64, or only looks whether it is some. Both throw SerializationException for any other text. */
interface BlobReader {
  read(text: string): Uint8Array;
  check(text: string): void;
}

/**
 * Reads documents by shape straight from their bytes, as long as they are as plain as those of a put are nearly always:
 * structures, lists, maps, blobs, small integers, and texts in ASCII. JSON.parse wants the whole text first, and memory for a
 * megabyte of it that is used once costs more than everything else about five hundred records, or about one long message.
 */
export class PlainReader {
  readonly #blobs: BlobReader;
  readonly #readerOf = oncePer((shape: Shape): Reader => this.#makeReader(shape));
  /** What is wrong with the first blob that is none. The rest is still to be read: the document may be none either. */
  #flaw: AwsError | undefined;

  constructor(blobs: BlobReader) {
    this.#blobs = blobs;
  }

  /**
   * The value of the shape, or undefined when the document is not plain, be it wrong or only unusual. Throws
   * SerializationException when it is plain, but for a blob that is none.
   */
  read(shape: StructureShape, body: Buffer): unknown {
    this.#flaw = undefined;
    try {
      const json = placeIn(body);
      const value = this.#readerOf(shape)(json);
      json.end();
      if (this.#flaw === undefined) return value;
    } catch (cause) {
      if (isNotPlain(cause)) return undefined;
      throw cause;
    }
    throw this.#flaw;
  }

  #readBlob(json: PlainJson, { mayBeBase64 }: BlobShape): MaybeBase64 | undefined {
    const base64 = mayBeBase64 === true ? json.base64() : undefined;
    if (base64 !== undefined) return new Base64(base64);
    const text = json.unchecked();
    try {
      if (mayBeBase64 !== true) return this.#blobs.read(text);
      this.#blobs.check(text);
      return new Base64(json.textBefore(text.length));
    } catch (cause) {
      if (!(cause instanceof AwsError) || !isPlainText(text)) return notPlain();
      this.#flaw ??= cause;
      return undefined;
    }
  }

  #makeReader(shape: Shape): Reader {
    switch (shape.kind) {
      case "string":
        return textReader();
      case "blob":
        return (json) => this.#readBlob(json, shape);
      case "integer":
      case "long":
        return (json) => json.integer();
      case "boolean":
        return (json) => json.oneOf(BOOLEANS) === 1;
      case "list":
        return this.#listReader(shape);
      case "map":
        return this.#mapReader(shape);
      case "structure":
        return this.#structureReader(shape);
      default:
        return notPlain;
    }
  }

  #listReader(shape: ListShape): Reader {
    const readItem = this.#readerOf(shape.item);
    return (json) => {
      const items: unknown[] = [];
      json.take(OPEN_LIST);
      if (json.has(CLOSE_LIST)) return items;
      do {
        if (items.length === MOST_ITEMS) notPlain();
        items.push(readItem(json));
      } while (json.has(COMMA));
      json.take(CLOSE_LIST);
      return items;
    };
  }

  #mapReader({ value }: MapShape): Reader {
    const readValue = this.#readerOf(value);
    return (json) => {
      const entries: Record<string, unknown> = Object.create(null);
      json.take(OPEN_OBJECT);
      if (json.has(CLOSE_OBJECT)) return entries;
      let count = 0;
      do {
        if (count++ === MOST_ITEMS) notPlain();
        const key = json.text();
        json.take(COLON);
        entries[key] = readValue(json);
      } while (json.has(COMMA));
      json.take(CLOSE_OBJECT);
      return entries;
    };
  }

  #structureReader({ members }: StructureShape): Reader {
    const keys = Object.keys(members).map((name) => Buffer.from(JSON.stringify(name)));
    const readers = Object.entries(members).map(([name, member]) => ({ name, read: this.#readerOf(shapeOf(member)) }));
    return (json) => {
      const structure: Record<string, unknown> = {};
      json.take(OPEN_OBJECT);
      if (json.has(CLOSE_OBJECT)) return structure;
      let count = 0;
      do {
        if (count++ === MOST_ITEMS) notPlain();
        const { name, read } = present(readers[json.oneOf(keys)], "a member of the shape");
        json.take(COLON);
        structure[name] = read(json);
      } while (json.has(COMMA));
      json.take(CLOSE_OBJECT);
      return structure;
    };
  }
}

/** Where documents are copied to. Its length is such that base64 is searched there. */
const searchable = new Scratch(() => searchableBytes(MOST_COPIED + 1));

/** The beginning of the body, or of a copy: to decode one short blob for the sake of a look at it takes longer than that. */
function placeIn(body: Buffer): PlainJson {
  const { length } = body;
  if (length > MOST_COPIED || digitsEndIn(body) !== undefined) return new PlainJson(body, length);
  const copy = searchable.take(length + 1);
  copy.set(body);
  copy[length] = 0;

  return new PlainJson(copy, length);
}

/** Reads texts. Of most members one is like the other: the name of a stream. */
function textReader(): Reader {
  let latest = "";
  return (json) => {
    const text = json.text(latest);
    if (text.length <= MOST_REMEMBERED) latest = text;
    return text;
  };
}

/** Whether a text stands for itself between quotes. */
function isPlainText(text: string): boolean {
  return /^[ !#-[\]-~]*$/.test(text);
}

/**
 * Reads the blobs of one document side by side into memory that the next document uses again. Whoever keeps a blob
 * beyond its request copies it.
 */
export class BlobBlock {
  readonly #scratch = new Scratch();
  #block = Buffer.alloc(0);
  #used = 0;

  /** Begins with another document; its text is that long. What was read of the one before is gone. */
  begin(textLength: number): void {
    this.#block = this.#scratch.take(blobRoom(textLength));
    this.#used = 0;
  }

  /** Throws SerializationException for what is no base64. */
  read(value: unknown): Uint8Array {
    if (typeof value !== "string") throw unconvertible(value, "a Blob");
    const start = this.#used;
    // There is room: no text is longer than the document it stands in.
    this.#used += writeBlob(value, this.#block, start);
    return new Uint8Array(this.#block.buffer, this.#block.byteOffset + start, this.#used - start);
  }

  /** Looks whether a text is base64, where the next blob would lie. Throws SerializationException. */
  check(text: string): void {
    writeBlob(text, this.#block, this.#used);
  }
}
