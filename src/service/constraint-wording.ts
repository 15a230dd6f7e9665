import type { Violation } from "../model/check.ts";
import { type Shape, type StructureShape, shapeOf } from "../model/shape.ts";

/**
 * Broken constraints in the words of AWS's common validator: `2 validation errors detected: Value null at
 * 'messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null; …`.
 */
export function constraintText(shape: StructureShape, found: readonly Violation[]): string {
  const head = found.length === 1 ? "1 validation error" : `${found.length} validation errors`;
  return `${head} detected: ${found.map((violation) => clauseOf(shape, violation)).join("; ")}`;
}

function clauseOf(shape: StructureShape, violation: Violation): string {
  const isNull = violation.value === undefined;
  const value = isNull ? "null" : `'${String(violation.value)}'`;
  return `Value ${value} at '${placeOf(shape, violation.path)}' failed to satisfy constraint: ${demandOf(violation)}`;
}

function demandOf(violation: Violation): string {
  switch (violation.constraint) {
    case "required":
      return "Member must not be null";
    case "range":
      return boundText("value", violation);
    case "length":
      return boundText("length", violation);
    case "pattern":
      return `Member must satisfy regular expression pattern: ${violation.pattern.source}`;
    case "values":
      return `Member must satisfy enum value set: [${violation.values.join(", ")}]`;
  }
}

function boundText(
  measure: "value" | "length",
  { value, min, max }: { readonly value: unknown; readonly min: number | undefined; readonly max: number | undefined },
): string {
  const size = measure === "value" ? Number(value) : sizeOf(value);
  const isTooSmall = min !== undefined && size < min;
  const bound = isTooSmall ? `greater than or equal to ${min}` : `less than or equal to ${max}`;
  return `Member must have ${measure} ${bound}`;
}

function sizeOf(value: unknown): number {
  if (typeof value === "string" || Array.isArray(value) || value instanceof Uint8Array) return value.length;
  return Object.keys(value as object).length;
}

/** AWS: members in lower camel case; what is in a list or map is called a member under its position or key. */
function placeOf(shape: StructureShape, path: readonly string[]): string {
  let at: Shape = shape;
  const steps = path.map((step) => {
    if (at.kind === "structure") {
      at = shapeOf(at.members[step]!);
      return step.charAt(0).toLowerCase() + step.slice(1);
    }
    if (at.kind === "list") at = at.item;
    else if (at.kind === "map") at = at.value;
    return `${step}.member`;
  });
  return steps.join(".");
}
