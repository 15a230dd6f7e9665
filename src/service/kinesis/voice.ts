import type { AwsError } from "../../kernel/aws-error.ts";
import type { Violation } from "../../model/check.ts";
import type { Shape } from "../../model/shape.ts";
import { ValidationException } from "./errors.ts";
import { textOfPattern } from "./patterns.ts";

/** AWS: what is found beyond so many is dropped, and not counted either. */
const MOST_TEXTS = 10;

const PART_TEXTS = { item: "Member", key: "Map keys", entry: "Map value" };

/** The error Kinesis answers broken constraints with. */
export function worded(violations: readonly Violation[]): AwsError {
  // AWS: a list or map says once what is the matter with its parts, however many of them it is.
  const texts = [...new Set(violations.map(textOf))].slice(0, MOST_TEXTS);
  const errors = texts.length === 1 ? "error" : "errors";
  return new ValidationException(`${texts.length} validation ${errors} detected: ${texts.join("; ")}`);
}

/** The error for a member that has to be there for reasons the shape does not know. */
export function missing(member: string): AwsError {
  return worded([{ constraint: "required", path: [member], member, value: undefined }]);
}

/** The error for data that is longer than the stream takes; `path` leads to it. */
export function tooLong(data: Uint8Array, path: readonly string[], max: number): AwsError {
  return worded([{ constraint: "length", path, member: "Data", value: data, min: undefined, max }]);
}

function textOf(violation: Violation): string {
  const { whole, path } = violation;
  if (whole === undefined) return failure(path, violation.value, constraintOf(violation));
  const constraint = `${PART_TEXTS[whole.part]} must satisfy constraint: [${constraintsOf(whole.shape).join(", ")}]`;
  return failure(path.slice(0, -1), whole.value, constraint);
}

function failure(path: readonly string[], value: unknown, constraint: string): string {
  return `Value${rendered(value)} at '${pathText(path)}' failed to satisfy constraint: ${constraint}`;
}

function constraintOf(violation: Violation): string {
  switch (violation.constraint) {
    case "required":
      return "Member must not be null";
    case "pattern":
      return patternText(violation.pattern);
    case "values":
      return valuesText(violation.values);
    case "range": {
      const { min, max, value } = violation;
      return min !== undefined && (value as number) < min ? atLeast("value", min) : atMost("value", max);
    }
    case "length": {
      const { min, max, value } = violation;
      return min !== undefined && lengthOf(value) < min ? atLeast("length", min) : atMost("length", max);
    }
  }
}

/** All that a part of a list or map has to satisfy. */
function constraintsOf(shape: Shape): readonly string[] {
  if (shape.kind !== "string") return [];
  const { min, max, pattern, values } = shape;
  return [
    ...(max === undefined ? [] : [atMost("length", max)]),
    ...(min === undefined ? [] : [atLeast("length", min)]),
    ...(pattern === undefined ? [] : [patternText(pattern)]),
    ...(values === undefined ? [] : [valuesText(values)]),
  ];
}

function atLeast(what: "value" | "length", min: number): string {
  return `Member must have ${what} greater than or equal to ${min}`;
}

function atMost(what: "value" | "length", max: number | undefined): string {
  return `Member must have ${what} less than or equal to ${max}`;
}

function patternText(pattern: RegExp): string {
  return `Member must satisfy regular expression pattern: ${textOfPattern(pattern)}`;
}

function valuesText(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(", ")}]`;
}

function lengthOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return Object.keys(value as object).length;
}

/** `records.3.member.data` */
function pathText(path: readonly string[]): string {
  return path
    .map((step) => (/^\d/.test(step) ? `${step}.member` : step.charAt(0).toLowerCase() + step.slice(1)))
    .join(".");
}

/** AWS: blobs and lists of structures are not shown any more; before that, what was shown of them said nothing. */
function rendered(value: unknown): string {
  if (value === undefined) return " null";
  if (value instanceof Uint8Array) return "";
  if (Array.isArray(value)) return value.some((item) => typeof item === "object") ? "" : ` '[${value.join(", ")}]'`;
  if (typeof value !== "object" || value === null) return ` '${value}'`;
  return ` '{${Object.entries(value)
    .map((entry) => entry.join("="))
    .join(", ")}}'`;
}
