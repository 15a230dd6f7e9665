import * as fc from "fast-check";
import {
  blob,
  boolean,
  double,
  integer,
  list,
  long,
  map,
  type Shape,
  type StructureShape,
  string,
  structure,
  timestamp,
} from "../../src/model/shape.ts";

/** A shape with a value of it. */
export interface Sample<S extends Shape = Shape> {
  readonly shape: S;
  readonly value: unknown;
}

const TEXT = fc.string({ unit: "grapheme" });
const NAME = fc.constantFrom("A", "B", "C", "__proto__", "constructor", "Attribute", "1");
const KEY = fc.oneof(NAME, TEXT);
const MEMBER = fc.stringMatching(/^[A-Za-z][A-Za-z0-9]{0,8}$/);
const INSTANT = fc.integer({ min: 0, max: 253402300799 }).map((seconds) => seconds * 1000);

const SCALARS: readonly (readonly [Shape, fc.Arbitrary<unknown>])[] = [
  [string(), TEXT],
  [integer(), fc.integer()],
  [long(), fc.maxSafeInteger()],
  [double(), fc.integer({ min: -(2 ** 31), max: 2 ** 31 }).map((value) => value / 64 + 0)],
  [boolean(), fc.boolean()],
  [blob(), fc.uint8Array().map((bytes) => new Uint8Array(bytes))],
  [timestamp(), INSTANT],
];

/** An operation's input, three levels deep at most, with a value that fits. */
export function anInput(): fc.Arbitrary<Sample<StructureShape>> {
  return structureOf(3).chain(({ shape, values }) => values.map((value) => ({ shape, value })));
}

interface Kind<S extends Shape = Shape> {
  readonly shape: S;
  readonly values: fc.Arbitrary<unknown>;
}

function kindOf(depth: number): fc.Arbitrary<Kind> {
  const scalar = fc.constantFrom(...SCALARS).map(([shape, values]) => ({ shape, values }));
  if (depth === 0) return scalar;
  return fc.oneof(scalar, listOf(depth - 1), mapOf(depth - 1), structureOf(depth - 1));
}

/** Flattened under a name of its own, which is no member's, or not. */
const FLATTENING = fc
  .option(MEMBER, { nil: undefined })
  .map((flatName) => (flatName ? { flatName: `_${flatName}` } : {}));

function listOf(depth: number): fc.Arbitrary<Kind> {
  return fc.tuple(kindOf(depth), FLATTENING).map(([{ shape, values }, flattening]) => ({
    shape: list(shape, flattening),
    values: fc.array(values, { maxLength: 12 }),
  }));
}

function mapOf(depth: number): fc.Arbitrary<Kind> {
  return fc.tuple(kindOf(depth), FLATTENING).map(([{ shape, values }, flattening]) => ({
    shape: map(shape, { keyName: "Name", valueName: "Value", ...flattening }),
    values: fc.array(fc.tuple(KEY, values), { maxLength: 4 }).map(asMap),
  }));
}

function structureOf(depth: number): fc.Arbitrary<Kind<StructureShape>> {
  return fc.array(fc.tuple(MEMBER, kindOf(depth)), { maxLength: 4 }).map((given) => {
    const kinds = new Map(given.map(([name, kind]) => [formNameOf(name, kind.shape), [name, kind] as const]));
    const members = Object.fromEntries([...kinds.values()].map(([name, { shape }]) => [name, shape]));
    const values = Object.fromEntries([...kinds.values()].map(([name, { values }]) => [name, values]));
    return { shape: structure(members), values: fc.record(values, { requiredKeys: [] }) };
  });
}

function formNameOf(name: string, shape: Shape): string {
  return shape.kind === "list" || shape.kind === "map" ? (shape.flatName ?? name) : name;
}

function asMap(entries: readonly (readonly [string, unknown])[]): object {
  const values: Record<string, unknown> = Object.create(null);
  for (const [key, value] of entries) values[key] = value;
  return values;
}
