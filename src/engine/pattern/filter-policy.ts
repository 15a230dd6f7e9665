import { type CompactSource, compactSource } from "./json/compact-source.ts";
import { readJson } from "./json/json-reader.ts";
import { Alternative } from "./matching/alternative.ts";
import type { FilterPolicyScope, MessageView } from "./matching/message-view.ts";
import { refuseExcess, tooComplex } from "./policy/limits.ts";
import { PolicyFault, sourceLocation } from "./policy/policy-fault.ts";
import { alternativesOf, type PolicyPart, readPolicy } from "./policy/policy-reader.ts";

const MAX_POLICY_BYTES = 256 * 1024;

/** A subscription's filter policy, ready to be matched. */
export class FilterPolicy {
  readonly scope: FilterPolicyScope;
  /** As its owner wrote it. */
  readonly text: string;
  /** A message is accepted if one of them accepts it; without any, every message is. */
  readonly alternatives: readonly Alternative[];

  constructor(scope: FilterPolicyScope, text: string, alternatives: readonly Alternative[]) {
    this.scope = scope;
    this.text = text;
    this.alternatives = alternatives;
  }

  get acceptsEverything(): boolean {
    return this.alternatives.length === 0;
  }

  accepts(message: MessageView): boolean {
    if (this.acceptsEverything) return true;
    const fields = message.fields(this.scope);
    return fields !== undefined && this.alternatives.some((alternative) => alternative.accepts(fields));
  }
}

/** Why AWS refuses a policy: the text that follows `Invalid parameter: `, or `… Attributes Reason: ` from Subscribe. */
interface FilterPolicyError {
  readonly message: string;
}

/** Checks the text of a FilterPolicy attribute and makes it ready for matching. Never throws, whatever the text. */
export function compileFilterPolicy(
  text: string,
  scope: FilterPolicyScope,
): { readonly policy: FilterPolicy } | { readonly error: FilterPolicyError } {
  // First, since to read megabytes takes a tenth of a second.
  if (Buffer.byteLength(text) > MAX_POLICY_BYTES) return refused(tooComplex().message);
  const json = readJson(text);
  if ("fault" in json) return refused(`failed to parse JSON. ${json.fault}`);
  const source = compactSource(json.tree);
  try {
    const parts = readPolicy(source.root);
    if (scope === "MessageAttributes" && parts.some(isNested)) return { error: { message: NESTED } };
    refuseExcess(parts);
    if (parts.length === 0) return { policy: new FilterPolicy(scope, text, []) };
    return {
      policy: new FilterPolicy(
        scope,
        text,
        alternativesOf(parts).map((fields) => new Alternative(fields)),
      ),
    };
  } catch (cause) {
    if (cause instanceof PolicyFault) return refused(describe(cause, source));
    throw cause;
  }
}

const NESTED = "Filter policy scope MessageAttributes does not support nested filter policy";

function isNested(part: PolicyPart): boolean {
  return part.kind === "nested" || (part.kind === "or" && part.branches.some((branch) => branch.some(isNested)));
}

function refused(reason: string): { readonly error: FilterPolicyError } {
  return { error: { message: `FilterPolicy: ${reason}` } };
}

function describe({ message, column }: PolicyFault, source: CompactSource): string {
  return column === undefined ? message : `${message}\n at ${sourceLocation(source, column)}`;
}
