import { boolean, integer, list, map, required, string, structure } from "../../../model/shape.ts";
import { pattern } from "../../constraint-wording.ts";

/** What operations are given, within the bounds of the API model. */

export const clientRequestToken = string({ min: 1, max: 128, pattern: pattern("[a-zA-Z0-9][-a-zA-Z0-9]*") });
export const stackNameOrId = string({
  min: 1,
  pattern: pattern("([a-zA-Z][-a-zA-Z0-9]*)|(arn:\\b(aws|aws-us-gov|aws-cn)\\b:[-a-zA-Z0-9:/._+]*)"),
});
export const roleArn = string({ min: 20, max: 2048 });
const resourceToSkip = string({ pattern: pattern("[a-zA-Z0-9]+|[a-zA-Z][-a-zA-Z0-9]*\\.[a-zA-Z0-9]+") });
export const resourcesToSkip = list(resourceToSkip);
export const templateBody = string({ min: 1, max: 51_200 });
export const templateUrl = string({ min: 1, max: 5120 });
const parameter = structure({
  ParameterKey: string(),
  ParameterValue: string(),
  UsePreviousValue: boolean(),
  ResolvedValue: string(),
});
export const parameters = list(parameter);
const capability = string({ values: ["CAPABILITY_IAM", "CAPABILITY_NAMED_IAM", "CAPABILITY_AUTO_EXPAND"] });
export const capabilities = list(capability);
const resourceType = string({ min: 1, max: 256 });
export const resourceTypes = list(resourceType);
const rollbackTrigger = structure({ Arn: required(string()), Type: required(string()) });
const rollbackTriggers = list(rollbackTrigger, { max: 5 });
const monitoringTimeInMinutes = integer({ min: 0, max: 180 });
export const rollbackConfiguration = structure({
  RollbackTriggers: rollbackTriggers,
  MonitoringTimeInMinutes: monitoringTimeInMinutes,
});
export const notificationArns = list(string(), { max: 5 });
const tagKey = string({ min: 1, max: 128 });
const tagValue = string({ min: 1, max: 256 });
const tag = structure({ Key: required(tagKey), Value: required(tagValue) });
export const tags = list(tag, { max: 50 });
export const changeSetName = string({ min: 1, max: 128, pattern: pattern("[a-zA-Z][-a-zA-Z0-9]*") });
export const clientToken = string({ min: 1, max: 128 });
export const description = string({ min: 1, max: 1024 });
export const changeSetType = string({ values: ["CREATE", "UPDATE", "IMPORT"] });
const resourceIdentifierPropertyValue = string({ min: 1, max: 2048 });
const resourceIdentifierPropertyKey = string({ min: 1, max: 2048 });
const resourceIdentifierProperties = map(resourceIdentifierPropertyValue, {
  min: 1,
  max: 256,
  key: resourceIdentifierPropertyKey,
});
const resourceToImport = structure({
  ResourceType: required(resourceType),
  LogicalResourceId: required(string()),
  ResourceIdentifier: required(resourceIdentifierProperties),
});
export const resourcesToImport = list(resourceToImport, { max: 200 });
export const onStackFailure = string({ values: ["DO_NOTHING", "ROLLBACK", "DELETE"] });
export const deploymentMode = string({ values: ["REVERT_DRIFT"] });
const deploymentConfigMode = string({ values: ["STANDARD", "EXPRESS"] });
export const deploymentConfig = structure({ Mode: deploymentConfigMode, DisableRollback: boolean() });
export const timeoutMinutes = integer({ min: 1 });
export const onFailure = string({ values: ["DO_NOTHING", "ROLLBACK", "DELETE"] });
export const stackPolicyBody = string({ min: 1, max: 16384 });
export const stackPolicyUrl = string({ min: 1, max: 5120 });
export const changeSetNameOrId = string({
  min: 1,
  max: 1600,
  pattern: pattern("[a-zA-Z][-a-zA-Z0-9]*|arn:[-a-zA-Z0-9:/]*"),
});
export const retainResources = list(string());
export const deletionMode = string({ values: ["STANDARD", "FORCE_DELETE_STACK"] });
export const nextToken = string({ min: 1, max: 1024 });
export const stackDriftDetectionId = string({ min: 1, max: 36 });
const stackResourceDriftStatus = string({
  values: ["IN_SYNC", "MODIFIED", "DELETED", "NOT_CHECKED", "UNKNOWN", "UNSUPPORTED"],
});
export const stackResourceDriftStatusFilters = list(stackResourceDriftStatus, { min: 1, max: 4 });
export const boxedMaxResults = integer({ min: 1, max: 100 });
export const logicalResourceIds = list(string(), { min: 1, max: 200 });
export const templateStage = string({ values: ["Original", "Processed"] });
export const stackSetNameOrId = string({
  pattern: pattern(
    "[a-zA-Z][-a-zA-Z0-9]*(?::[a-zA-Z0-9]{8}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{4}-[a-zA-Z0-9]{12})?",
  ),
});
export const callAs = string({ values: ["SELF", "DELEGATED_ADMIN"] });
export const templateSummaryConfig = structure({ TreatUnrecognizedResourceTypesAsWarnings: boolean() });
const stackStatus = string({
  values: [
    "CREATE_IN_PROGRESS",
    "CREATE_FAILED",
    "CREATE_COMPLETE",
    "ROLLBACK_IN_PROGRESS",
    "ROLLBACK_FAILED",
    "ROLLBACK_COMPLETE",
    "DELETE_IN_PROGRESS",
    "DELETE_FAILED",
    "DELETE_COMPLETE",
    "UPDATE_IN_PROGRESS",
    "UPDATE_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_COMPLETE",
    "UPDATE_FAILED",
    "UPDATE_ROLLBACK_IN_PROGRESS",
    "UPDATE_ROLLBACK_FAILED",
    "UPDATE_ROLLBACK_COMPLETE_CLEANUP_IN_PROGRESS",
    "UPDATE_ROLLBACK_COMPLETE",
    "REVIEW_IN_PROGRESS",
    "IMPORT_IN_PROGRESS",
    "IMPORT_COMPLETE",
    "IMPORT_ROLLBACK_IN_PROGRESS",
    "IMPORT_ROLLBACK_FAILED",
    "IMPORT_ROLLBACK_COMPLETE",
  ],
});
export const stackStatusFilter = list(stackStatus);
export const resourceSignalUniqueId = string({ min: 1, max: 64 });
export const resourceSignalStatus = string({ values: ["SUCCESS", "FAILURE"] });
export const stackPolicyDuringUpdateBody = string({ min: 1, max: 16384 });
export const stackPolicyDuringUpdateUrl = string({ min: 1, max: 5120 });

/** A new stack's name. */
export const stackName = string({ min: 1, max: 128, pattern: pattern("[a-zA-Z][-a-zA-Z0-9]*") });
