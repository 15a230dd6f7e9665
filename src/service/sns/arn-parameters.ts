import { type StructureShape, shapeOf, string } from "../../model/shape.ts";
import type { Call } from "../service.ts";
import { invalidParameter } from "./errors.ts";

/** A parameter that names a resource by its ARN. */
export const arn = string();

/** The ARN of what is tagged. */
export const taggedArn = string({ min: 1, max: 1011 });

const ARN_ELEMENTS = 6;
const REGION_ELEMENT = 3;

/** A parameter of an operation that names a resource. */
interface ArnParameter {
  readonly name: string;
  readonly isRequired: boolean;
}

/** The parameters of an input that are ARNs. */
export function arnParametersOf({ members }: StructureShape): readonly ArnParameter[] {
  return Object.entries(members)
    .map(([name, member]) => ({ name, shape: shapeOf(member), isRequired: "isRequired" in member }))
    .filter(({ shape }) => shape === arn || shape === taggedArn)
    .map(({ name, isRequired }) => ({ name, isRequired }));
}

/**
 * Throws InvalidParameter unless every ARN that is wanted is there, and each is one, of the region that is called. AWS:
 * told before anything else about the input, such as attributes that are missing.
 */
export function checkArnParameters(call: Call, parameters: readonly ArnParameter[], input: unknown): void {
  for (const { name, isRequired } of parameters) {
    const value = (input as Readonly<Record<string, string | undefined>>)[name];
    if (value !== undefined) checkArn(call, name, value);
    else if (isRequired) throw invalidParameter(name, "no value for required parameter");
  }
}

function checkArn(call: Call, parameter: string, value: string): void {
  const elements = value.split(":", ARN_ELEMENTS);
  if (elements.length < ARN_ELEMENTS) {
    throw invalidParameter(parameter, `An ARN must have at least ${ARN_ELEMENTS} elements, not ${elements.length}`);
  }
  if (!isCallersRegion(call, elements[REGION_ELEMENT])) throw invalidParameter(parameter);
}

/** Whether a resource of that region can be meant; any can when neither signature nor host say which one is called. */
export function isCallersRegion({ namesRegion, scope }: Call, region: string | undefined): boolean {
  return !namesRegion || region === scope.region;
}
