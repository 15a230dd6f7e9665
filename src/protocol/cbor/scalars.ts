import { unconvertible } from "../document-scalars.ts";
import { instantOf } from "../scalars.ts";

/** The scalars that CBOR writes in a way of its own. */

export function readBlob(value: unknown): Uint8Array {
  if (!(value instanceof Uint8Array)) throw unconvertible(value, "a Blob");
  return value;
}

/** AWS: an instant is an integer of milliseconds, whatever RFC 8949 says of its tag. Fractions are taken for floats. */
export function readTimestamp(value: unknown): number {
  if (Number.isInteger(value)) return instantOf(value as number);
  if (typeof value !== "number" || !Number.isFinite(value)) throw unconvertible(value, "milliseconds since epoch");
  return instantOf(instantOfFloat(value));
}

/** As milliseconds, a float below this is an instant before March 1973; as seconds, it is one before the year 5138. */
const LEAST_MILLISECONDS = 1e11;

/** Epoch milliseconds from a float, which is in seconds as RFC 8949 has it, unless too large for that. */
export function instantOfFloat(value: number): number {
  return Math.round(Math.abs(value) < LEAST_MILLISECONDS ? value * 1000 : value);
}
