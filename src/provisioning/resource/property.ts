import type { Json, JsonMap } from "../template/value.ts";

/** What a property of a resource has to be. */
export interface Property {
  readonly kind: Kind;
  readonly isRequired?: true;
  /** Whether a change of it makes a new resource. `sometimes` depends on its value. */
  readonly replaces?: "always" | "sometimes";
}

/** A `document` is an object or the JSON text of one; what is `any` stays as it is. */
type Kind = "text" | "whole" | "flag" | "texts" | "document" | "list" | "map" | "any";

/** The properties of a resource type, by name. */
export type Properties = Readonly<Record<string, Property>>;

export const text: Property = { kind: "text" };
export const whole: Property = { kind: "whole" };
export const flag: Property = { kind: "flag" };
export const texts: Property = { kind: "texts" };
export const document: Property = { kind: "document" };
export const list: Property = { kind: "list" };
export const map: Property = { kind: "map" };
export const any: Property = { kind: "any" };

export function required(property: Property): Property {
  return { ...property, isRequired: true };
}

/** A property whose change replaces the resource. */
export function createOnly(property: Property): Property {
  return { ...property, replaces: "always" };
}

/** Why properties cannot be; or what they are in the types that the resource wants. */
type Coerced = { readonly flaw: string } | { readonly properties: JsonMap };

/** Which properties there are, and whether there may be others. */
interface PropertyRules {
  readonly properties: Properties;
  readonly takesAny?: true;
}

/** AWS: what is written as text becomes what the property wants, and the other way round. */
export function coerced({ properties: rules, takesAny }: PropertyRules, given: JsonMap): Coerced {
  const properties: [string, Json][] = [];
  for (const [name, value] of Object.entries(given)) {
    const rule = Object.hasOwn(rules, name) ? rules[name] : undefined;
    if (rule === undefined && !takesAny) return { flaw: `#: extraneous key [${name}] is not permitted` };
    const made = rule === undefined ? value : COERCIONS[rule.kind](value);
    if (made !== undefined) properties.push([name, made]);
    else return { flaw: `#/${name}: expected type: ${TYPE_NAMES[rule?.kind ?? "any"]}, found: ${typeName(value)}` };
  }
  const missing = Object.keys(rules).find((name) => rules[name]?.isRequired && !Object.hasOwn(given, name));
  if (missing !== undefined) return { flaw: `#: required key [${missing}] not found` };
  return { properties: Object.fromEntries(properties) };
}

const TYPE_NAMES: Readonly<Record<Kind, string>> = {
  text: "String",
  whole: "Integer",
  flag: "Boolean",
  texts: "JSONArray",
  document: "JSONObject",
  list: "JSONArray",
  map: "JSONObject",
  any: "Object",
};

const COERCIONS: Readonly<Record<Kind, (value: Json) => Json | undefined>> = {
  text: textOf,
  whole(value) {
    const number = typeof value === "string" && /^-?\d+$/.test(value.trim()) ? Number(value) : value;
    return Number.isSafeInteger(number) ? (number as number) : undefined;
  },
  flag(value) {
    const word = textOf(value)?.toLowerCase();
    return word === "true" ? true : word === "false" ? false : undefined;
  },
  texts(value) {
    const items = Array.isArray(value) ? value.map(textOf) : undefined;
    return items?.every((item) => item !== undefined) ? items : undefined;
  },
  document: (value) => (typeof value === "string" || isObject(value) ? value : undefined),
  list: (value) => (Array.isArray(value) ? value : undefined),
  map: (value) => (isObject(value) ? value : undefined),
  any: (value) => value,
};

function isObject(value: Json): value is JsonMap {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function textOf(value: Json): string | undefined {
  return typeof value === "object" ? undefined : String(value);
}

function typeName(value: Json): string {
  if (Array.isArray(value)) return "JSONArray";
  if (typeof value === "object") return "JSONObject";
  if (typeof value === "number") return Number.isInteger(value) ? "Integer" : "Double";
  return typeof value === "boolean" ? "Boolean" : "String";
}
