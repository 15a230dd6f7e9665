import { AlreadyExists, LimitExceeded } from "../../../engine/stack/stack-errors.ts";
import { boolean, required, string, structure } from "../../../model/shape.ts";
import { createChangeSet as plan } from "../change-set/create.ts";
import { InsufficientCapabilities } from "../errors.ts";
import { cloudFormationOperation } from "../operation.ts";
import {
  capabilities,
  changeSetName,
  changeSetType,
  clientToken,
  deploymentConfig,
  deploymentMode,
  description,
  notificationArns,
  onStackFailure,
  parameters,
  resourcesToImport,
  resourceTypes,
  roleArn,
  rollbackConfiguration,
  stackNameOrId,
  tags,
  templateBody,
  templateUrl,
} from "../shapes/input-shapes.ts";

/** Plans what a stack is to become. API_CreateChangeSet. */
export const createChangeSet = cloudFormationOperation({
  name: "CreateChangeSet",
  input: structure({
    StackName: required(stackNameOrId),
    TemplateBody: templateBody,
    TemplateURL: templateUrl,
    UsePreviousTemplate: boolean(),
    Parameters: parameters,
    Capabilities: capabilities,
    ResourceTypes: resourceTypes,
    RoleARN: roleArn,
    RollbackConfiguration: rollbackConfiguration,
    NotificationARNs: notificationArns,
    Tags: tags,
    ChangeSetName: required(changeSetName),
    ClientToken: clientToken,
    Description: description,
    ChangeSetType: changeSetType,
    ResourcesToImport: resourcesToImport,
    IncludeNestedStacks: boolean(),
    OnStackFailure: onStackFailure,
    ImportExistingResources: boolean(),
    DeploymentMode: deploymentMode,
    DeploymentConfig: deploymentConfig,
    DisableValidation: boolean(),
  }),
  output: structure({ Id: string(), StackId: string() }),
  errors: [AlreadyExists, InsufficientCapabilities, LimitExceeded],
  gaps: [
    "Imports of resources are refused; ImportExistingResources, DeploymentMode, DeploymentConfig and DisableValidation are taken and make no difference.",
    "A change set shows a nested stack as one resource, whatever IncludeNestedStacks says.",
  ],
  async handle(context, input) {
    const { id, stackId } = await plan(context, input);
    return { Id: id, StackId: stackId };
  },
});
