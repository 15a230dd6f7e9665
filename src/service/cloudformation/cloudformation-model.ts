import type { ServiceModel } from "../../model/contract.ts";
import { couldNotFindOperation, malformedForm } from "../service.ts";

/** What the wire formats and the router know of AWS CloudFormation. */
export const cloudFormationModel: ServiceModel = {
  id: "cloudformation",
  title: "AWS CloudFormation",
  runsCode: true,
  apiVersion: "2010-05-15",
  protocols: ["awsQuery"],
  xmlNamespace: "http://cloudformation.amazonaws.com/doc/2010-05-15/",
  isXmlIndented: true,
  resourceMembers: ["StackName", "ChangeSetName", "ExportName"],
  unknownAction: couldNotFindOperation,
  malformedForm,
  gaps: [
    "Stack sets, types, hooks, generated templates, resource scans, refactors and imports are not there; they are answered as actions that CloudFormation does not have.",
    "Signatures are not verified; requests without one are accepted.",
    "A stack is finished before the call that began it is answered, and its events have the instants in which that happened.",
    "Capabilities are kept and not demanded; roles, rollback triggers and time limits are kept and not obeyed.",
    "Tags of a stack become those of its resources; system tags (aws:cloudformation:stack-name and its like) are given to topics, streams, functions and event source mappings alone; of queues AWS says that they get none.",
    "Of a stack the latest 5,000 events at least are kept, of deleted stacks the latest 500, of change sets 100 for each stack.",
  ],
};

/** Those operations of the API model that are served. */
export const cloudFormationOperations = [
  { name: "CancelUpdateStack" },
  { name: "ContinueUpdateRollback" },
  { name: "CreateChangeSet" },
  { name: "CreateStack" },
  { name: "DeleteChangeSet" },
  { name: "DeleteStack" },
  { name: "DescribeAccountLimits" },
  { name: "DescribeChangeSet" },
  { name: "DescribeStackDriftDetectionStatus" },
  { name: "DescribeStackEvents" },
  { name: "DescribeStackResource" },
  { name: "DescribeStackResourceDrifts" },
  { name: "DescribeStackResources" },
  { name: "DescribeStacks" },
  { name: "DetectStackDrift" },
  { name: "ExecuteChangeSet" },
  { name: "GetStackPolicy" },
  { name: "GetTemplate" },
  { name: "GetTemplateSummary" },
  { name: "ListChangeSets" },
  { name: "ListExports" },
  { name: "ListImports" },
  { name: "ListStackResources" },
  { name: "ListStacks" },
  { name: "RollbackStack" },
  { name: "SetStackPolicy" },
  { name: "SignalResource" },
  { name: "UpdateStack" },
  { name: "UpdateTerminationProtection" },
  { name: "ValidateTemplate" },
] as const;
