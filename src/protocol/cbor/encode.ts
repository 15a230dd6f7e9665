import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";
import { CborWriter } from "./writer.ts";

/** How values of one shape are written. A shape is turned into this once. */
interface Encoder {
  /** How many bytes to set aside for the value: enough, unless there are texts beyond ASCII in it. */
  readonly room: (value: unknown) => number;
  readonly write: (value: unknown, writer: CborWriter) => void;
}

/** A head of nine bytes, and a tag. */
const SCALAR_ROOM = 10;
/** What opens a list, map or structure, and the break. */
const CONTAINER_ROOM = 2;

const encoders = new WeakMap<Shape, Encoder>();

/** The value in CBOR. Members that are absent are left out. */
export function cborOf(shape: Shape, value: unknown): Buffer {
  const { room, write } = encoderOf(shape);
  const writer = new CborWriter(room(value));
  write(value, writer);
  return writer.result();
}

function encoderOf(shape: Shape): Encoder {
  let encoder = encoders.get(shape);
  if (encoder === undefined) {
    encoder = makeEncoder(shape);
    encoders.set(shape, encoder);
  }
  return encoder;
}

function makeEncoder(shape: Shape): Encoder {
  switch (shape.kind) {
    case "string":
      return { room: roomOfText, write: (value, writer) => writer.text(value as string) };
    case "integer":
    case "long":
      return { room: () => SCALAR_ROOM, write: (value, writer) => writer.integer(value as number) };
    case "boolean":
      return { room: () => SCALAR_ROOM, write: (value, writer) => writer.boolean(value as boolean) };
    case "blob":
      return { room: roomOfBlob, write: (value, writer) => writer.blob(value as Uint8Array) };
    case "timestamp":
      return { room: () => SCALAR_ROOM, write: (value, writer) => writer.instant(value as number) };
    case "list":
      return listEncoder(shape);
    case "map":
      return mapEncoder(shape);
    case "structure":
      return structureEncoder(shape);
  }
}

function roomOfText(value: unknown): number {
  return SCALAR_ROOM + (value as string).length;
}

function roomOfBlob(value: unknown): number {
  return SCALAR_ROOM + (value as Uint8Array).length;
}

function listEncoder(shape: ListShape): Encoder {
  const item = encoderOf(shape.item);
  return {
    room(value) {
      let room = CONTAINER_ROOM;
      for (const entry of value as readonly unknown[]) room += item.room(entry);
      return room;
    },
    write(value, writer) {
      writer.openArray();
      for (const entry of value as readonly unknown[]) item.write(entry, writer);
      writer.close();
    },
  };
}

function mapEncoder(shape: MapShape): Encoder {
  const item = encoderOf(shape.value);
  return {
    room(value) {
      let room = CONTAINER_ROOM;
      for (const [key, entry] of entriesOf(value)) room += roomOfText(key) + item.room(entry);
      return room;
    },
    write(value, writer) {
      writer.openMap();
      for (const [key, entry] of entriesOf(value)) {
        writer.text(key);
        item.write(entry, writer);
      }
      writer.close();
    },
  };
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return Object.entries(value as Readonly<Record<string, unknown>>);
}

interface Member {
  readonly name: string;
  /** The name in CBOR. */
  readonly key: Uint8Array;
  readonly encoder: Encoder;
}

function structureEncoder(shape: StructureShape): Encoder {
  const members = membersOf(shape);
  return {
    room(value) {
      let room = CONTAINER_ROOM;
      for (const { name, key, encoder } of members) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given !== undefined) room += key.length + encoder.room(given);
      }
      return room;
    },
    write(value, writer) {
      writer.openMap();
      for (const { name, key, encoder } of members) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given === undefined) continue;
        writer.encoded(key);
        encoder.write(given, writer);
      }
      writer.close();
    },
  };
}

/** AWS: the members of an answer stand in alphabetical order, whatever their order in the model. */
function membersOf({ members }: StructureShape): readonly Member[] {
  const names = Object.keys(members).sort();
  return names.map((name) => ({ name, key: keyOf(name), encoder: encoderOf(shapeOf(members[name]!)) }));
}

function keyOf(name: string): Uint8Array {
  const writer = new CborWriter(roomOfText(name));
  writer.text(name);
  return writer.result();
}
