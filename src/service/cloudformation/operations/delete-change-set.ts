import { required, structure } from "../../../model/shape.ts";
import { InvalidChangeSetStatus } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import { changeSetNameOrId, stackNameOrId } from "../shapes/input-shapes.ts";
import { changeSetNamed, stackNamed } from "../stack/find.ts";

/** Forgets a change set; one that is not there on a stack that is does no harm. API_DeleteChangeSet. */
export const deleteChangeSet = cloudFormationOperation({
  name: "DeleteChangeSet",
  input: structure({ ChangeSetName: required(changeSetNameOrId), StackName: stackNameOrId }),
  output: structure({}),
  errors: [InvalidChangeSetStatus],
  handle({ stacks }, input) {
    const { ChangeSetName: name, StackName } = input;
    if (!name.startsWith("arn:") && StackName !== undefined) {
      const { id } = stackNamed(stacks, StackName);
      if (!stacks.changeSetsOf(id).some((one) => one.name === name)) return {};
    }
    const { id, executionStatus } = changeSetNamed(stacks, input);
    if (executionStatus === "EXECUTE_IN_PROGRESS") {
      throw new InvalidChangeSetStatus(
        `ChangeSet [${id}] cannot be deleted in its current execution status of [${executionStatus}]`,
      );
    }
    stacks.deleteChangeSet(id);
    return {};
  },
});
