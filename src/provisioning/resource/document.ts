import type { Json } from "../template/value.ts";

/** A property as a service takes it: a document as JSON text, a number or flag as text. */
export function textOfDocument(value: Json | undefined): string | undefined {
  if (value === undefined || value === null) return undefined;
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}
