import { compactSource } from "./json/compact-source.ts";
import { readJson } from "./json/json-reader.ts";
import { Alternative } from "./matching/alternative.ts";
import type { Fields } from "./matching/message-view.ts";
import { PolicyFault } from "./policy/policy-fault.ts";
import { alternativesOf, type PolicyPart, readPolicy } from "./policy/policy-reader.ts";

/** AWS: event patterns, quotas: combinations of `$or`. */
const MOST_ALTERNATIVES = 1000;
/** What is told apart of an alternative where values lie in arrays. */
const MOST_FIELDS = 30;

/**
 * A pattern of events as Amazon EventBridge has it, ready to be matched. It is the language of filter policies without
 * their limits; in it `null` and an empty text exist, and an empty pattern is none.
 */
class EventPattern {
  /** An event is accepted if one of them accepts it. */
  readonly alternatives: readonly Alternative[];

  constructor(alternatives: readonly Alternative[]) {
    this.alternatives = alternatives;
  }

  accepts(event: Fields): boolean {
    return this.alternatives.some((alternative) => alternative.accepts(event));
  }
}

/** Makes the text of a pattern ready for matching, or says why it is none. Never throws, whatever the text. */
export function compileEventPattern(text: string): { readonly pattern: EventPattern } | { readonly fault: string } {
  const json = readJson(text);
  if ("fault" in json) return json;
  const { root } = compactSource(json.tree);
  if (root.kind === "object" && root.members.length === 0) return { fault: "Empty objects are not allowed" };
  try {
    const parts = readPolicy(root);
    if (alternativeCount(parts) > MOST_ALTERNATIVES) return { fault: "Rule is too complex" };
    const alternatives = alternativesOf(parts);
    if (alternatives.some(({ length }) => length > MOST_FIELDS)) return { fault: "Rule is too complex" };
    return { pattern: new EventPattern(alternatives.map((fields) => new Alternative(fields))) };
  } catch (cause) {
    if (cause instanceof PolicyFault) return { fault: cause.message };
    throw cause;
  }
}

/** How many alternatives there are once every `$or` is expanded. */
function alternativeCount(parts: readonly PolicyPart[]): number {
  return parts.reduce((product, part) => product * alternativesIn(part), 1);
}

function alternativesIn(part: PolicyPart): number {
  switch (part.kind) {
    case "field":
      return 1;
    case "nested":
      return alternativeCount(part.parts);
    case "or":
      return part.branches.reduce((sum, branch) => sum + alternativeCount(branch), 0);
  }
}
