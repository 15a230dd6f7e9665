import type { MaybeBase64 } from "../kernel/base64.ts";
import { characterCount } from "../kernel/character-count.ts";
import {
  type Infer,
  isRequired,
  type ListShape,
  type MapShape,
  type Shape,
  type StringShape,
  type StructureShape,
  shapeOf,
  type TextPattern,
} from "./shape.ts";

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
  | { readonly constraint: "pattern"; readonly pattern: TextPattern }
  | { readonly constraint: "values"; readonly values: readonly string[] }
);

/** A list or map, one of whose items, keys or entries breaks a constraint. */
export interface Whole {
  readonly part: "item" | "key" | "entry";
  readonly value: unknown;
  /** Whether messages must not show the value. */
  readonly isSecret?: boolean | undefined;
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

/**
 * So many violations are described; no service tells of as many. An input can hold millions of items, each of them bad,
 * and its answer must not take memory and time by their number.
 */
const MOST_DESCRIBED = 100;

/** A longer text matches no pattern: none needs as much. */
const LONGEST_MATCHED = 16 * 1024;

/**
 * The constraints the value breaks, in the order of the members: all of them, but of a list's or map's own parts only
 * the first bad one. Empty for nearly every call.
 */
export function violations(shape: StructureShape, value: unknown): readonly Violation[] {
  const found: Violation[] = [];
  checkMembers(shape, value, undefined, found);
  return found;
}

/** The value as one of the shape. Throws what `refuse` makes of the constraints it breaks. */
export function checked<S extends StructureShape>(
  shape: S,
  value: unknown,
  refuse: (found: readonly Violation[]) => Error,
): Infer<S> {
  const found = violations(shape, value);
  if (found.length > 0) throw refuse(found);
  return value as Infer<S>;
}

function checkMembers(shape: StructureShape, value: unknown, parent: Place | undefined, found: Violation[]): void {
  const members = value as Readonly<Record<string, unknown>>;
  for (const name in shape.members) {
    const member = shape.members[name];
    if (member === undefined) continue;
    const given = members[name];
    if (given === undefined && !isRequired(member)) continue;
    const place = { parent, step: name, member: name };
    if (given !== undefined) check(shapeOf(member), given, place, found);
    else found.push({ constraint: "required", ...report(place, given) });
  }
}

function check(shape: Shape, value: unknown, place: Place, found: Violation[]): void {
  switch (shape.kind) {
    case "string":
      return checkString(shape, value as string, place, found);
    case "integer":
    case "long":
    case "double":
      return checkBounds("range", shape, value as number, place, value, found);
    case "blob":
      return checkBounds("length", shape, (value as MaybeBase64).length, place, value, found);
    case "list":
      return checkItems(shape, value as readonly unknown[], place, found);
    case "map":
      return checkEntries(shape, value as Readonly<Record<string, unknown>>, place, found);
    case "structure":
      return checkMembers(shape, value, place, found);
    default:
      return;
  }
}

function checkItems(shape: ListShape, items: readonly unknown[], place: Place, found: Violation[]): void {
  checkBounds("length", shape, items.length, place, items, found);
  const whole: Whole = { part: "item", value: items, shape: shape.item };
  for (let index = 0; index < items.length && !isToldOf(whole, found); index++) {
    const item = items[index];
    const at = { parent: place, step: String(index + 1), member: place.member, whole };
    if (item !== undefined) check(shape.item, item, at, found);
    else found.push({ constraint: "required", ...report(at, item) });
  }
}

function checkEntries(
  shape: MapShape,
  map: Readonly<Record<string, unknown>>,
  parent: Place,
  found: Violation[],
): void {
  const { member } = parent;
  const keys = Object.keys(map);
  checkBounds("length", shape, keys.length, parent, map, found);
  const ofKeys: Whole = { part: "key", value: map, shape: shape.key, isSecret: shape.isSecret };
  for (const key of keys) {
    if (isToldOf(ofKeys, found)) break;
    checkString(shape.key, key, { parent, step: key, member, whole: ofKeys }, found);
  }
  const ofEntries: Whole = { part: "entry", value: map, shape: shape.value, isSecret: shape.isSecret };
  for (const key of keys) {
    if (isToldOf(ofEntries, found)) break;
    const at = { parent, step: key, member, whole: ofEntries };
    if (map[key] !== undefined) check(shape.value, map[key], at, found);
    else found.push({ constraint: "required", ...report(at, undefined) });
  }
}

/** Whether there is nothing more to say of the parts of a list or map: one of them is bad, or enough else is. */
function isToldOf(whole: Whole, found: readonly Violation[]): boolean {
  const last = found.at(-1);
  return last !== undefined && (last.whole === whole || found.length >= MOST_DESCRIBED);
}

/** AWS: the form of a text is looked at before its length. */
function checkString(shape: StringShape, value: string, place: Place, found: Violation[]): void {
  const { pattern, values } = shape;
  if (pattern !== undefined && (value.length > LONGEST_MATCHED || !pattern.test(value))) {
    found.push({ constraint: "pattern", pattern, ...report(place, value) });
  }
  if (values !== undefined && !values.includes(value)) {
    found.push({ constraint: "values", values, ...report(place, value) });
  }
  checkBounds("length", shape, lengthOf(value, shape), place, value, found);
}

/** AWS: a text is as long as it has characters. They are counted where the units of UTF-16 do not decide already. */
function lengthOf(value: string, { min = 0, max = Number.POSITIVE_INFINITY }: StringShape): number {
  const units = value.length;
  const isDecided = (units <= max || units > 2 * max) && (units < min || units >= 2 * min);
  return isDecided ? units : characterCount(value);
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

/**
 * How long lists were on the wire of which only a part was kept. A list with a maximum is not read much further than
 * that: it is refused anyway, and an error that tells its length finds it here.
 */
const lengths = new WeakMap<object, number>();

/** Says that the list is the beginning of a longer one. */
export function markCut(list: readonly unknown[], length: number): void {
  lengths.set(list, length);
}

/** How many items the list had on the wire. */
export function sentLength(list: readonly unknown[]): number {
  return lengths.get(list) ?? list.length;
}
