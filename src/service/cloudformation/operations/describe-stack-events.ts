import { list, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken } from "../shapes/input-shapes.ts";
import { stackEvent } from "../shapes/stack-shapes.ts";
import { bracketedStack } from "../stack/find.ts";
import { eventView } from "../stack/stack-view.ts";

/** Shows what happened to a stack, the latest first. API_DescribeStackEvents. */
export const describeStackEvents = cloudFormationOperation({
  name: "DescribeStackEvents",
  input: structure({ StackName: required(string()), NextToken: nextToken }),
  output: structure({ StackEvents: list(stackEvent), NextToken: string() }),
  errors: [],
  handle({ stacks }, { StackName, NextToken }) {
    const stack = bracketedStack(stacks, StackName);
    const lines = stacks.history(stack.id)?.lines ?? [];
    const numbered = lines.map((line, index) => ({ line, key: `${line.at}:${index}` }));
    const { items, nextToken } = listPage(
      numbered.toReversed(),
      { NextToken, listing: "DescribeStackEvents" },
      ({ key }) => key,
    );
    return { StackEvents: items.map(({ line }) => eventView(stack, line)), NextToken: nextToken };
  },
});
