import assert from "node:assert/strict";

/** A text that has passed its shape's check, as one of the values the shape allows. */
export function oneOf<const Value extends string>(values: readonly Value[], text: string): Value {
  const found = values.find((value) => value === text);
  assert(found !== undefined, `${text} is one of ${values.join(", ")}`);
  return found;
}
