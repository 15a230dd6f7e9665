import { list, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { nextToken } from "../shapes/input-shapes.ts";
import { stackResourceSummary } from "../shapes/stack-shapes.ts";
import { resourcesOf, stackNamed } from "../stack/find.ts";
import { resourceSummaryView } from "../stack/stack-view.ts";

/** Lists the resources of a stack. API_ListStackResources. */
export const listStackResources = cloudFormationOperation({
  name: "ListStackResources",
  input: structure({ StackName: required(string()), NextToken: nextToken }),
  output: structure({ StackResourceSummaries: list(stackResourceSummary), NextToken: string() }),
  errors: [],
  handle({ stacks }, { StackName, NextToken }) {
    const lines = resourcesOf(stacks, stackNamed(stacks, StackName));
    const { items, nextToken } = listPage(
      lines,
      { NextToken, listing: "ListStackResources" },
      ({ logicalId }) => logicalId,
    );
    return { StackResourceSummaries: items.map(resourceSummaryView), NextToken: nextToken };
  },
});
