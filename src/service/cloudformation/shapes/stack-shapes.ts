import { boolean, integer, list, string, structure, timestamp } from "../../../model/shape.ts";
import { moduleInfo } from "./change-shapes.ts";

/** What stacks, their events and resources are shown as. */

export const accountLimit = structure({ Name: string(), Value: integer() });
export const parameterView = structure({
  ParameterKey: string(),
  ParameterValue: string(),
  UsePreviousValue: boolean(),
  ResolvedValue: string(),
});
const rollbackTriggerView = structure({ Arn: string(), Type: string() });
export const rollbackConfigurationView = structure({
  RollbackTriggers: list(rollbackTriggerView),
  MonitoringTimeInMinutes: integer(),
});
export const tagView = structure({ Key: string(), Value: string() });
export const deploymentConfigView = structure({ Mode: string(), DisableRollback: boolean() });
export const stackEvent = structure({
  StackId: string(),
  EventId: string(),
  StackName: string(),
  OperationId: string(),
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  ResourceType: string(),
  Timestamp: timestamp(),
  ResourceStatus: string(),
  ResourceStatusReason: string(),
  ResourceProperties: string(),
  ClientRequestToken: string(),
  HookType: string(),
  HookStatus: string(),
  HookStatusReason: string(),
  HookInvocationPoint: string(),
  HookInvocationId: string(),
  HookFailureMode: string(),
  DetailedStatus: string(),
});
const stackResourceDriftInformation = structure({
  StackResourceDriftStatus: string(),
  LastCheckTimestamp: timestamp(),
});
export const stackResourceDetail = structure({
  StackName: string(),
  StackId: string(),
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  ResourceType: string(),
  LastUpdatedTimestamp: timestamp(),
  ResourceStatus: string(),
  ResourceStatusReason: string(),
  Description: string(),
  Metadata: string(),
  DriftInformation: stackResourceDriftInformation,
  ModuleInfo: moduleInfo,
});
const physicalResourceIdContextKeyValuePair = structure({ Key: string(), Value: string() });
const propertyDifference = structure({
  PropertyPath: string(),
  ExpectedValue: string(),
  ActualValue: string(),
  DifferenceType: string(),
});
export const stackResourceDrift = structure({
  StackId: string(),
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  PhysicalResourceIdContext: list(physicalResourceIdContextKeyValuePair),
  ResourceType: string(),
  ExpectedProperties: string(),
  ActualProperties: string(),
  PropertyDifferences: list(propertyDifference),
  StackResourceDriftStatus: string(),
  Timestamp: timestamp(),
  ModuleInfo: moduleInfo,
  DriftStatusReason: string(),
});
export const stackResource = structure({
  StackName: string(),
  StackId: string(),
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  ResourceType: string(),
  Timestamp: timestamp(),
  ResourceStatus: string(),
  ResourceStatusReason: string(),
  Description: string(),
  DriftInformation: stackResourceDriftInformation,
  ModuleInfo: moduleInfo,
});
export const output = structure({
  OutputKey: string(),
  OutputValue: string(),
  Description: string(),
  ExportName: string(),
});
const stackDriftInformation = structure({ StackDriftStatus: string(), LastCheckTimestamp: timestamp() });
const operationEntry = structure({ OperationType: string(), OperationId: string() });
export const stack = structure({
  StackId: string(),
  StackName: string(),
  ChangeSetId: string(),
  Description: string(),
  Parameters: list(parameterView),
  CreationTime: timestamp(),
  DeletionTime: timestamp(),
  LastUpdatedTime: timestamp(),
  RollbackConfiguration: rollbackConfigurationView,
  StackStatus: string(),
  StackStatusReason: string(),
  DisableRollback: boolean(),
  DeploymentConfig: deploymentConfigView,
  NotificationARNs: list(string()),
  TimeoutInMinutes: integer(),
  Capabilities: list(string()),
  Outputs: list(output),
  RoleARN: string(),
  Tags: list(tagView),
  EnableTerminationProtection: boolean(),
  ParentId: string(),
  RootId: string(),
  DriftInformation: stackDriftInformation,
  RetainExceptOnCreate: boolean(),
  DeletionMode: string(),
  DetailedStatus: string(),
  LastOperations: list(operationEntry),
  AliasName: string(),
});
export const exportView = structure({ ExportingStackId: string(), Name: string(), Value: string() });
const stackResourceDriftInformationSummary = structure({
  StackResourceDriftStatus: string(),
  LastCheckTimestamp: timestamp(),
});
export const stackResourceSummary = structure({
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  ResourceType: string(),
  LastUpdatedTimestamp: timestamp(),
  ResourceStatus: string(),
  ResourceStatusReason: string(),
  DriftInformation: stackResourceDriftInformationSummary,
  ModuleInfo: moduleInfo,
});
const stackDriftInformationSummary = structure({ StackDriftStatus: string(), LastCheckTimestamp: timestamp() });
export const stackSummary = structure({
  StackId: string(),
  StackName: string(),
  TemplateDescription: string(),
  CreationTime: timestamp(),
  LastUpdatedTime: timestamp(),
  DeletionTime: timestamp(),
  StackStatus: string(),
  StackStatusReason: string(),
  ParentId: string(),
  RootId: string(),
  DriftInformation: stackDriftInformationSummary,
  LastOperations: list(operationEntry),
});
