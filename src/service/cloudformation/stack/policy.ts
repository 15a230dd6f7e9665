import { StackError } from "../../../engine/stack/stack-errors.ts";
import { parseJsonObject } from "../../../kernel/json/json-object.ts";
import type { CloudFormationContext } from "../operation.ts";
import { objectText } from "../template/object-text.ts";

/** Where a request has the policy of a stack. */
interface PolicySource {
  readonly StackPolicyBody?: string | undefined;
  readonly StackPolicyURL?: string | undefined;
}

/** The policy that a request gives; undefined when it gives none. Throws StackError for what is no policy. */
export async function policyText(
  context: CloudFormationContext,
  { StackPolicyBody, StackPolicyURL }: PolicySource,
): Promise<string | undefined> {
  if (StackPolicyBody !== undefined && StackPolicyURL !== undefined) {
    throw new StackError("You cannot specify both StackPolicyURL and StackPolicyBody");
  }
  const text = StackPolicyURL === undefined ? StackPolicyBody : await objectText(context, StackPolicyURL);
  if (text !== undefined && !Array.isArray(parseJsonObject(text)?.Statement)) {
    throw new StackError("Error validating stack policy: Invalid stack policy");
  }
  return text;
}
