import type { ResourceLine, Stack, StackLine, StackParameter, Tags } from "../../../engine/stack/stack.ts";
import type { Infer } from "../../../model/shape.ts";
import type * as shapes from "../shapes/stack-shapes.ts";
import { rollbackView } from "./rollback-configuration.ts";

const NOT_CHECKED = { StackDriftStatus: "NOT_CHECKED" };

/** A stack as DescribeStacks shows it. */
export function stackView(stack: Stack): Infer<typeof shapes.stack> {
  const { status, content, settings } = stack;
  const isDeleted = status === "DELETE_COMPLETE";
  return {
    StackId: stack.id,
    StackName: stack.name,
    ChangeSetId: stack.changeSetId,
    Description: content.description,
    Parameters: given(parameterViews(content.parameters)),
    CreationTime: stack.createdAt,
    DeletionTime: stack.deletedAt,
    LastUpdatedTime: stack.updatedAt,
    RollbackConfiguration: rollbackView(settings),
    StackStatus: status,
    StackStatusReason: stack.statusReason,
    DisableRollback: settings.disableRollback,
    NotificationARNs: settings.notificationArns,
    TimeoutInMinutes: settings.timeoutMinutes,
    Capabilities: given(content.capabilities),
    Outputs: given(outputViews(stack)),
    RoleARN: settings.roleArn,
    Tags: tagViews(content.tags),
    EnableTerminationProtection: isDeleted ? undefined : stack.isProtected,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: NOT_CHECKED,
  };
}

/** A list that is only shown when something is in it. */
function given<T>(list: readonly T[]): readonly T[] | undefined {
  return list.length === 0 ? undefined : list;
}

export function parameterViews(parameters: readonly StackParameter[]): readonly Infer<typeof shapes.parameterView>[] {
  return parameters.map(({ key, value, resolvedValue, isHidden }) => ({
    ParameterKey: key,
    ParameterValue: isHidden ? HIDDEN : value,
    ResolvedValue: isHidden ? undefined : resolvedValue,
  }));
}

const HIDDEN = "****";

export function tagViews(tags: Tags): readonly Infer<typeof shapes.tagView>[] {
  return Object.entries(tags).map(([Key, Value]) => ({ Key, Value }));
}

function outputViews({ content }: Stack): readonly Infer<typeof shapes.output>[] {
  return content.outputs.map(({ key, value, description, exportName }) => ({
    OutputKey: key,
    OutputValue: value,
    Description: description,
    ExportName: exportName,
  }));
}

/** A stack as ListStacks shows it. */
export function stackSummaryView(stack: Stack): Infer<typeof shapes.stackSummary> {
  return {
    StackId: stack.id,
    StackName: stack.name,
    TemplateDescription: stack.content.description,
    CreationTime: stack.createdAt,
    LastUpdatedTime: stack.updatedAt,
    DeletionTime: stack.deletedAt,
    StackStatus: stack.status,
    StackStatusReason: stack.statusReason,
    ParentId: stack.parentId,
    RootId: stack.rootId,
    DriftInformation: NOT_CHECKED,
  };
}

export function eventView({ id, name }: Stack, line: StackLine): Infer<typeof shapes.stackEvent> {
  return {
    StackId: id,
    EventId: line.eventId,
    StackName: name,
    LogicalResourceId: line.logicalId,
    PhysicalResourceId: line.physicalId,
    ResourceType: line.type,
    Timestamp: line.at,
    ResourceStatus: line.status,
    ResourceStatusReason: line.reason,
    ResourceProperties: line.properties,
    ClientRequestToken: line.token,
  };
}

/** A resource as DescribeStackResources shows it. */
export function resourceView(stack: Stack, line: ResourceLine): Infer<typeof shapes.stackResource> {
  return { StackName: stack.name, StackId: stack.id, ...resourceFacts(line), Timestamp: line.at };
}

/** A resource as ListStackResources shows it. */
export function resourceSummaryView(line: ResourceLine): Infer<typeof shapes.stackResourceSummary> {
  return { ...resourceFacts(line), LastUpdatedTimestamp: line.at };
}

/** A resource as DescribeStackResource shows it. */
export function resourceDetailView(stack: Stack, line: ResourceLine): Infer<typeof shapes.stackResourceDetail> {
  const resource = stack.content.resources.find(({ logicalId }) => logicalId === line.logicalId);
  return {
    StackName: stack.name,
    StackId: stack.id,
    ...resourceFacts(line),
    LastUpdatedTimestamp: line.at,
    Metadata: JSON.stringify(resource?.metadata ?? {}),
  };
}

function resourceFacts({ logicalId, physicalId, type, status, reason }: ResourceLine) {
  return {
    LogicalResourceId: logicalId,
    PhysicalResourceId: physicalId,
    ResourceType: type,
    ResourceStatus: status,
    ResourceStatusReason: reason,
    DriftInformation: { StackResourceDriftStatus: "NOT_CHECKED" },
  };
}
