import { Base64 } from "../kernel/base64.ts";
import { characterCount } from "../kernel/character-count.ts";
import { present } from "../kernel/present.ts";
import type { Violation, Whole } from "../model/check.ts";
import { type DoubleShape, type Shape, type StructureShape, shapeOf, type TextPattern } from "../model/shape.ts";

/** AWS: what is found beyond so many is dropped, and not counted either. */
const MOST_CLAUSES = 10;

/** How services differ in the words of the common validator. */
interface WordingOptions {
  /** Whether what is demanded of the parts of lists and maps ends with their not being null. */
  readonly refusesNullParts?: boolean;
}

/**
 * Broken constraints in the words of AWS's common validator: `2 validation errors detected: Value null at
 * 'messageAttributes.a.member.dataType' failed to satisfy constraint: Member must not be null; …`.
 */
export function constraintText(
  shape: StructureShape,
  found: readonly Violation[],
  { refusesNullParts = false }: WordingOptions = {},
): string {
  // AWS: a list or map says once what is the matter with its parts, however many of them it is.
  const worded = found.map((violation) => clauseOf(shape, violation, refusesNullParts));
  const clauses = [...new Set(worded)].slice(0, MOST_CLAUSES);
  const head = clauses.length === 1 ? "1 validation error" : `${clauses.length} validation errors`;
  return `${head} detected: ${clauses.join("; ")}`;
}

function clauseOf(shape: StructureShape, violation: Violation, refusesNullParts: boolean): string {
  const { whole, path, value } = violation;
  if (whole === undefined) return clause(placeOf(shape, path), value, demandOf(violation));
  // AWS: keys, which cannot be null, are left out. GAP: what services without such words say of null is not known.
  const refusesNull = (refusesNullParts && whole.part !== "key") || violation.constraint === "required";
  const demands = [...demandsOf(whole.shape), ...(refusesNull ? ["Member must not be null"] : [])];
  const demand = `${PART_NAMES[whole.part]} must satisfy constraint: [${demands.join(", ")}]`;
  return clause(placeOf(shape, path.slice(0, -1)), whole.isSecret ? NOT_SHOWN : whole.value, demand);
}

const PART_NAMES: Readonly<Record<Whole["part"], string>> = { item: "Member", key: "Map keys", entry: "Map value" };

function clause(place: string, value: unknown, demand: string): string {
  return `Value ${shown(value)}at '${place}' failed to satisfy constraint: ${demand}`;
}

/** Stands for a value that must not be told: bytes are shown of nothing. */
const NOT_SHOWN = new Uint8Array();

/** AWS: large values are left out. GAP: how large they are is not known. */
const LONGEST_SHOWN = 64 * 1024;

/** The value and a blank. AWS: neither bytes are shown, nor lists and maps of anything but texts and numbers. */
function shown(value: unknown): string {
  if (value === undefined) return "null ";
  if (typeof value !== "object" || value === null) return quoted(String(value));
  if (value instanceof Uint8Array || value instanceof Base64 || !isShort(value)) return "";
  if (Array.isArray(value)) return quoted(`[${value.map((item) => String(item ?? null)).join(", ")}]`);
  const entries = Object.entries(value).map(([key, entry]) => `${key}=${entry ?? null}`);
  return quoted(`{${entries.join(", ")}}`);
}

function quoted(text: string): string {
  return text.length > LONGEST_SHOWN ? "" : `'${text}' `;
}

/** Whether a list or map is made of texts and numbers that can be shown together. */
function isShort(value: object): boolean {
  let length = 0;
  for (const item of Object.values(value)) {
    if (typeof item === "number" || item === undefined) continue;
    if (typeof item !== "string") return false;
    length += item.length;
  }
  return length <= LONGEST_SHOWN;
}

function demandOf(violation: Violation): string {
  switch (violation.constraint) {
    case "required":
      return "Member must not be null";
    case "pattern":
      return patternDemand(violation.pattern);
    case "values":
      return valuesDemand(violation.values);
    case "range":
    case "length": {
      const { constraint, min, max, value } = violation;
      const [measure, size] = constraint === "range" ? ["value", Number(value)] : ["length", lengthOf(value)];
      return min !== undefined && size < min ? atLeast(measure, min) : atMost(measure, max);
    }
  }
}

/** All that a part of a list or map has to be. */
function demandsOf(shape: Shape): readonly string[] {
  if (shape.kind === "double") return rangeDemands(shape);
  if (shape.kind !== "string") return [];
  const { min, max, pattern, values } = shape;
  return [
    ...(max === undefined ? [] : [atMost("length", max)]),
    ...(min === undefined ? [] : [atLeast("length", min)]),
    ...(pattern === undefined ? [] : [patternDemand(pattern)]),
    ...(values === undefined ? [] : [valuesDemand(values)]),
  ];
}

/** As Java prints a double: `1.0`. */
function rangeDemands({ min, max }: DoubleShape): readonly string[] {
  const text = (value: number): string => (Number.isInteger(value) ? value.toFixed(1) : String(value));
  return [
    ...(max === undefined ? [] : [`Member must have value less than or equal to ${text(max)}`]),
    ...(min === undefined ? [] : [`Member must have value greater than or equal to ${text(min)}`]),
  ];
}

function atLeast(measure: string, min: number): string {
  return `Member must have ${measure} greater than or equal to ${min}`;
}

function atMost(measure: string, max: number | undefined): string {
  return `Member must have ${measure} less than or equal to ${max}`;
}

function patternDemand(pattern: TextPattern): string {
  return `Member must satisfy regular expression pattern: ${textOfPattern(pattern)}`;
}

function valuesDemand(values: readonly string[]): string {
  return `Member must satisfy enum value set: [${values.join(", ")}]`;
}

function lengthOf(value: unknown): number {
  if (typeof value === "string") return characterCount(value);
  if (Array.isArray(value)) return value.length;
  if (value instanceof Uint8Array || value instanceof Base64) return value.length;
  return Object.keys(value as object).length;
}

/** AWS: members in lower camel case; what is in a list or map is called a member under its position or key. */
function placeOf(shape: StructureShape, path: readonly string[]): string {
  let at: Shape = shape;
  const steps = path.map((step) => {
    if (at.kind === "structure") {
      at = shapeOf(present(at.members[step], "a member of the shape"));
      return step.charAt(0).toLowerCase() + step.slice(1);
    }
    if (at.kind === "list") at = at.item;
    else if (at.kind === "map") at = at.value;
    return `${step}.member`;
  });
  return steps.join(".");
}

const texts = new WeakMap<TextPattern, string>();

/** A pattern that the whole value must match, and that messages show as it is written in the model. */
export function pattern(text: string): TextPattern {
  return described(text, new RegExp(`^(?:${text})$`));
}

/** Gives a test the text of the pattern it stands for. */
export function described(text: string, test: TextPattern): TextPattern {
  texts.set(test, text);
  return test;
}

/** How messages show the pattern. */
export function textOfPattern(expression: TextPattern): string {
  const text = texts.get(expression);
  if (text !== undefined) return text;
  return expression instanceof RegExp ? expression.source : "";
}
