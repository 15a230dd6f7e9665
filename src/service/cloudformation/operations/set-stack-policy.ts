import { StackError } from "../../../engine/stack/stack-errors.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackPolicyBody, stackPolicyUrl } from "../shapes/input-shapes.ts";
import { stackNamed } from "../stack/find.ts";
import { policyText } from "../stack/policy.ts";

/** Sets the policy of a stack, which says what updates may change. API_SetStackPolicy. */
export const setStackPolicy = cloudFormationOperation({
  name: "SetStackPolicy",
  input: structure({ StackName: required(string()), StackPolicyBody: stackPolicyBody, StackPolicyURL: stackPolicyUrl }),
  errors: [],
  gaps: ["AWS's words for what no statement of a policy allows are not known."],
  async handle(context, input) {
    const { id } = stackNamed(context.stacks, input.StackName);
    const policy = await policyText(context, input);
    if (policy === undefined) throw new StackError("You must specify either StackPolicyURL or StackPolicyBody");
    context.stacks.setPolicy(id, policy);
  },
});
