import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { DataProtectionPolicy } from "./policy.ts";
import { PolicyFault } from "./policy-fault.ts";
import { readPolicy } from "./policy-reader.ts";

/** Why a policy is refused. GAP: the words are ours, AWS's are not known. */
interface DataProtectionPolicyError {
  readonly message: string;
}

/** Checks the text of a data protection policy and makes it ready to be applied. Never throws, whatever the text. */
export function compileDataProtectionPolicy(
  text: string,
): { readonly policy: DataProtectionPolicy } | { readonly error: DataProtectionPolicyError } {
  const document = parseJsonObject(text);
  if (document === undefined) return { error: { message: "the policy must be a JSON object" } };
  try {
    return { policy: readPolicy(document) };
  } catch (cause) {
    if (cause instanceof PolicyFault) return { error: { message: cause.message } };
    throw cause;
  }
}
