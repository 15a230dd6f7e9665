/** A number whose text in the template is not the one JavaScript would write: `1.10`, `1e3`. */
export class SourceNumber {
  readonly value: number;
  /** As it stands in the template. */
  readonly text: string;

  constructor(value: number, text: string) {
    this.value = value;
    this.text = text;
  }
}

/** Ref of a resource, or one of its attributes: what is known when the resource is there. */
export class Reference {
  readonly logicalId: string;
  /** Undefined for what Ref returns. */
  readonly attribute: string | undefined;

  constructor(logicalId: string, attribute?: string) {
    this.logicalId = logicalId;
    this.attribute = attribute;
  }
}

/** A function that waits for a reference in its argument. */
export class Deferred {
  readonly name: string;
  readonly argument: Value;

  constructor(name: string, argument: Value) {
    this.name = name;
    this.argument = argument;
  }
}

/** AWS::NoValue: whatever holds it goes without. */
export class NoValue {
  readonly isNoValue = true;
}

export const NO_VALUE = new NoValue();

export type Scalar = string | number | boolean | null | SourceNumber;

/** A value of a template: written there, or what has been made of it. */
export type Value = Scalar | Reference | Deferred | NoValue | readonly Value[] | ValueMap;

/** An object of a template, in its order. */
export type ValueMap = { readonly [key: string]: Value };

/** What JSON can say. */
export type Json = string | number | boolean | null | readonly Json[] | JsonMap;

export type JsonMap = { readonly [key: string]: Json };

export function isMap(value: Value | undefined): value is ValueMap {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return false;
  return !(isLeaf(value) || value instanceof Deferred);
}

export function isList(value: Value | undefined): value is readonly Value[] {
  return Array.isArray(value);
}

function isLeaf(value: object): boolean {
  return value instanceof SourceNumber || value instanceof Reference || value instanceof NoValue;
}

/** The text of a scalar as it stood in the template; undefined for everything else. */
export function textOf(value: Value | undefined): string | undefined {
  if (typeof value === "string") return value;
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  return value instanceof SourceNumber ? value.text : undefined;
}

/** Whether nothing in it waits for a resource. */
export function isKnown(value: Value): boolean {
  if (value instanceof Reference || value instanceof Deferred) return false;
  if (isList(value)) return value.every(isKnown);
  return !isMap(value) || Object.values(value).every(isKnown);
}

/** What it waits for, each reference once, in their order. */
export function waitingFor(value: Value, found = new Map<string, Reference>()): Iterable<Reference> {
  if (value instanceof Reference) found.set(`${value.logicalId}.${value.attribute ?? ""}`, value);
  else if (value instanceof Deferred) waitingFor(value.argument, found);
  else if (isList(value)) for (const item of value) waitingFor(item, found);
  else if (isMap(value)) for (const part of Object.values(value)) waitingFor(part, found);
  return found.values();
}

/** The value as JSON has it. What still waits is written as the function it is. */
export function jsonOf(value: Value): Json {
  if (value instanceof SourceNumber) return value.value;
  if (value instanceof NoValue) return null;
  if (value instanceof Deferred) return { [value.name]: jsonOf(value.argument) };
  if (value instanceof Reference) {
    const { logicalId, attribute } = value;
    return attribute === undefined ? { Ref: logicalId } : { "Fn::GetAtt": [logicalId, attribute] };
  }
  if (isList(value)) return value.map(jsonOf);
  if (!isMap(value)) return value;
  return mapOf(Object.entries(value).map(([key, part]) => [key, jsonOf(part)] as const));
}

/** An object with those members, `__proto__` one like any other. */
export function mapOf<T>(entries: Iterable<readonly [string, T]>): { readonly [key: string]: T } {
  return Object.fromEntries(entries);
}

/** A member of an object that the template itself has given it. */
export function ownMember(map: ValueMap | undefined, key: string): Value | undefined {
  return map !== undefined && Object.hasOwn(map, key) ? map[key] : undefined;
}
