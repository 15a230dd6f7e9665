import { isUtf8 } from "node:buffer";
import { JsonCursor } from "../kernel/json/json-cursor.ts";
import { hasMoreValues } from "../kernel/json/json-value-count.ts";
import type { StructureShape } from "../model/shape.ts";
import { SerializationException } from "./errors.ts";
import { MOST_VALUES, prunedDocument } from "./pruned-document.ts";

/** A value and what separates it from the next are two bytes at the least. */
const FEW_BYTES = 2 * MOST_VALUES;

/**
 * The JSON object that a body is, with no more in it than can matter to the shape. Throws SerializationException for
 * what is no JSON object at all, without a text as AWS does.
 */
export function jsonDocument(shape: StructureShape, body: Buffer): object {
  if (!isUtf8(body)) throw new SerializationException("");
  if (body.length > FEW_BYTES && hasMoreValues(body, MOST_VALUES)) return pruned(shape, body);
  const value = parsed(body.toString("utf8"));
  if (typeof value !== "object" || value === null || Array.isArray(value)) throw new SerializationException("");
  return value;
}

/** What JSON.parse would make of the body, as far as it can matter to the shape. */
function pruned(shape: StructureShape, body: Buffer): object {
  const cursor = new JsonCursor(body, () => new SerializationException(""));
  if (cursor.kind() !== "map") throw new SerializationException("");
  const document = prunedDocument(shape, cursor);
  cursor.end();
  return document;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
