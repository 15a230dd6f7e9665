import type { PlainMap } from "../../../engine/stack/stack.ts";
import { ChangeSetNotFound } from "../../../engine/stack/stack-errors.ts";
import { boolean, type Infer, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { withoutValues } from "../change-set/changes-view.ts";
import { cloudFormationOperation } from "../operation.ts";
import { listPage } from "../page.ts";
import { change } from "../shapes/change-shapes.ts";
import { changeSetNameOrId, nextToken, stackNameOrId } from "../shapes/input-shapes.ts";
import { deploymentConfigView, parameterView, rollbackConfigurationView, tagView } from "../shapes/stack-shapes.ts";
import { changeSetNamed, stackNamed } from "../stack/find.ts";
import { rollbackView } from "../stack/rollback-configuration.ts";
import { parameterViews, tagViews } from "../stack/stack-view.ts";

/** Shows a change set and what it would do. API_DescribeChangeSet. */
export const describeChangeSet = cloudFormationOperation({
  name: "DescribeChangeSet",
  input: structure({
    ChangeSetName: required(changeSetNameOrId),
    StackName: stackNameOrId,
    NextToken: nextToken,
    IncludePropertyValues: boolean(),
  }),
  output: structure({
    ChangeSetName: string(),
    ChangeSetId: string(),
    StackId: string(),
    StackName: string(),
    Description: string(),
    Parameters: list(parameterView),
    CreationTime: timestamp(),
    ExecutionStatus: string(),
    Status: string(),
    StatusReason: string(),
    StackDriftStatus: string(),
    NotificationARNs: list(string()),
    RollbackConfiguration: rollbackConfigurationView,
    Capabilities: list(string()),
    Tags: list(tagView),
    Changes: list(change),
    NextToken: string(),
    IncludeNestedStacks: boolean(),
    ParentChangeSetId: string(),
    RootChangeSetId: string(),
    OnStackFailure: string(),
    ImportExistingResources: boolean(),
    DeploymentMode: string(),
    DeploymentConfig: deploymentConfigView,
  }),
  errors: [ChangeSetNotFound],
  handle({ stacks }, input) {
    const changeSet = changeSetNamed(stacks, input);
    const { parameters, tags, settings, changes } = changeSet;
    const numbered = changes.map((view, index) => ({ view: view as PlainMap, key: String(index) }));
    const { items, nextToken } = listPage(
      numbered,
      { NextToken: input.NextToken, listing: "DescribeChangeSet" },
      ({ key }) => key,
    );
    const views = items.map(({ view }) => (input.IncludePropertyValues ? view : withoutValues(view)));
    return {
      ChangeSetName: changeSet.name,
      ChangeSetId: changeSet.id,
      StackId: changeSet.stackId,
      StackName: stackNamed(stacks, changeSet.stackId).name,
      Description: changeSet.description,
      Parameters: parameters.length === 0 ? undefined : parameterViews(parameters),
      CreationTime: changeSet.createdAt,
      ExecutionStatus: changeSet.executionStatus,
      Status: changeSet.status,
      StatusReason: changeSet.statusReason,
      NotificationARNs: settings.notificationArns,
      RollbackConfiguration: rollbackView(settings),
      Capabilities: changeSet.capabilities,
      Tags: Object.keys(tags).length === 0 ? undefined : tagViews(tags),
      Changes: views as readonly Infer<typeof change>[],
      NextToken: nextToken,
      IncludeNestedStacks: changeSet.includesNested,
      OnStackFailure: changeSet.onFailure,
      ImportExistingResources: changeSet.importsExisting,
    };
  },
});
