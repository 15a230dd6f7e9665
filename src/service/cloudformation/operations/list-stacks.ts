import { list, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken, stackStatusFilter } from "../shapes/input-shapes.ts";
import { stackSummary } from "../shapes/stack-shapes.ts";
import { stackSummaryView } from "../stack/stack-view.ts";

/** Lists stacks, deleted ones among them, the newest first. API_ListStacks. */
export const listStacks = cloudFormationOperation({
  name: "ListStacks",
  input: structure({ NextToken: nextToken, StackStatusFilter: stackStatusFilter }),
  output: structure({ StackSummaries: list(stackSummary), NextToken: string() }),
  errors: [],
  handle({ stacks }, { NextToken, StackStatusFilter: wanted = [] }) {
    const found = stacks.list().filter(({ status }) => wanted.length === 0 || wanted.includes(status));
    const { items, nextToken } = listPage(found.toReversed(), { NextToken, listing: "ListStacks" }, ({ id }) => id);
    return { StackSummaries: items.map(stackSummaryView), NextToken: nextToken };
  },
});
