import { StackError } from "../../../engine/stack/stack-errors.ts";
import { boolean, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackNameOrId } from "../shapes/input-shapes.ts";
import { stackNamed } from "../stack/find.ts";

/** Protects a stack from being deleted, or no more. API_UpdateTerminationProtection. */
export const updateTerminationProtection = cloudFormationOperation({
  name: "UpdateTerminationProtection",
  input: structure({ EnableTerminationProtection: required(boolean()), StackName: required(stackNameOrId) }),
  output: structure({ StackId: string() }),
  errors: [],
  handle({ stacks }, { StackName, EnableTerminationProtection }) {
    const { id, status } = stackNamed(stacks, StackName);
    if (status === "DELETE_COMPLETE") throw new StackError(`Stack:${id} is in ${status} state and can not be updated.`);
    stacks.protect(id, EnableTerminationProtection);
    return { StackId: id };
  },
});
