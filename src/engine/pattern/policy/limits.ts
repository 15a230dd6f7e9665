import { PolicyFault } from "./policy-fault.ts";
import type { PolicyField, PolicyPart } from "./policy-reader.ts";
import { asteriskCount, type Wildcard } from "./wildcard.ts";

const MAX_KEYS = 5;
const MAX_COMBINATIONS = 150;
const MAX_ASTERISKS = 3;
const MAX_WILDCARD_POINTS = 100;

/** Throws when the policy has too many keys or is too complex. AWS: developer guide, filter policy constraints. */
export function refuseExcess(parts: readonly PolicyPart[]): void {
  const fields = fieldsOf(parts);
  if (new Set(fields.map(({ path }) => path)).size > MAX_KEYS) {
    throw new PolicyFault(`Filter policy can not have more than ${MAX_KEYS} keys`, undefined);
  }
  // First, because there can be a hundred thousand fields to look for wildcards in.
  if (combinations(parts) > MAX_COMBINATIONS) throw tooComplex();
  const points = fields.reduce((sum, field) => sum + wildcardPoints(field), 0);
  if (points > MAX_WILDCARD_POINTS) throw tooComplex();
}

export function tooComplex(): PolicyFault {
  return new PolicyFault("Filter policy is too complex", undefined);
}

/** Every field of the policy, those inside `$or` included. */
function fieldsOf(parts: readonly PolicyPart[], fields: PolicyField[] = []): readonly PolicyField[] {
  for (const part of parts) {
    if (part.kind === "field") fields.push(part);
    else if (part.kind === "nested") fieldsOf(part.parts, fields);
    else for (const branch of part.branches) fieldsOf(branch, fields);
  }
  return fields;
}

/**
 * The product over all fields of conditions times level; of the branches of an `$or` the sum. That equals the sum over
 * all alternatives the policy expands to, so nothing has to be expanded to know it.
 */
function combinations(parts: readonly PolicyPart[]): number {
  return parts.reduce((product, part) => product * combinationsOf(part), 1);
}

function combinationsOf(part: PolicyPart): number {
  switch (part.kind) {
    case "field":
      return part.conditions.length * part.level;
    case "nested":
      return combinations(part.parts);
    case "or":
      return part.branches.reduce((sum, branch) => sum + combinations(branch), 0);
  }
}

/** The points of a field's wildcards, multiplied with their number. */
function wildcardPoints({ conditions }: PolicyField): number {
  let count = 0;
  let points = 0;
  for (const condition of conditions) {
    const isExclusion = condition.type === "anything-but";
    for (const each of isExclusion ? condition.excluded : [condition]) {
      if (each.type !== "wildcard") continue;
      count++;
      points += pointsOf(each.pattern, isExclusion);
    }
  }
  return count * points;
}

/** One asterisk counts 1, several count 3 each; behind `anything-but` a pattern counts 1. */
function pointsOf(pattern: Wildcard, isExclusion: boolean): number {
  const asterisks = asteriskCount(pattern);
  if (asterisks > MAX_ASTERISKS) throw tooComplex();
  return isExclusion || asterisks < 2 ? Math.min(asterisks, 1) : asterisks * 3;
}
