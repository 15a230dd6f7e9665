import { StackError } from "../../../engine/stack/stack-errors.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import { clientRequestToken } from "../shapes/input-shapes.ts";
import { bracketedStack } from "../stack/find.ts";

/** Has an update that is under way be undone. API_CancelUpdateStack. */
export const cancelUpdateStack = cloudFormationOperation({
  name: "CancelUpdateStack",
  input: structure({ StackName: required(string()), ClientRequestToken: clientRequestToken }),
  errors: [TokenAlreadyExists],
  handle({ stacks, deployer }, { StackName }) {
    const { id, status } = bracketedStack(stacks, StackName);
    if (status === "UPDATE_IN_PROGRESS" && deployer.cancel(id)) return;
    throw new StackError("CancelUpdateStack cannot be called from current stack status");
  },
});
