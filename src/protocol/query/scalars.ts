import { parseIso8601 } from "../../kernel/iso8601.ts";
import { SerializationException } from "../errors.ts";
import { blobFromText, booleanFromText, integerFromText } from "../scalars.ts";
import type { FormNode } from "./form.ts";

/** How the texts of a form become scalars. GAP: AWS's words for a text that is no number or instant are not known. */

export function readString({ value, children }: FormNode): string {
  if (value === undefined && children !== undefined) {
    throw new SerializationException("Start of list found where not expected");
  }
  return value ?? "";
}

export function readInteger(kind: "integer" | "long", node: FormNode): number {
  const text = readString(node);
  const value = integerFromText(kind, text);
  if (value !== undefined) return value;
  throw new SerializationException(`'${text}' can not be converted to ${kind === "long" ? "an Long" : "an Integer"}`);
}

export function readBoolean(node: FormNode): boolean {
  return booleanFromText(readString(node));
}

export function readBlob(node: FormNode): Uint8Array {
  return blobFromText(readString(node));
}

/** On the wire an instant is written out: `2012-04-26T20:45:04Z`. */
export function readTimestamp(node: FormNode): number {
  const text = readString(node);
  const instant = parseIso8601(text);
  if (instant === undefined)
    throw new SerializationException(`'${text}' can not be converted to milliseconds since epoch`);
  return instant;
}
