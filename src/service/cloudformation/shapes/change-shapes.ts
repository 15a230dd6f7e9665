import { boolean, integer, list, string, structure, timestamp } from "../../../model/shape.ts";

/** What change sets are shown as. */

const resourceDriftIgnoredAttribute = structure({ Path: string(), Reason: string() });
const liveResourceDrift = structure({
  PreviousValue: string(),
  ActualValue: string(),
  DriftDetectionTimestamp: timestamp(),
});
const resourceTargetDefinition = structure({
  Attribute: string(),
  Name: string(),
  RequiresRecreation: string(),
  Path: string(),
  BeforeValue: string(),
  AfterValue: string(),
  BeforeValueFrom: string(),
  AfterValueFrom: string(),
  Drift: liveResourceDrift,
  AttributeChangeType: string(),
});
const resourceChangeDetail = structure({
  Target: resourceTargetDefinition,
  Evaluation: string(),
  ChangeSource: string(),
  CausingEntity: string(),
});
export const moduleInfo = structure({ TypeHierarchy: string(), LogicalIdHierarchy: string() });
const resourceChange = structure({
  PolicyAction: string(),
  Action: string(),
  LogicalResourceId: string(),
  PhysicalResourceId: string(),
  ResourceType: string(),
  Replacement: string(),
  Scope: list(string()),
  ResourceDriftStatus: string(),
  ResourceDriftIgnoredAttributes: list(resourceDriftIgnoredAttribute),
  Details: list(resourceChangeDetail),
  ChangeSetId: string(),
  ModuleInfo: moduleInfo,
  BeforeContext: string(),
  AfterContext: string(),
  PreviousDeploymentContext: string(),
});
export const change = structure({ Type: string(), HookInvocationCount: integer(), ResourceChange: resourceChange });
export const changeSetSummary = structure({
  StackId: string(),
  StackName: string(),
  ChangeSetId: string(),
  ChangeSetName: string(),
  ExecutionStatus: string(),
  Status: string(),
  StatusReason: string(),
  CreationTime: timestamp(),
  Description: string(),
  IncludeNestedStacks: boolean(),
  ParentChangeSetId: string(),
  RootChangeSetId: string(),
  ImportExistingResources: boolean(),
});
