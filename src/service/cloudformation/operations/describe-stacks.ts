import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken } from "../shapes/input-shapes.ts";
import { stack } from "../shapes/stack-shapes.ts";
import { stackNamed } from "../stack/find.ts";
import { stackView } from "../stack/stack-view.ts";

/** Shows a stack, or all that are not deleted. API_DescribeStacks. */
export const describeStacks = cloudFormationOperation({
  name: "DescribeStacks",
  input: structure({ StackName: string(), NextToken: nextToken }),
  output: structure({ Stacks: list(stack), NextToken: string() }),
  errors: [],
  handle({ stacks }, { StackName, NextToken }) {
    if (StackName !== undefined && StackName !== "") return { Stacks: [stackView(stackNamed(stacks, StackName))] };
    const live = stacks.list().filter(({ status }) => status !== "DELETE_COMPLETE");
    const { items, nextToken } = listPage(live.toReversed(), { NextToken, listing: "DescribeStacks" }, ({ id }) => id);
    return { Stacks: items.map(stackView), NextToken: nextToken };
  },
});
