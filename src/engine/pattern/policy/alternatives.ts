import { PolicyFault } from "./policy-fault.ts";
import type { PolicyField, PolicyPart } from "./policy-reader.ts";

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
