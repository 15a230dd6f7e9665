import type { AwsError } from "../kernel/aws-error.ts";
import { SerializationException } from "./errors.ts";
import { blobFromText, booleanFromText, instantOf, integerFromText, integerOf } from "./scalars.ts";

/**
 * How the values of a JSON or CBOR document become scalars. The texts are AWS's, mistakes included: "an String", and a
 * full stop here or there.
 *
 * GAP: they are known for JSON. What AWS says of the same mistakes in CBOR is not; it is taken to say the same.
 */

const CLASS_OF_TYPE: Readonly<Record<string, string>> = {
  string: "class java.lang.String",
  boolean: "class java.lang.Boolean",
  number: "class com.amazon.coral.value.json.numbers.TruncatingBigNumber",
  object: "class java.nio.HeapByteBuffer",
};

/** What AWS says of a value that is not what its shape wants; `otherwise` is said of scalars. */
export function misfit(value: unknown, otherwise: string): AwsError {
  if (Array.isArray(value)) return new SerializationException("Start of list found where not expected");
  if (typeof value === "object" && !(value instanceof Uint8Array)) {
    return new SerializationException("Start of structure or map found where not expected.");
  }
  return new SerializationException(otherwise);
}

/** The same for a shape that is a scalar itself: `an Integer`. */
export function unconvertible(value: unknown, kind: string): AwsError {
  return misfit(value, `${CLASS_OF_TYPE[typeof value]} can not be converted to ${kind}`);
}

export function readString(value: unknown): string {
  if (typeof value !== "string") throw unconvertible(value, "an String");
  return value;
}

export function readInteger(kind: "integer" | "long", value: unknown): number {
  if (typeof value === "number" && !Number.isNaN(value)) return integerOf(kind, value);
  throw unconvertible(value, kind === "long" ? "an Long" : "an Integer");
}

/** Whole numbers are refused, 1 and 0 as well, but a fraction passes for true. */
export function readBoolean(value: unknown): boolean {
  if (typeof value === "boolean") return value;
  if (typeof value === "string") return booleanFromText(value);
  if (typeof value === "number" && !Number.isInteger(value)) return true;
  throw unconvertible(value, "an Boolean");
}

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
