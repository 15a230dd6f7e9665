import { required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackNamed } from "../stack/find.ts";

/** Gives back the policy of a stack. API_GetStackPolicy. */
export const getStackPolicy = cloudFormationOperation({
  name: "GetStackPolicy",
  input: structure({ StackName: required(string()) }),
  output: structure({ StackPolicyBody: string() }),
  errors: [],
  handle: ({ stacks }, { StackName }) => ({ StackPolicyBody: stackNamed(stacks, StackName).policy }),
});
