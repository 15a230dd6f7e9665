import { StackError } from "../../../engine/stack/stack-errors.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { resourceSignalStatus, resourceSignalUniqueId, stackNameOrId } from "../shapes/input-shapes.ts";
import { bracketedStack } from "../stack/find.ts";

/** Signals a resource that waits; none does. API_SignalResource. */
export const signalResource = cloudFormationOperation({
  name: "SignalResource",
  input: structure({
    StackName: required(stackNameOrId),
    LogicalResourceId: required(string()),
    UniqueId: required(resourceSignalUniqueId),
    Status: required(resourceSignalStatus),
  }),
  errors: [],
  gaps: ["Nothing waits for signals: creation and update policies are taken and not obeyed."],
  handle({ stacks }, { StackName, LogicalResourceId }) {
    const { id, name } = bracketedStack(stacks, StackName);
    if (stacks.history(id)?.resource(LogicalResourceId) !== undefined) return;
    throw new StackError(`Resource ${LogicalResourceId} does not exist for stack ${name}`);
  },
});
