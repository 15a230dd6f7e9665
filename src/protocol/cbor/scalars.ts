import { unconvertible } from "../document-reader.ts";
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

/** The value of a half-precision float. RFC 8949, appendix D. */
export function halfFloat(bits: number): number {
  const sign = bits & 0x8000 ? -1 : 1;
  const exponent = (bits >> 10) & 0x1f;
  const fraction = bits & 0x3ff;
  if (exponent === 0) return sign * fraction * 2 ** -24;
  if (exponent === 0x1f) return fraction === 0 ? sign * Number.POSITIVE_INFINITY : Number.NaN;
  return sign * (1024 + fraction) * 2 ** (exponent - 25);
}
