import { type ListShape, type MapShape, type Shape, type StructureShape, shapeOf } from "../../model/shape.ts";
import { JsonSink } from "./json-sink.ts";
import { secondsText } from "./seconds-text.ts";

/** How values of one shape are written. A shape is turned into this once. */
interface Encoder {
  /** About how many bytes the value takes. */
  readonly room: (value: unknown) => number;
  readonly write: (value: unknown, sink: JsonSink) => void;
}

/** What a number, or a text of usual length, takes. */
const SCALAR_ROOM = 80;

const encoders = new WeakMap<Shape, Encoder>();

/**
 * The value in JSON, as AWS writes it in version 1.1: the members of a structure in alphabetical order, whatever their
 * order in the model. Members that are absent are left out.
 */
export function sortedJsonOf(shape: StructureShape, value: unknown): string | Uint8Array {
  const { room, write } = encoderOf(shape);
  const sink = new JsonSink(room(value));
  write(value, sink);
  return sink.result();
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
      return { room: roomOfScalar, write: (value, sink) => sink.string(value as string) };
    case "blob":
      return { room: roomOfBlob, write: (value, sink) => sink.blob(value as Uint8Array) };
    case "timestamp":
      return { room: roomOfScalar, write: (value, sink) => sink.json(secondsText(value as number)) };
    case "list":
      return listEncoder(shape);
    case "map":
      return mapEncoder(shape);
    case "structure":
      return structureEncoder(shape);
    default:
      return { room: roomOfScalar, write: (value, sink) => sink.json(String(value)) };
  }
}

function roomOfScalar(): number {
  return SCALAR_ROOM;
}

function roomOfBlob(value: unknown): number {
  return Math.ceil((value as Uint8Array).length / 3) * 4 + 2;
}

function listEncoder(shape: ListShape): Encoder {
  const item = encoderOf(shape.item);
  return {
    room: (value) => (value as readonly unknown[]).reduce((room: number, entry) => room + 1 + item.room(entry), 2),
    write(value, sink) {
      let separator = "[";
      for (const entry of value as readonly unknown[]) {
        sink.json(separator);
        item.write(entry, sink);
        separator = ",";
      }
      sink.json(separator === "[" ? "[]" : "]");
    },
  };
}

function mapEncoder(shape: MapShape): Encoder {
  const item = encoderOf(shape.value);
  return {
    room: (value) => entriesOf(value).reduce((room, [, entry]) => room + SCALAR_ROOM + item.room(entry), 2),
    write(value, sink) {
      let separator = "{";
      for (const [key, entry] of entriesOf(value)) {
        sink.json(separator);
        sink.string(key);
        sink.json(":");
        item.write(entry, sink);
        separator = ",";
      }
      sink.json(separator === "{" ? "{}" : "}");
    },
  };
}

function entriesOf(value: unknown): readonly [string, unknown][] {
  return Object.entries(value as Readonly<Record<string, unknown>>);
}

interface Member {
  readonly name: string;
  /** The name in JSON as the first member that is there, and as a later one. */
  readonly opening: string;
  readonly following: string;
  readonly encoder: Encoder;
}

function structureEncoder(shape: StructureShape): Encoder {
  const members = membersOf(shape);
  return {
    room(value) {
      let room = 2;
      for (const { name, following, encoder } of members) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given !== undefined) room += following.length + encoder.room(given);
      }
      return room;
    },
    write(value, sink) {
      let isFirst = true;
      for (const { name, opening, following, encoder } of members) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given === undefined) continue;
        sink.json(isFirst ? opening : following);
        encoder.write(given, sink);
        isFirst = false;
      }
      sink.json(isFirst ? "{}" : "}");
    },
  };
}

function membersOf({ members }: StructureShape): readonly Member[] {
  const names = Object.keys(members).sort();
  return names.map((name) => {
    const key = `${JSON.stringify(name)}:`;
    return { name, opening: `{${key}`, following: `,${key}`, encoder: encoderOf(shapeOf(members[name]!)) };
  });
}
