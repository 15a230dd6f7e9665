import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { QueueSettings } from "../../../engine/mapping/mapping.ts";
import { checkFilters, commonSettings, type Given, refuseMembers } from "./settings-given.ts";

/** AWS: what a receive returns at most. */
const MOST_RECEIVED = 10;
/** AWS: quotas of provisioned mode. */
const LEAST_POLLERS = 2;

const STREAM_MEMBERS = [
  "StartingPosition",
  "StartingPositionTimestamp",
  "ParallelizationFactor",
  "DestinationConfig",
  "MaximumRecordAgeInSeconds",
  "BisectBatchOnFunctionError",
  "MaximumRetryAttempts",
  "TumblingWindowInSeconds",
];

/** How a new mapping reads a queue, beside the function. */
const NEW: Omit<QueueSettings, "functionArn"> = {
  kind: "queue",
  isEnabled: true,
  batchSize: 10,
  windowMs: 0,
  filters: [],
  reportsFailures: false,
  shown: {},
};

/** The settings of a mapping of a queue as a request has them. Throws InvalidParameterValue. */
export function queueSettings(
  given: Given,
  { sourceArn, before = NEW }: { readonly sourceArn: string; readonly before?: typeof NEW },
): Omit<QueueSettings, "functionArn"> {
  refuseMembers(given, STREAM_MEMBERS, "SQS");
  const common = commonSettings(before, given);
  if (sourceArn.endsWith(".fifo")) checkFifo(common);
  else if (common.batchSize > MOST_RECEIVED && common.windowMs === 0) {
    throw new InvalidParameterValue(
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${MOST_RECEIVED}`,
    );
  }
  const { ScalingConfig } = given;
  const concurrency = ScalingConfig === undefined ? before.maximumConcurrency : ScalingConfig.MaximumConcurrency;
  checkScaling(concurrency, given);
  checkFilters(common.filters, "body");
  return { kind: "queue", ...common, ...(concurrency !== undefined && { maximumConcurrency: concurrency }) };
}

function checkFifo({ batchSize, windowMs }: { readonly batchSize: number; readonly windowMs: number }): void {
  if (windowMs > 0) throw new InvalidParameterValue("Batching window is not supported for FIFO queues");
  if (batchSize > MOST_RECEIVED) {
    throw new InvalidParameterValue(`Maximum batch size must be between 1 and ${MOST_RECEIVED} inclusive`);
  }
}

/** GAP: AWS's words are not known. */
function checkScaling(concurrency: number | undefined, { ProvisionedPollerConfig: pollers = {} }: Given): void {
  const counts = [pollers.MinimumPollers, pollers.MaximumPollers].filter((count) => count !== undefined);
  if (counts.some((count) => count < LEAST_POLLERS)) {
    throw new InvalidParameterValue(
      `ProvisionedPollerConfig of an SQS event source has ${LEAST_POLLERS} pollers at least`,
    );
  }
  if (counts.length > 0 && concurrency !== undefined) {
    throw new InvalidParameterValue("ScalingConfig and ProvisionedPollerConfig cannot be used together.");
  }
}
