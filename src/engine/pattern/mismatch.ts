import type { FilterPolicy } from "./filter-policy.ts";
import { compactSource } from "./json/compact-source.ts";
import { readJson } from "./json/json-reader.ts";
import { isPossible } from "./matching/alternative.ts";
import { FieldRule } from "./matching/field-rule.ts";
import type { Leaf } from "./matching/leaf.ts";
import type { Fields, MessageView } from "./matching/message-view.ts";
import { alternativesOf, type PolicyField, type PolicyPart, readPolicy } from "./policy/policy-reader.ts";

/** Why a policy does not accept a message. */
export type Mismatch =
  /** There is nothing in it to look at: no attributes, or a body that is no JSON object. */
  | { readonly kind: "nothingToMatch" }
  /** The first field of which no condition is met; `values` are those of the message, none if it is missing. */
  | { readonly kind: "field"; readonly field: PolicyField; readonly values: readonly Leaf[]; readonly others: number }
  /** Each field has a value that meets its conditions, but not all in the same element of an array. */
  | { readonly kind: "differentElements"; readonly others: number };

/** What a policy that was compiled demands, as its owner wrote it. Costs as much as to compile it. */
export function demandsOf({ text }: Pick<FilterPolicy, "text">): readonly PolicyPart[] {
  const json = readJson(text);
  return "fault" in json ? [] : readPolicy(compactSource(json.tree).root);
}

/**
 * Why the policy does not accept the message; undefined when it does. Of several alternatives the one tells of which most
 * fields are met, and `others` says how many there are beside it.
 */
export function mismatchOf(policy: FilterPolicy, message: MessageView): Mismatch | undefined {
  if (policy.accepts(message)) return undefined;
  const fields = message.fields(policy.scope);
  if (fields === undefined) return { kind: "nothingToMatch" };
  const failures = alternativesOf(demandsOf(policy)).map((alternative) => failureOf(alternative, fields));
  const nearest = failures.reduce((best, failure) => (failure.met > best.met ? failure : best));
  const others = failures.length - 1;
  const { field } = nearest;
  if (field === undefined) return { kind: "differentElements", others };
  return { kind: "field", field, values: fields.paths.get(field.path)?.leaves ?? [], others };
}

/** The first field that fails, and how many come before it; no field when arrays are what fails. */
interface Failure {
  readonly met: number;
  readonly field: PolicyField | undefined;
}

function failureOf(alternative: readonly PolicyField[], fields: Fields): Failure {
  const met = alternative.findIndex((field) => !isPossible(new FieldRule(field), fields.paths.get(field.path)));
  return met < 0 ? { met: alternative.length, field: undefined } : { met, field: alternative[met] };
}
