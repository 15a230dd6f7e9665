import assert from "node:assert/strict";

/** The value. It is there unless we made a mistake, and then the failure says what is missing: "an endpoint". */
export function present<T>(value: T | undefined, what: string): T {
  if (value === undefined) assert.fail(`${what} is missing`); // cheaper than assert itself, which is not inlined
  return value;
}
