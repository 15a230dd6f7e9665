import type { AwsError } from "../../kernel/aws-error.ts";
import { present } from "../../kernel/present.ts";
import type { Violation } from "../../model/check.ts";
import { type StructureShape, shapeOf } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import {
  EmptyBatchRequest,
  invalid,
  invalidParameter,
  TooManyEntriesInBatchRequest,
  ValidationError,
} from "./errors.ts";

/** The list whose length the service judges by itself, once nothing is missing. */
const ENTRIES = "PublishBatchRequestEntries";

/** Parameters whose absence has words of its own. */
const absences: Readonly<Record<string, () => AwsError>> = {
  Message: () => invalid("Empty message"),
  [ENTRIES]: () => new EmptyBatchRequest(),
};

/**
 * The error for the constraints an input breaks, which two parties word: a validator in front of the service, which tells
 * of everything at once, and the service itself, which misses one parameter at a time.
 */
export function worded(shape: StructureShape, found: readonly Violation[]): AwsError {
  const own = found.filter((violation) => isOverfull(violation) || isMissingParameter(shape, violation));
  if (own.length < found.length) {
    const general = found.filter((violation) => !own.includes(violation));
    return new ValidationError(constraintText(shape, general.map(withEmptyAsNull)));
  }
  const missing = own.find((violation) => !isOverfull(violation));
  if (missing === undefined) return new TooManyEntriesInBatchRequest();
  const { member } = missing;
  return absences[member]?.() ?? invalidParameter(member, "no value for required parameter");
}

function isOverfull({ constraint, path, member }: Violation): boolean {
  return constraint === "length" && path.length === 1 && member === ENTRIES;
}

/** AWS: lists and maps of a request, and whatever is inside them, are the validator's; the rest is the service's. */
function isMissingParameter(shape: StructureShape, { constraint, path, member }: Violation): boolean {
  if (constraint !== "required" || path.length !== 1) return false;
  const { kind } = shapeOf(present(shape.members[member], "a member of the shape"));
  return (kind !== "list" && kind !== "map") || absences[member] !== undefined;
}

/** AWS: on the wire nothing tells a list or map without items from one that is not there. */
function withEmptyAsNull(violation: Violation): Violation {
  const { path, member, value } = violation;
  const isEmpty = typeof value === "object" && value !== null && Object.keys(value).length === 0;
  return isEmpty ? { constraint: "required", path, member, value: undefined } : violation;
}
