import type { AwsError } from "../kernel/aws-error.ts";
import { oncePer } from "../kernel/collection/once-per.ts";
import { markCut, sentLength } from "../model/check.ts";
import { bodyNameOf, type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";
import { SerializationException } from "./errors.ts";
import { blobFromText, booleanFromText, instantOf, integerFromText, integerOf } from "./scalars.ts";

type Reader = (value: unknown) => unknown;

/** The scalars that formats with documents write each in its own way. */
interface ScalarReaders {
  readonly integer: (kind: "integer" | "long", value: unknown) => number;
  readonly blob: (value: unknown) => Uint8Array;
  /** Yields epoch milliseconds. */
  readonly timestamp: (value: unknown) => number;
}

/**
 * Reads documents by shape: what a JSON or CBOR body holds once it is parsed. A shape is turned into a function once,
 * so that a request is read in one walk over its own values: unknown members are not looked at, and null counts as
 * absent. In a list it keeps its place, as undefined, and is refused by whoever checks the value; in a map where that is
 * asked for.
 */
export class DocumentReader {
  readonly #scalars: ScalarReaders;
  readonly #keepsNullEntries: boolean;
  readonly #readerOf = oncePer((shape: Shape): Reader => this.#makeReader(shape));

  constructor(scalars: ScalarReaders, { keepsNullEntries = false } = {}) {
    this.#scalars = scalars;
    this.#keepsNullEntries = keepsNullEntries;
  }

  /** The value of the shape that the document stands for. Throws SerializationException. */
  read(shape: StructureShape, document: object): unknown {
    return this.#readerOf(shape)(document);
  }

  #makeReader(shape: Shape): Reader {
    const { integer, blob, timestamp } = this.#scalars;
    switch (shape.kind) {
      case "string":
        return readString;
      case "integer":
      case "long":
        return (value) => integer(shape.kind, value);
      case "double":
        return readDouble;
      case "boolean":
        return readBoolean;
      case "blob":
        return blob;
      case "timestamp":
        return timestamp;
      case "list":
        return this.#listReader(shape);
      case "map":
        return this.#mapReader(shape);
      case "structure":
        return this.#structureReader(shape);
    }
  }

  #listReader(shape: ListShape): Reader {
    const readItem = this.#readerOf(shape.item);
    return (value) => {
      if (!Array.isArray(value)) throw misfit(value, "Expected list or null");
      const items: unknown[] = [];
      for (const item of value) items.push(item === null ? undefined : readItem(item));
      if (shape.max !== undefined && items.length > shape.max) markCut(items, sentLength(value));
      return items;
    };
  }

  /** The map has no prototype, so that every key is a key like any other: `__proto__`, `constructor`. */
  #mapReader(shape: MapShape): Reader {
    const readValue = this.#readerOf(shape.value);
    return (value) => {
      const given = asObject(value, "Expected map or null");
      const entries: Record<string, unknown> = Object.create(null);
      for (const key of Object.keys(given)) {
        const item = given[key];
        if (item !== null) entries[key] = readValue(item);
        else if (this.#keepsNullEntries) entries[key] = undefined;
      }
      return entries;
    };
  }

  #structureReader(shape: StructureShape): Reader {
    const members = Object.entries(shape.members).map(([name, member]) => {
      return { name, key: bodyNameOf(name, shapeOf(member)), read: this.#readerOf(shapeOf(member)) };
    });
    return (value) => {
      const given = asObject(value, "Expected null");
      const structure: Record<string, unknown> = {};
      for (const { name, key, read } of members) {
        const item = given[key];
        if (item !== undefined && item !== null) structure[name] = read(item);
      }
      return structure;
    };
  }
}

function asObject(value: unknown, expected: string): Readonly<Record<string, unknown>> {
  if (typeof value !== "object" || Array.isArray(value) || value instanceof Uint8Array) throw misfit(value, expected);
  return value as Readonly<Record<string, unknown>>;
}

/**
 * How the values of a JSON or CBOR document become scalars. The texts are AWS's, mistakes included: "an String", and a
 * full stop here or there.
 *
 * GAP: they are known for JSON. What AWS says of the same mistakes in CBOR is not; it is taken to say the same.
 */

const CLASS_OF_TYPE: Readonly<Record<string, string>> = {
  string: "class java.lang.String",
  boolean: "class java.lang.Boolean",
  number: "class com.amazon.coral.value.json.numbers.TruncatingBigNumber",
  object: "class java.nio.HeapByteBuffer",
};

/** What AWS says of a value that is not what its shape wants; `otherwise` is said of scalars. */
function misfit(value: unknown, otherwise: string): AwsError {
  if (Array.isArray(value)) return new SerializationException("Start of list found where not expected");
  if (typeof value === "object" && !(value instanceof Uint8Array)) {
    return new SerializationException("Start of structure or map found where not expected.");
  }
  return new SerializationException(otherwise);
}

/** The same for a shape that is a scalar itself: `an Integer`. */
export function unconvertible(value: unknown, kind: string): AwsError {
  return misfit(value, `${CLASS_OF_TYPE[typeof value]} can not be converted to ${kind}`);
}

function readString(value: unknown): string {
  if (typeof value !== "string") throw unconvertible(value, "an String");
  return value;
}

export function readInteger(kind: "integer" | "long", value: unknown): number {
  if (typeof value === "number" && !Number.isNaN(value)) return integerOf(kind, value);
  throw unconvertible(value, kind === "long" ? "an Long" : "an Integer");
}

function readDouble(value: unknown): number {
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw unconvertible(value, "an Double");
}

/** Whole numbers are refused, 1 and 0 as well, but a fraction passes for true. */
function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return booleanFromText(value);
  if (typeof value === "number" && !Number.isInteger(value)) return true;
  throw unconvertible(value, "an Boolean");
}

/** The scalars that JSON writes in a way of its own. */

/** Takes a string of digits for an integer, too. */
export function readSpelledInteger(kind: "integer" | "long", value: unknown): number {
  const spelled = typeof value === "string" ? integerFromText(kind, value) : undefined;
  return spelled ?? readInteger(kind, value);
}

export function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw unconvertible(value, "a Blob");
  return blobFromText(value);
}

/** On the wire an instant is a number of seconds, fractions allowed. */
export function readTimestamp(value: unknown): number {
  if (typeof value !== "number") throw unconvertible(value, "milliseconds since epoch");
  return instantOf(value * 1000);
}
