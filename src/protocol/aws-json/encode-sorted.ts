import type { StructureShape } from "../../model/shape.ts";
import { DocumentWriter, type Encoder, entriesOf, type Notation, type ScalarKind } from "../document-writer.ts";
import { JsonSink } from "./json-sink.ts";

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

/** From here on AWS prints a number with an exponent, as Java does: ten million seconds. */
const LEAST_WITH_EXPONENT_MS = 1e10;

/** Records that were put together share their instant. */
let latest = { epochMs: 0, text: "0" };

/** Epoch milliseconds as the number of seconds that AWS prints: `1.679520584772E9`, `1.684013726E9`, `1.5`. */
function secondsText(epochMs: number): string {
  if (latest.epochMs !== epochMs) latest = { epochMs, text: printed(epochMs) };
  return latest.text;
}

function printed(epochMs: number): string {
  if (epochMs < LEAST_WITH_EXPONENT_MS || !Number.isSafeInteger(epochMs)) return String(epochMs / 1000);
  const digits = String(epochMs);
  let end = digits.length;
  while (end > 2 && digits.charCodeAt(end - 1) === 0x30) end--;
  return `${digits.charAt(0)}.${digits.slice(1, end)}E${digits.length - 4}`;
}
