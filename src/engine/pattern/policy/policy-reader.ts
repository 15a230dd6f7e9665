import type { SourceMember, SourceNode } from "../json/compact-source.ts";
import type { Condition } from "./condition.ts";
import { readCondition } from "./match-expression.ts";
import { PolicyFault } from "./policy-fault.ts";

type SourceObject = Extract<SourceNode, { kind: "object" }>;

/** A field name with its conditions: one of them has to be met. */
export interface PolicyField {
  readonly kind: "field";
  /** The names on the way to it, joined by dots. */
  readonly path: string;
  /** 1 at the root, one more inside each field. */
  readonly level: number;
  readonly conditions: readonly Condition[];
  readonly endColumn: number;
}

/** What an object of a policy demands: all of its parts. */
export type PolicyPart =
  | PolicyField
  | { readonly kind: "nested"; readonly parts: readonly PolicyPart[] }
  | { readonly kind: "or"; readonly branches: readonly (readonly PolicyPart[])[] };

/** Where the reader is: what stands before a name, how deep, and whether some `$or` is around it. */
interface Place {
  readonly prefix: string;
  readonly level: number;
  readonly isInOr: boolean;
}

/** The demands of a policy. Throws a PolicyFault for the first mistake in the order of the text. */
export function readPolicy(root: SourceNode): readonly PolicyPart[] {
  if (root.kind !== "object") throw new PolicyFault("Filter is not an object", root.column);
  // AWS: the empty policy accepts every message, although an empty object inside a policy is refused.
  if (root.members.length === 0) return [];
  return readObject(root, { prefix: "", level: 1, isInOr: false });
}

function readObject({ members, endColumn }: SourceObject, place: Place): readonly PolicyPart[] {
  if (members.length === 0) throw new PolicyFault("Empty objects are not allowed", endColumn);
  return members.map((member) => readMember(member, place));
}

function readMember({ name, value }: SourceMember, place: Place): PolicyPart {
  const branches = name === OR ? orBranches(value) : undefined;
  if (branches !== undefined) {
    const inside = { ...place, isInOr: true };
    return { kind: "or", branches: branches.map((branch) => readObject(branch, inside)) };
  }
  if (place.isInOr && isReserved(name)) {
    throw new PolicyFault(`${name} is Ruler reserved fieldName which cannot be used inside $or.`, value.column);
  }
  const path = place.prefix + name;
  switch (value.kind) {
    case "object":
      return { kind: "nested", parts: readObject(value, { ...place, prefix: `${path}.`, level: place.level + 1 }) };
    case "array":
      return readField(path, place.level, value);
    default:
      throw new PolicyFault(`"${name}" must be an object or an array`, value.column);
  }
}

function readField(path: string, level: number, list: Extract<SourceNode, { kind: "array" }>): PolicyField {
  const { items, endColumn } = list;
  if (items.length === 0) throw new PolicyFault("Empty arrays are not allowed", endColumn);
  return { kind: "field", path, level, conditions: items.map(readCondition), endColumn };
}

const OR = "$or";

/** Names a field cannot have inside `$or`. The second half is reserved for operators to come. */
const RESERVED: ReadonlySet<string> = new Set([
  "exactly",
  "equals-ignore-case",
  "prefix",
  "suffix",
  "anything-but",
  "exists",
  "wildcard",
  "numeric",
  "cidr",
  "=",
  "<",
  "<=",
  ">",
  ">=",
  "regex",
  "not-wildcard",
  "not-equals-ignore-case",
  "date-after",
  "date-on-or-after",
  "date-before",
  "date-on-or-before",
  "in-date-range",
  "ip-address-in-range",
  "ip-address-not-in-range",
]);

function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * The branches, if the value of a field named `$or` makes it the operator: a list of two or more objects, none with a
 * reserved field name. With any other value it is a field like all others. AWS: developer guide, AND/OR logic.
 */
function orBranches(value: SourceNode): readonly SourceObject[] | undefined {
  if (value.kind !== "array" || value.items.length < 2) return undefined;
  const branches = value.items.filter((item) => item.kind === "object");
  if (branches.length < value.items.length) return undefined;
  const usesReserved = branches.some(({ members }) => members.some(({ name }) => isReserved(name)));
  return usesReserved ? undefined : branches;
}

/**
 * The policy without its `$or`s: a message that meets all fields of one alternative is accepted. There are never more
 * alternatives than combinations, so the limits have to be checked before.
 */
export function alternativesOf(parts: readonly PolicyPart[]): readonly (readonly PolicyField[])[] {
  const alternatives = expand(parts);
  for (const fields of alternatives) refuseRepetition(fields);
  return alternatives;
}

function expand(parts: readonly PolicyPart[]): readonly (readonly PolicyField[])[] {
  return parts.reduce<readonly (readonly PolicyField[])[]>(
    (before, part) => {
      const added = expandPart(part);
      return before.flatMap((fields) => added.map((more) => [...fields, ...more]));
    },
    [[]],
  );
}

function expandPart(part: PolicyPart): readonly (readonly PolicyField[])[] {
  switch (part.kind) {
    case "field":
      return [[part]];
    case "nested":
      return expand(part.parts);
    case "or":
      return part.branches.flatMap(expand);
  }
}

function refuseRepetition(fields: readonly PolicyField[]): void {
  const paths = new Set<string>();
  for (const { path, endColumn } of fields) {
    if (paths.has(path)) throw new PolicyFault(`Path \`${path}\` cannot be allowed multiple times`, endColumn);
    paths.add(path);
  }
}
