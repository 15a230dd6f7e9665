import { checked, type Violation } from "../../model/check.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import { Validation } from "./errors.ts";

/** The input, typed. Throws ValidationException with all that is wrong with it. */
export function check<I extends StructureShape>(shape: I, input: unknown): Infer<I> {
  const refuse = (found: readonly Violation[]) =>
    new Validation(constraintText(shape, lengthsFirst(found), { refusesNullParts: true }));
  return checked(shape, input, refuse);
}

/** AWS: of one member the length is complained about before the pattern. */
function lengthsFirst(found: readonly Violation[]): readonly Violation[] {
  const places = new Map<string, Violation[]>();
  for (const violation of found) {
    const place = JSON.stringify(violation.path);
    const known = places.get(place);
    if (known === undefined) places.set(place, [violation]);
    else if (violation.constraint === "length") known.unshift(violation);
    else known.push(violation);
  }
  return [...places.values()].flat();
}
