import { type Service, serviceOf } from "../service.ts";
import { cloudFormationModel, type cloudFormationOperations } from "./cloudformation-model.ts";
import type { CloudFormationDeps, CloudFormationOperation } from "./operation.ts";
import { cancelUpdateStack } from "./operations/cancel-update-stack.ts";
import { continueUpdateRollback } from "./operations/continue-update-rollback.ts";
import { createChangeSet } from "./operations/create-change-set.ts";
import { createStack } from "./operations/create-stack.ts";
import { deleteChangeSet } from "./operations/delete-change-set.ts";
import { deleteStack } from "./operations/delete-stack.ts";
import { describeAccountLimits } from "./operations/describe-account-limits.ts";
import { describeChangeSet } from "./operations/describe-change-set.ts";
import { describeStackDriftDetectionStatus } from "./operations/describe-stack-drift-detection-status.ts";
import { describeStackEvents } from "./operations/describe-stack-events.ts";
import { describeStackResource } from "./operations/describe-stack-resource.ts";
import { describeStackResourceDrifts } from "./operations/describe-stack-resource-drifts.ts";
import { describeStackResources } from "./operations/describe-stack-resources.ts";
import { describeStacks } from "./operations/describe-stacks.ts";
import { detectStackDrift } from "./operations/detect-stack-drift.ts";
import { executeChangeSet } from "./operations/execute-change-set.ts";
import { getStackPolicy } from "./operations/get-stack-policy.ts";
import { getTemplate } from "./operations/get-template.ts";
import { getTemplateSummary } from "./operations/get-template-summary.ts";
import { listChangeSets } from "./operations/list-change-sets.ts";
import { listExports } from "./operations/list-exports.ts";
import { listImports } from "./operations/list-imports.ts";
import { listStackResources } from "./operations/list-stack-resources.ts";
import { listStacks } from "./operations/list-stacks.ts";
import { rollbackStack } from "./operations/rollback-stack.ts";
import { setStackPolicy } from "./operations/set-stack-policy.ts";
import { signalResource } from "./operations/signal-resource.ts";
import { updateStack } from "./operations/update-stack.ts";
import { updateTerminationProtection } from "./operations/update-termination-protection.ts";
import { validateTemplate } from "./operations/validate-template.ts";

const table: Readonly<Record<(typeof cloudFormationOperations)[number]["name"], CloudFormationOperation>> = {
  CancelUpdateStack: cancelUpdateStack,
  ContinueUpdateRollback: continueUpdateRollback,
  CreateChangeSet: createChangeSet,
  CreateStack: createStack,
  DeleteChangeSet: deleteChangeSet,
  DeleteStack: deleteStack,
  DescribeAccountLimits: describeAccountLimits,
  DescribeChangeSet: describeChangeSet,
  DescribeStackDriftDetectionStatus: describeStackDriftDetectionStatus,
  DescribeStackEvents: describeStackEvents,
  DescribeStackResource: describeStackResource,
  DescribeStackResourceDrifts: describeStackResourceDrifts,
  DescribeStackResources: describeStackResources,
  DescribeStacks: describeStacks,
  DetectStackDrift: detectStackDrift,
  ExecuteChangeSet: executeChangeSet,
  GetStackPolicy: getStackPolicy,
  GetTemplate: getTemplate,
  GetTemplateSummary: getTemplateSummary,
  ListChangeSets: listChangeSets,
  ListExports: listExports,
  ListImports: listImports,
  ListStackResources: listStackResources,
  ListStacks: listStacks,
  RollbackStack: rollbackStack,
  SetStackPolicy: setStackPolicy,
  SignalResource: signalResource,
  UpdateStack: updateStack,
  UpdateTerminationProtection: updateTerminationProtection,
  ValidateTemplate: validateTemplate,
};

/** AWS CloudFormation, on the stacks it is given. */
export function createCloudFormationService({ directory, deployer, ids }: CloudFormationDeps): Service {
  return serviceOf(cloudFormationModel, table, (call) => ({ call, deployer, ids, stacks: directory.in(call.scope) }));
}
