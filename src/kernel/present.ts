import assert from "node:assert/strict";

/** The value. It is there unless we made a mistake, and then the failure says what is missing: "an endpoint". */
export function present<T>(value: T | null | undefined, what: string): T {
  assert(value !== undefined && value !== null, what);
  return value;
}
