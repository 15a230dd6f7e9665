import { bytesOf, type MaybeBase64 } from "../../kernel/base64.ts";
import type { PassedText } from "../../kernel/utf8.ts";
import type { Shape } from "../../model/shape.ts";
import { DocumentWriter, type Encoder, entriesOf, type Notation, type ScalarKind } from "../document-writer.ts";
import { CborWriter } from "./writer.ts";

/** A head of nine bytes, and a tag. */
const SCALAR_ROOM = 10;

const notation: Notation<CborWriter> = {
  scalar: scalarEncoder,
  list: (writeItem) => (value, writer) => {
    writer.openArray();
    for (const item of value as readonly unknown[]) writeItem(item, writer);
    writer.close();
  },
  map: (writeEntry) => (value, writer) => {
    writer.openMap();
    for (const [key, entry] of entriesOf(value)) {
      writer.text(key);
      writeEntry(entry, writer);
    }
    writer.close();
  },
  structure(members) {
    const named = members.map(({ name, write }) => ({ name, key: keyOf(name), write }));
    return (value, writer) => {
      writer.openMap();
      for (const { name, key, write } of named) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given === undefined) continue;
        writer.encoded(key);
        write(given, writer);
      }
      writer.close();
    };
  },
};

/** AWS: the members of an answer stand in alphabetical order, whatever their order in the model. */
const documents = new DocumentWriter(notation, "sorted");

/** The value in CBOR. */
export function cborOf(shape: Shape, value: unknown): Buffer {
  const { room, write } = documents.encoderOf(shape);
  const writer = new CborWriter(room(value));
  write(value, writer);
  return writer.result();
}

function scalarEncoder(kind: ScalarKind): Encoder<CborWriter> {
  switch (kind) {
    case "string":
      return { room: roomOfText, write: (value, writer) => writer.text(String(value)) };
    case "integer":
    case "long":
      return { room: roomOfScalar, write: (value, writer) => writer.integer(value as number) };
    case "double":
      return { room: roomOfScalar, write: (value, writer) => writer.double(value as number) };
    case "boolean":
      return { room: roomOfScalar, write: (value, writer) => writer.boolean(value as boolean) };
    case "blob":
      return { room: roomOfBlob, write: (value, writer) => writer.blob(bytesOf(value as MaybeBase64)) };
    case "timestamp":
      return { room: roomOfScalar, write: (value, writer) => writer.instant(value as number) };
  }
}

function roomOfScalar(): number {
  return SCALAR_ROOM;
}

function roomOfText(value: unknown): number {
  return SCALAR_ROOM + (typeof value === "string" ? value.length : (value as PassedText).mostBytes);
}

function roomOfBlob(value: unknown): number {
  return SCALAR_ROOM + (value as MaybeBase64).length;
}

/** A name in CBOR. */
function keyOf(name: string): Uint8Array {
  const writer = new CborWriter(roomOfText(name));
  writer.text(name);
  return writer.result();
}
