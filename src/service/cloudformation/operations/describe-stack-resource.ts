import { StackError } from "../../../engine/stack/stack-errors.ts";
import { required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { stackResourceDetail } from "../shapes/stack-shapes.ts";
import { isGone, stackNamed } from "../stack/find.ts";
import { resourceDetailView } from "../stack/stack-view.ts";

/** Shows a resource of a stack. API_DescribeStackResource. */
export const describeStackResource = cloudFormationOperation({
  name: "DescribeStackResource",
  input: structure({ StackName: required(string()), LogicalResourceId: required(string()) }),
  output: structure({ StackResourceDetail: stackResourceDetail }),
  errors: [],
  handle({ stacks }, { StackName, LogicalResourceId }) {
    const stack = stackNamed(stacks, StackName);
    const line = stacks.history(stack.id)?.resource(LogicalResourceId);
    if (line === undefined || (isGone(line) && stack.status !== "DELETE_COMPLETE")) {
      throw new StackError(`Resource ${LogicalResourceId} does not exist for stack ${StackName}`);
    }
    return { StackResourceDetail: resourceDetailView(stack, line) };
  },
});
