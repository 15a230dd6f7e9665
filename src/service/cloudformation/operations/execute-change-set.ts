import { ChangeSetNotFound } from "../../../engine/stack/stack-errors.ts";
import { boolean, required, structure } from "../../../model/shape.ts";
import { InsufficientCapabilities, InvalidChangeSetStatus, TokenAlreadyExists } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import { changeSetNameOrId, clientRequestToken, stackNameOrId } from "../shapes/input-shapes.ts";
import { executeChangeSet as execute } from "../stack/deploy.ts";
import { changeSetNamed } from "../stack/find.ts";

/** Does what a change set says. API_ExecuteChangeSet. */
export const executeChangeSet = cloudFormationOperation({
  name: "ExecuteChangeSet",
  input: structure({
    ChangeSetName: required(changeSetNameOrId),
    StackName: stackNameOrId,
    ClientRequestToken: clientRequestToken,
    DisableRollback: boolean(),
    RetainExceptOnCreate: boolean(),
  }),
  output: structure({}),
  errors: [InvalidChangeSetStatus, ChangeSetNotFound, InsufficientCapabilities, TokenAlreadyExists],
  async handle(context, input) {
    const { ClientRequestToken: token, DisableRollback: disableRollback = false, ...named } = input;
    const { RetainExceptOnCreate: retainsExceptOnCreate } = input;
    const changeSet = changeSetNamed(context.stacks, named);
    const { id, stackId, status, executionStatus } = changeSet;
    if (status !== "CREATE_COMPLETE") {
      throw new InvalidChangeSetStatus(`ChangeSet [${id}] cannot be executed in its current status of [${status}]`);
    }
    if (executionStatus !== "AVAILABLE") {
      throw new InvalidChangeSetStatus(
        `ChangeSet [${id}] cannot be executed in its current execution status of [${executionStatus}]`,
      );
    }
    await context.deployer.overOrWaiting(
      stackId,
      execute(context, changeSet, { disableRollback, token, retainsExceptOnCreate }),
    );
    return {};
  },
});
