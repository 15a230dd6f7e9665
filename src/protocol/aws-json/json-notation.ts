import type { MaybeBase64 } from "../../kernel/base64.ts";
import type { PassedText } from "../../kernel/utf8.ts";
import { type Encoder, entriesOf, type Notation, type ScalarKind } from "../document-writer.ts";
import { type JsonSink, KnownJson } from "./json-sink.ts";

/** What a number, or a text of usual length, takes. */
const SCALAR_ROOM = 80;
const QUOTES_ROOM = 2;

/** JSON for DocumentWriter. `instantText` spells epoch milliseconds. */
export function jsonNotation(instantText: (epochMs: number) => string): Notation<JsonSink> {
  return {
    scalar: (kind) => scalarEncoder(kind, instantText),
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
        return { name, asFirst: new KnownJson(`{${key}`), asLater: new KnownJson(`,${key}`), write };
      });
      return (value, sink) => {
        let isFirst = true;
        for (const { name, asFirst, asLater, write } of named) {
          const given = (value as Readonly<Record<string, unknown>>)[name];
          if (given === undefined) continue;
          sink.known(isFirst ? asFirst : asLater);
          write(given, sink);
          isFirst = false;
        }
        sink.json(isFirst ? "{}" : "}");
      };
    },
  };
}

function scalarEncoder(kind: ScalarKind, instantText: (epochMs: number) => string): Encoder<JsonSink> {
  switch (kind) {
    case "string":
      return { room: roomOfText, write: writeText };
    case "blob":
      return { room: roomOfBlob, write: (value, sink) => sink.blob(value as MaybeBase64) };
    case "timestamp":
      return { room: roomOfScalar, write: (value, sink) => sink.json(instantText(value as number)) };
    default:
      return { room: roomOfScalar, write: (value, sink) => sink.json(String(value)) };
  }
}

function roomOfScalar(): number {
  return SCALAR_ROOM;
}

function roomOfText(value: unknown): number {
  const length = typeof value === "string" ? value.length : (value as PassedText).mostBytes;
  return Math.max(SCALAR_ROOM, length + QUOTES_ROOM);
}

function writeText(value: unknown, sink: JsonSink): void {
  if (typeof value === "string") sink.string(value);
  else sink.passed(value as PassedText);
}

function roomOfBlob(value: unknown): number {
  return Math.ceil((value as MaybeBase64).length / 3) * 4 + QUOTES_ROOM;
}
