import type { StructureShape } from "../../model/shape.ts";
import { DocumentWriter, type Encoder, entriesOf, type Notation, type ScalarKind } from "../document-writer.ts";
import { JsonSink } from "./json-sink.ts";
import { secondsText } from "./seconds-text.ts";

/** What a number, or a text of usual length, takes. */
const SCALAR_ROOM = 80;

const notation: Notation<JsonSink> = {
  scalar: scalarEncoder,
  list: (writeItem) => (value, sink) => {
    let separator = "[";
    for (const item of value as readonly unknown[]) {
      sink.json(separator);
      writeItem(item, sink);
      separator = ",";
    }
    sink.json(separator === "[" ? "[]" : "]");
  },
  map: (writeEntry) => (value, sink) => {
    let separator = "{";
    for (const [key, entry] of entriesOf(value)) {
      sink.json(separator);
      sink.string(key);
      sink.json(":");
      writeEntry(entry, sink);
      separator = ",";
    }
    sink.json(separator === "{" ? "{}" : "}");
  },
  structure(members) {
    const named = members.map(({ name, write }) => {
      const key = `${JSON.stringify(name)}:`;
      return { name, asFirst: `{${key}`, asLater: `,${key}`, write };
    });
    return (value, sink) => {
      let isFirst = true;
      for (const { name, asFirst, asLater, write } of named) {
        const given = (value as Readonly<Record<string, unknown>>)[name];
        if (given === undefined) continue;
        sink.json(isFirst ? asFirst : asLater);
        write(given, sink);
        isFirst = false;
      }
      sink.json(isFirst ? "{}" : "}");
    };
  },
};

const documents = new DocumentWriter(notation);

/** The value in JSON, as AWS writes it in version 1.1. */
export function sortedJsonOf(shape: StructureShape, value: unknown): string | Uint8Array {
  const { room, write } = documents.encoderOf(shape);
  const sink = new JsonSink(room(value));
  write(value, sink);
  return sink.result();
}

function scalarEncoder(kind: ScalarKind): Encoder<JsonSink> {
  switch (kind) {
    case "string":
      return { room: roomOfScalar, write: (value, sink) => sink.string(value as string) };
    case "blob":
      return { room: roomOfBlob, write: (value, sink) => sink.blob(value as Uint8Array) };
    case "timestamp":
      return { room: roomOfScalar, write: (value, sink) => sink.json(secondsText(value as number)) };
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
