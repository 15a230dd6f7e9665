import type { ChangeSet } from "../../../engine/stack/change-set.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { changeSetSummary } from "../shapes/change-shapes.ts";
import { nextToken, stackNameOrId } from "../shapes/input-shapes.ts";
import { stackNamed } from "../stack/find.ts";

/** Lists the change sets of a stack that can still be executed. API_ListChangeSets. */
export const listChangeSets = cloudFormationOperation({
  name: "ListChangeSets",
  input: structure({ StackName: required(stackNameOrId), NextToken: nextToken }),
  output: structure({ Summaries: list(changeSetSummary), NextToken: string() }),
  errors: [],
  handle({ stacks }, { StackName, NextToken }) {
    const { id: stackId, name } = stackNamed(stacks, StackName);
    const { items, nextToken } = listPage(
      stacks.changeSetsOf(stackId).filter(isListed),
      { NextToken, listing: "ListChangeSets" },
      ({ id }) => id,
    );
    const summaries = items.map((changeSet) => ({
      StackId: stackId,
      StackName: name,
      ChangeSetId: changeSet.id,
      ChangeSetName: changeSet.name,
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      CreationTime: changeSet.createdAt,
      Description: changeSet.description,
      IncludeNestedStacks: changeSet.includesNested,
      ImportExistingResources: changeSet.importsExisting,
    }));
    return { Summaries: summaries, NextToken: nextToken };
  },
});

/** AWS: those that were executed are only found by their ids. */
function isListed({ executionStatus }: ChangeSet): boolean {
  return !executionStatus.startsWith("EXECUTE_");
}
