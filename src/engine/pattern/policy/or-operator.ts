import type { SourceNode } from "../json/compact-source.ts";

type SourceObject = Extract<SourceNode, { kind: "object" }>;

export const OR = "$or";

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

export function isReserved(name: string): boolean {
  return RESERVED.has(name);
}

/**
 * The branches, if the value of a field named `$or` makes it the operator: a list of two or more objects, none with a
 * reserved field name. With any other value it is a field like all others. AWS: developer guide, AND/OR logic.
 */
export function orBranches(value: SourceNode): readonly SourceObject[] | undefined {
  if (value.kind !== "array" || value.items.length < 2) return undefined;
  const branches = value.items.filter((item) => item.kind === "object");
  if (branches.length < value.items.length) return undefined;
  const usesReserved = branches.some(({ members }) => members.some(({ name }) => isReserved(name)));
  return usesReserved ? undefined : branches;
}
