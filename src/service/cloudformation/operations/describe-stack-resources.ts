import { StackError } from "../../../engine/stack/stack-errors.ts";
import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackResource } from "../shapes/stack-shapes.ts";
import { resourcesOf, stackNamed, stackWith } from "../stack/find.ts";
import { resourceView } from "../stack/stack-view.ts";

/** AWS: no more are shown. */
const MOST_RESOURCES = 100;

/** Shows the resources of a stack, which may be named by one of them. API_DescribeStackResources. */
export const describeStackResources = cloudFormationOperation({
  name: "DescribeStackResources",
  input: structure({ StackName: string(), LogicalResourceId: string(), PhysicalResourceId: string() }),
  output: structure({ StackResources: list(stackResource) }),
  errors: [],
  handle({ stacks }, { StackName, LogicalResourceId, PhysicalResourceId }) {
    if ((StackName === undefined) === (PhysicalResourceId === undefined)) {
      throw new StackError("You must specify either StackName or PhysicalResourceId, but not both.");
    }
    const stack = StackName === undefined ? stackWith(stacks, PhysicalResourceId ?? "") : stackNamed(stacks, StackName);
    const lines = resourcesOf(stacks, stack).filter(
      ({ logicalId }) => LogicalResourceId === undefined || logicalId === LogicalResourceId,
    );
    if (lines.length === 0 && LogicalResourceId !== undefined) {
      throw new StackError(`Resource ${LogicalResourceId} does not exist for stack ${StackName ?? stack.name}`);
    }
    return { StackResources: lines.slice(0, MOST_RESOURCES).map((line) => resourceView(stack, line)) };
  },
});
