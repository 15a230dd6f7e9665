import { formatIso8601 } from "../../kernel/iso8601.ts";
import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";
import { textFromBlob } from "../scalars.ts";
import { element, escaped } from "./xml.ts";

type Writer = (value: unknown) => string;

const writers = new WeakMap<Shape, Writer>();

/** The value as XML elements, in the order of the shape's members. Members that are absent are left out. */
export function xmlOf(shape: StructureShape, value: unknown): string {
  return writerOf(shape)(value);
}

/** Writes what stands between the tags of an element of the shape. */
function writerOf(shape: Shape): Writer {
  let writer = writers.get(shape);
  if (writer === undefined) {
    writer = makeWriter(shape);
    writers.set(shape, writer);
  }
  return writer;
}

function makeWriter(shape: Shape): Writer {
  switch (shape.kind) {
    case "string":
      return (value) => escaped(value as string);
    case "integer":
    case "long":
    case "boolean":
      return String;
    case "blob":
      return (value) => textFromBlob(value as Uint8Array);
    case "timestamp":
      return (value) => formatIso8601(value as number);
    case "list":
      return listWriter(shape);
    case "map":
      return mapWriter(shape);
    case "structure":
      return structureWriter(shape);
  }
}

function listWriter({ item, flatName = "member" }: ListShape): Writer {
  const write = writerOf(item);
  return (value) => {
    let xml = "";
    for (const entry of value as readonly unknown[]) xml += element(flatName, write(entry));
    return xml;
  };
}

function mapWriter({ value: item, flatName = "entry", keyName, valueName }: MapShape): Writer {
  const write = writerOf(item);
  return (value) => {
    let xml = "";
    for (const [key, entry] of Object.entries(value as Readonly<Record<string, unknown>>)) {
      xml += element(flatName, element(keyName, escaped(key)) + element(valueName, write(entry)));
    }
    return xml;
  };
}

function structureWriter({ members }: StructureShape): Writer {
  const parts = Object.entries(members).map(([name, member]) => ({ name, write: memberWriter(name, shapeOf(member)) }));
  return (value) => {
    const structure = value as Readonly<Record<string, unknown>>;
    let xml = "";
    for (const { name, write } of parts) {
      const given = structure[name];
      if (given !== undefined) xml += write(given);
    }
    return xml;
  };
}

/** A flattened list or map has no element of its own: its items stand where it would. */
function memberWriter(name: string, shape: Shape): Writer {
  const write = writerOf(shape);
  const isFlat = (shape.kind === "list" || shape.kind === "map") && shape.flatName !== undefined;
  return isFlat ? write : (value) => element(name, write(value));
}
