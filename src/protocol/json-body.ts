import { isAscii, isUtf8 } from "node:buffer";
import { JsonCursor } from "../kernel/json/json-cursor.ts";
import { hasMoreValues } from "../kernel/json/json-value-count.ts";
import { bodyNameOf, type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";
import { RequestEntityTooLarge, SerializationException } from "./errors.ts";
import { MOST_VALUES, prunedDocument } from "./pruned-document.ts";
import { textFromBlob } from "./scalars.ts";

/** A value and what separates it from the next are two bytes at the least. */
const FEW_BYTES = 2 * MOST_VALUES;

/** Only puts are as large as that, and they are base64 but for names and keys. */
const MUCH_TEXT = 8 * 1024 * 1024;
/** Text beyond ASCII takes long to read. Five hundred partition keys have some of it in a thousand kilobytes at most. */
const MOST_BEYOND_ASCII = 2048;
const KILOBYTE = 1024;

/**
 * The JSON object that a body is, with no more in it than can matter to the shape. Throws SerializationException for
 * what is no JSON object at all, without a text as AWS does.
 */
export function jsonDocument(shape: StructureShape, body: Buffer): object {
  if (!isUtf8(body)) throw new SerializationException("");
  if (body.length > MUCH_TEXT && kilobytesBeyondAscii(body) > MOST_BEYOND_ASCII) throw new RequestEntityTooLarge();
  if (body.length > FEW_BYTES && hasMoreValues(body, MOST_VALUES)) return pruned(shape, body);
  const value = parsed(body.toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SerializationException("");
  return value;
}

/** In how many kilobytes of the body there is anything beyond ASCII. Costs no memory to speak of. */
function kilobytesBeyondAscii(body: Buffer): number {
  if (isAscii(body)) return 0;
  let count = 0;
  for (let at = 0; at < body.length; at += KILOBYTE) if (!isAscii(body.subarray(at, at + KILOBYTE))) count++;
  return count;
}

/** What JSON.parse would make of the body, as far as it can matter to the shape. */
function pruned(shape: StructureShape, body: Buffer): object {
  const cursor = new JsonCursor(body, () => new SerializationException(""));
  if (cursor.kind() !== "map") throw new SerializationException("");
  const document = prunedDocument(shape, cursor);
  cursor.end();
  return document;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Turns a value into what JSON.stringify can print; the same object when nothing in it needs turning. */
type Converter = (value: unknown) => unknown;

/** `null` for the shapes that JSON can print as they are, which is nearly all of them. */
const converters = new WeakMap<Shape, Converter | null>();

/** The value in JSON. Members that are absent are left out. */
export function jsonOf(shape: StructureShape, value: unknown): string {
  const convert = converterOf(shape);
  return JSON.stringify(convert === null ? value : convert(value));
}

function converterOf(shape: Shape): Converter | null {
  let converter = converters.get(shape);
  if (converter === undefined) {
    converter = makeConverter(shape);
    converters.set(shape, converter);
  }
  return converter;
}

function makeConverter(shape: Shape): Converter | null {
  switch (shape.kind) {
    case "blob":
      return (value) => textFromBlob(value as Uint8Array);
    case "timestamp":
      return (value) => (value as number) / 1000;
    case "list":
      return listConverter(shape);
    case "map":
      return mapConverter(shape);
    case "structure":
      return structureConverter(shape);
    default:
      return null;
  }
}

function listConverter({ item }: ListShape): Converter | null {
  const convert = converterOf(item);
  return convert && ((value) => (value as readonly unknown[]).map(convert));
}

function mapConverter({ value: item }: MapShape): Converter | null {
  const convert = converterOf(item);
  if (convert === null) return null;
  return (value) => {
    const converted: Record<string, unknown> = Object.create(null);
    for (const [key, entry] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      converted[key] = convert(entry);
    }
    return converted;
  };
}

function structureConverter(shape: StructureShape): Converter | null {
  const members = Object.entries(shape.members).map(([name, member]) => {
    return { name, key: bodyNameOf(name, shapeOf(member)), convert: converterOf(shapeOf(member)) };
  });
  if (members.some(({ name, key }) => name !== key)) return renamingConverter(members);
  const converting = members.flatMap(({ name, convert }) => (convert === null ? [] : [{ name, convert }]));
  if (converting.length === 0) return null;
  return (value) => {
    let structure = value as Readonly<Record<string, unknown>>;
    for (const { name, convert } of converting) {
      const given = structure[name];
      if (given !== undefined) structure = { ...structure, [name]: convert(given) };
    }
    return structure;
  };
}

interface JsonMember {
  readonly name: string;
  readonly key: string;
  readonly convert: Converter | null;
}

function renamingConverter(members: readonly JsonMember[]): Converter {
  return (value) => {
    const structure: Record<string, unknown> = {};
    for (const { name, key, convert } of members) {
      const given = (value as Readonly<Record<string, unknown>>)[name];
      if (given !== undefined) structure[key] = convert === null ? given : convert(given);
    }
    return structure;
  };
}
