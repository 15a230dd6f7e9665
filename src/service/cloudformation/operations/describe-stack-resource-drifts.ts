import { list, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { boxedMaxResults, nextToken, stackNameOrId, stackResourceDriftStatusFilters } from "../shapes/input-shapes.ts";
import { stackResourceDrift } from "../shapes/stack-shapes.ts";
import { bracketedStack, resourcesOf } from "../stack/find.ts";

/** Shows the drift of resources, of which there is none. API_DescribeStackResourceDrifts. */
export const describeStackResourceDrifts = cloudFormationOperation({
  name: "DescribeStackResourceDrifts",
  input: structure({
    StackName: required(stackNameOrId),
    StackResourceDriftStatusFilters: stackResourceDriftStatusFilters,
    NextToken: nextToken,
    MaxResults: boxedMaxResults,
  }),
  output: structure({ StackResourceDrifts: list(stackResourceDrift), NextToken: string() }),
  errors: [],
  gaps: ["Drift is not looked for: every resource is in sync."],
  handle({ stacks }, { StackName, StackResourceDriftStatusFilters: wanted = ["IN_SYNC"], NextToken }) {
    const stack = bracketedStack(stacks, StackName);
    const lines = wanted.includes("IN_SYNC") ? resourcesOf(stacks, stack) : [];
    const { items, nextToken } = listPage(
      lines,
      { NextToken, listing: "DescribeStackResourceDrifts" },
      ({ logicalId }) => logicalId,
    );
    const drifts = items.map(({ logicalId, physicalId, type, at }) => ({
      ...{ StackId: stack.id, LogicalResourceId: logicalId, PhysicalResourceId: physicalId, ResourceType: type },
      ...{ StackResourceDriftStatus: "IN_SYNC", Timestamp: at },
    }));
    return { StackResourceDrifts: drifts, NextToken: nextToken };
  },
});
