import type { AwsError } from "../../kernel/aws-error.ts";
import { checked, type Violation } from "../../model/check.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import { ValidationException } from "./errors.ts";

/** The input, typed. Throws ValidationException with all that is wrong with it. */
export function check<I extends StructureShape>(shape: I, input: unknown): Infer<I> {
  return checked(shape, input, (found) => worded(shape, found));
}

/** The error for data that is longer than the stream takes; each of the paths leads to some. */
export function tooLong(shape: StructureShape, paths: readonly (readonly string[])[], max: number): AwsError {
  const length = { constraint: "length", member: "Data", value: NOT_SHOWN, min: undefined, max } as const;
  return worded(
    shape,
    paths.map((path) => ({ ...length, path })),
  );
}

const NOT_SHOWN = new Uint8Array();

function worded(shape: StructureShape, found: readonly Violation[]): AwsError {
  return new ValidationException(constraintText(shape, found));
}
