import { markCut, sentLength } from "../model/check.ts";
import { bodyNameOf, type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";
import { misfit, readBoolean, readString } from "./document-scalars.ts";

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
 * absent.
 */
export class DocumentReader {
  readonly #scalars: ScalarReaders;
  readonly #readers = new WeakMap<Shape, Reader>();

  constructor(scalars: ScalarReaders) {
    this.#scalars = scalars;
  }

  /** The value of the shape that the document stands for. Throws SerializationException. */
  read(shape: StructureShape, document: object): unknown {
    return this.#readerOf(shape)(document);
  }

  #readerOf(shape: Shape): Reader {
    let reader = this.#readers.get(shape);
    if (reader === undefined) {
      reader = this.#makeReader(shape);
      this.#readers.set(shape, reader);
    }
    return reader;
  }

  #makeReader(shape: Shape): Reader {
    const { integer, blob, timestamp } = this.#scalars;
    switch (shape.kind) {
      case "string":
        return readString;
      case "integer":
      case "long":
        return (value) => integer(shape.kind, value);
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
      for (const item of value) if (item !== null) items.push(readItem(item));
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
