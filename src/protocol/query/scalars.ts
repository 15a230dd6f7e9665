import { parseIso8601 } from "../../kernel/time/iso8601.ts";
import { SerializationException } from "../errors.ts";
import { blobFromText, booleanFromText, readInstantText, readIntegerText } from "../scalars.ts";
import type { FormNode } from "./form.ts";

/** How the texts of a form become scalars. */

export function readString({ value, children }: FormNode): string {
  if (value === undefined && children !== undefined) {
    throw new SerializationException("Start of list found where not expected");
  }
  return value ?? "";
}

export function readInteger(kind: "integer" | "long", node: FormNode): number {
  return readIntegerText(kind, readString(node));
}

export function readBoolean(node: FormNode): boolean {
  return booleanFromText(readString(node));
}

export function readBlob(node: FormNode): Uint8Array {
  return blobFromText(readString(node));
}

/** On the wire an instant is written out: `2012-04-26T20:45:04Z`. */
export function readTimestamp(node: FormNode): number {
  return readInstantText(readString(node), parseIso8601);
}
