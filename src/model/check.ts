import { isRequired, type Shape, type StringShape, type StructureShape, shapeOf } from "./shape.ts";

/** One constraint that a value breaks. */
export type Violation = {
  /** The way to the value from the input: member names, map keys, and list positions from 1. */
  readonly path: readonly string[];
  /** The last member name on that way. */
  readonly member: string;
  readonly value: unknown;
  /** The list or map the value is a part of, unless it is a member of a structure. */
  readonly whole?: Whole | undefined;
} & (
  | { readonly constraint: "required" }
  | { readonly constraint: "range" | "length"; readonly min: number | undefined; readonly max: number | undefined }
  | { readonly constraint: "pattern"; readonly pattern: RegExp }
  | { readonly constraint: "values"; readonly values: readonly string[] }
);

/** A list or map, one of whose items, keys or entries breaks a constraint. */
export interface Whole {
  readonly part: "item" | "key" | "entry";
  readonly value: unknown;
  /** What each of those parts has to be. */
  readonly shape: Shape;
}

/** Where the checker stands; the path is spelled out only when something is wrong there. */
interface Place {
  readonly parent: Place | undefined;
  readonly step: string;
  readonly member: string;
  readonly whole?: Whole;
}

/** Every constraint the value breaks, in the order of the members. Empty for nearly every call. */
export function violations(shape: StructureShape, value: unknown): readonly Violation[] {
  const found: Violation[] = [];
  checkMembers(shape, value, undefined, found);
  return found;
}

function checkMembers(shape: StructureShape, value: unknown, parent: Place | undefined, found: Violation[]): void {
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in shape.members) {
    const member = shape.members[name]!;
    const given = members[name];
    const place = { parent, step: name, member: name };
    if (given !== undefined) check(shapeOf(member), given, place, found);
    else if (isRequired(member)) found.push({ constraint: "required", ...report(place, given) });
  }
}

function check(shape: Shape, value: unknown, place: Place, found: Violation[]): void {
  switch (shape.kind) {
    case "string":
      return checkString(shape, value as string, place, found);
    case "integer":
    case "long":
      return checkBounds("range", shape, value as number, place, value, found);
    case "blob":
      return checkBounds("length", shape, (value as Uint8Array).length, place, value, found);
    case "list": {
      const items = value as readonly unknown[];
      checkBounds("length", shape, items.length, place, value, found);
      const whole: Whole = { part: "item", value, shape: shape.item };
      items.forEach((item, index) => {
        check(shape.item, item, { parent: place, step: String(index + 1), member: place.member, whole }, found);
      });
      return;
    }
    case "map": {
      const entries = Object.entries(value as Readonly<Record<string, unknown>>);
      checkBounds("length", shape, entries.length, place, value, found);
      const ofKeys: Whole = { part: "key", value, shape: shape.key };
      const ofEntries: Whole = { part: "entry", value, shape: shape.value };
      for (const [key, item] of entries) {
        const entry = { parent: place, step: key, member: place.member };
        checkString(shape.key, key, { ...entry, whole: ofKeys }, found);
        check(shape.value, item, { ...entry, whole: ofEntries }, found);
      }
      return;
    }
    case "structure":
      return checkMembers(shape, value, place, found);
    default:
      return;
  }
}

/** AWS: the form of a text is looked at before its length. */
function checkString(shape: StringShape, value: string, place: Place, found: Violation[]): void {
  const { pattern, values } = shape;
  if (pattern !== undefined && !pattern.test(value)) {
    found.push({ constraint: "pattern", pattern, ...report(place, value) });
  }
  if (values !== undefined && !values.includes(value)) {
    found.push({ constraint: "values", values, ...report(place, value) });
  }
  checkBounds("length", shape, value.length, place, value, found);
}

function checkBounds(
  constraint: "range" | "length",
  { min, max }: { readonly min?: number; readonly max?: number },
  size: number,
  place: Place,
  value: unknown,
  found: Violation[],
): void {
  if ((min !== undefined && size < min) || (max !== undefined && size > max)) {
    found.push({ constraint, min, max, ...report(place, value) });
  }
}

function report(place: Place, value: unknown): Pick<Violation, "path" | "member" | "value" | "whole"> {
  const path: string[] = [];
  for (let at: Place | undefined = place; at !== undefined; at = at.parent) path.unshift(at.step);
  return { path, member: place.member, value, whole: place.whole };
}
