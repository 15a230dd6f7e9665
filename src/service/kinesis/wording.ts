import type { AwsError } from "../../kernel/aws-error.ts";
import { checked } from "../../model/check.ts";
import type { Infer, StructureShape } from "../../model/shape.ts";
import { constraintText } from "../constraint-wording.ts";
import { ValidationException } from "./errors.ts";

/** The input, typed. Throws ValidationException with all that is wrong with it. */
export function check<I extends StructureShape>(shape: I, input: unknown): Infer<I> {
  return checked(shape, input, (found) => new ValidationException(constraintText(shape, found)));
}

/** The error for data that is longer than the stream takes; each of the paths leads to some. AWS: with a full stop. */
export function tooLong(shape: StructureShape, paths: readonly (readonly string[])[], max: number): AwsError {
  const length = { constraint: "length", member: "Data", value: NOT_SHOWN, min: undefined, max } as const;
  const found = paths.map((path) => ({ ...length, path }));
  return new ValidationException(`${constraintText(shape, found)}.`);
}

const NOT_SHOWN = new Uint8Array();
