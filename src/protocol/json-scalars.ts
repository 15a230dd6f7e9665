import { readInteger, unconvertible } from "./document-scalars.ts";
import { blobFromText, instantOf, integerFromText } from "./scalars.ts";

/** The scalars that JSON writes in a way of its own. */

/** Takes a string of digits for an integer, too. */
export function readSpelledInteger(kind: "integer" | "long", value: unknown): number {
  const spelled = typeof value === "string" ? integerFromText(kind, value) : undefined;
  return spelled ?? readInteger(kind, value);
}

export function readBlob(value: unknown): Uint8Array {
  if (typeof value !== "string") throw unconvertible(value, "a Blob");
  return blobFromText(value);
}

/** On the wire an instant is a number of seconds, fractions allowed. */
export function readTimestamp(value: unknown): number {
  if (typeof value !== "number") throw unconvertible(value, "milliseconds since epoch");
  return instantOf(value * 1000);
}
