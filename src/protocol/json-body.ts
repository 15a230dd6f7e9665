import { isAscii, isUtf8 } from "node:buffer";
import { base64Of, type MaybeBase64 } from "../kernel/base64.ts";
import { oncePer } from "../kernel/collection/once-per.ts";
import { JsonCursor } from "../kernel/json/json-cursor.ts";
import { hasMoreValues } from "../kernel/json/json-value-count.ts";
import { bodyNameOf, type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../model/shape.ts";
import { RequestEntityTooLarge, SerializationException } from "./errors.ts";
import { MOST_VALUES, prunedDocument } from "./pruned-document.ts";

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
  const isPlain = isAscii(body);
  if (!isPlain && !isUtf8(body)) throw new SerializationException("");
  if (body.length > MUCH_TEXT && kilobytesBeyondAscii(body) > MOST_BEYOND_ASCII) throw new RequestEntityTooLarge();
  if (body.length > FEW_BYTES && hasMoreValues(body, MOST_VALUES)) return pruned(shape, body);
  // The same text for ASCII, and of a megabyte it takes a tenth of the time.
  const value = parsed(body.toString(isPlain ? "latin1" : "utf8"));
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

type Writer = (value: unknown) => string;

/** What JSON can hold as it stands. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** The value in JSON, its members in the order of the shape. Members that are absent are left out. */
export function jsonOf(shape: StructureShape, value: unknown): string {
  return writerOf(shape)(value);
}

const writerOf = oncePer(makeWriter);

function makeWriter(shape: Shape): Writer {
  switch (shape.kind) {
    case "string":
      return (value) => quoted(String(value));
    case "integer":
    case "long":
    case "double":
    case "boolean":
      return String;
    case "blob":
      return (value) => `"${base64Of(value as MaybeBase64)}"`;
    case "timestamp":
      return (value) => String((value as number) / 1000);
    case "list":
      return listWriter(shape);
    case "map":
      return mapWriter(shape);
    case "structure":
      return structureWriter(shape);
  }
}

/** JSON.stringify takes twice as long for a text that needs nothing done to it. */
function quoted(text: string): string {
  return PLAIN.test(text) ? `"${text}"` : JSON.stringify(text);
}

function listWriter({ item }: ListShape): Writer {
  const write = writerOf(item);
  return (value) => {
    let json = "";
    for (const entry of value as readonly unknown[]) json += json === "" ? write(entry) : `,${write(entry)}`;
    return `[${json}]`;
  };
}

function mapWriter({ value: item }: MapShape): Writer {
  const write = writerOf(item);
  return (value) => {
    const entries = Object.entries(value as Readonly<Record<string, unknown>>);
    return `{${entries.map(([key, entry]) => `${quoted(key)}:${write(entry)}`).join(",")}}`;
  };
}

function structureWriter({ members }: StructureShape): Writer {
  const named = Object.entries(members).map(([name, member]) => {
    const shape = shapeOf(member);
    const key = `${JSON.stringify(bodyNameOf(name, shape))}:`;
    return { name, asFirst: `{${key}`, asLater: `,${key}`, write: writerOf(shape) };
  });
  return (value) => {
    const structure = value as Readonly<Record<string, unknown>>;
    let json = "";
    for (const { name, asFirst, asLater, write } of named) {
      const given = structure[name];
      if (given !== undefined) json += (json === "" ? asFirst : asLater) + write(given);
    }
    return json === "" ? "{}" : `${json}}`;
  };
}
