import { isRequired, type Shape, type StructureShape, shapeOf } from "../../src/model/shape.ts";
import { textOfPattern } from "../../src/service/constraint-wording.ts";
import type { ApiModel, ModelShape, Reference } from "./api-model.ts";

/** Which facts of the model a comparison is about. */
export interface Facts {
  /** What is required and within which bounds: of inputs, which are checked. */
  readonly constraints?: boolean;
  /** Whether inputs have to state the values a text may have. */
  readonly values?: boolean;
  /** What lists and maps are called in the Query format. */
  readonly queryNames?: boolean;
}

interface Comparison {
  readonly model: ApiModel;
  readonly facts: Facts;
  readonly found: string[];
}

/** Where our structure is not the model's, a line each: `Records.StreamARN: max 2048, ours 1024`. */
export function differences(ours: StructureShape, name: string | undefined, model: ApiModel, facts: Facts): string[] {
  const comparison: Comparison = { model, facts, found: [] };
  const theirs = name === undefined ? NOTHING : shapeNamed(name, model);
  compareMembers(ours, theirs, "", comparison);
  return comparison.found;
}

const NOTHING: ModelShape = { type: "structure", members: {} };

function shapeNamed(name: string, { shapes }: ApiModel): ModelShape {
  const shape = shapes[name];
  if (shape === undefined) throw new Error(`The model has no shape ${name}.`);
  return shape;
}

function compareMembers(ours: StructureShape, theirs: ModelShape, path: string, comparison: Comparison): void {
  const { facts, found } = comparison;
  const prefix = path === "" ? "" : `${path}.`;
  const members = theirs.members ?? {};
  for (const name of Object.keys(ours.members)) {
    if (members[name] === undefined) found.push(`${prefix}${name}: ours alone`);
  }
  for (const [name, reference] of Object.entries(members)) {
    const member = ours.members[name];
    if (member === undefined) {
      found.push(`${prefix}${name}: not ours`);
      continue;
    }
    const isTheirsRequired = theirs.required?.includes(name) ?? false;
    if (facts.constraints) same(`${prefix}${name}`, "required", isTheirsRequired, isRequired(member), found);
    compare(shapeOf(member), reference, `${prefix}${name}`, comparison);
  }
}

function compare(ours: Shape, reference: Reference, path: string, comparison: Comparison): void {
  const { model, facts, found } = comparison;
  const theirs = shapeNamed(reference.shape, model);
  same(path, "type", theirs.type, ours.kind, found);
  if (theirs.type !== ours.kind) return;
  if (facts.constraints) compareBounds(ours, theirs, path, found);
  compareValues(ours, theirs, path, comparison);
  if (facts.queryNames) compareQueryNames(ours, theirs, reference, path, comparison);
  if (ours.kind === "structure") compareMembers(ours, theirs, path, comparison);
  if (ours.kind === "list") compare(ours.item, theirs.member!, `${path}[]`, comparison);
  if (ours.kind === "map") {
    compare(ours.key, theirs.key!, `${path}{key}`, comparison);
    compare(ours.value, theirs.value!, `${path}{value}`, comparison);
  }
}

interface Bounds {
  readonly min?: number;
  readonly max?: number;
}

/** A bound that only we have stands in the service's documentation. */
function compareBounds(ours: Shape, theirs: ModelShape, path: string, found: string[]): void {
  const { min, max }: Bounds = "min" in ours || "max" in ours ? ours : {};
  const leastMin = ours.kind === "integer" || ours.kind === "long" ? Number.NEGATIVE_INFINITY : 0;
  if ((theirs.min ?? leastMin) > leastMin) same(path, "min", theirs.min, min, found);
  if (theirs.max !== undefined) same(path, "max", theirs.max, max, found);
  if (ours.kind !== "string" || theirs.pattern === undefined) return;
  same(path, "pattern", theirs.pattern, ours.pattern && textOfPattern(ours.pattern), found);
}

/** Their order is that of our errors. */
function compareValues(ours: Shape, theirs: ModelShape, path: string, { facts, found }: Comparison): void {
  if (ours.kind !== "string") return;
  if (ours.values === undefined && !(facts.constraints && facts.values)) return;
  same(path, "values", theirs.enum?.toSorted().join(), ours.values?.toSorted().join(), found);
}

function compareQueryNames(
  ours: Shape,
  theirs: ModelShape,
  reference: Reference,
  path: string,
  { found }: Comparison,
): void {
  const isFlat = reference.flattened ?? theirs.flattened ?? false;
  if (ours.kind === "list") {
    same(path, "item name", isFlat ? theirs.member!.locationName : undefined, ours.flatName, found);
  }
  if (ours.kind === "map") {
    same(
      path,
      "entry name",
      isFlat ? (reference.locationName ?? theirs.locationName) : undefined,
      ours.flatName,
      found,
    );
    same(path, "key name", theirs.key!.locationName ?? "key", ours.keyName, found);
    same(path, "value name", theirs.value!.locationName ?? "value", ours.valueName, found);
  }
}

function same(path: string, fact: string, theirs: unknown, ours: unknown, found: string[]): void {
  if (theirs !== ours) found.push(`${path}: ${fact} ${theirs}, ours ${ours}`);
}
