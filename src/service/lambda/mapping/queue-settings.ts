import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { QueueSettings } from "../../../engine/mapping/mapping.ts";
import { checkFilters, commonSettings, type Given, refuseMembers } from "./settings-given.ts";

/** AWS: what a receive returns at most. */
const MOST_RECEIVED = 10;
/** AWS: what its message says of provisioned mode. */
const LEAST_POLLERS = 2;
const MOST_MINIMUM_POLLERS = 200;
const MOST_POLLERS = 10_000;

const STREAM_MEMBERS = [
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
  refusePosition(given);
  refuseMembers(given, STREAM_MEMBERS);
  const common = commonSettings(before, given);
  checkBatch(common, sourceArn);
  const { ScalingConfig } = given;
  const concurrency = ScalingConfig === undefined ? before.maximumConcurrency : ScalingConfig.MaximumConcurrency;
  checkScaling(concurrency, given);
  checkFilters(common.filters, "body");
  return { kind: "queue", ...common, ...(concurrency !== undefined && { maximumConcurrency: concurrency }) };
}

/** A queue has no place to begin at. AWS: the position has words of its own. */
function refusePosition({ StartingPosition, StartingPositionTimestamp }: Given): void {
  if (StartingPosition !== undefined) {
    throw new InvalidParameterValue("StartingPosition is not valid for SQS event sources.");
  }
  if (StartingPositionTimestamp !== undefined) {
    throw new InvalidParameterValue("Timestamp is not valid for SQS event sources.");
  }
}

/** AWS: a FIFO queue, which has no window, is told of one that a large batch needs. */
function checkBatch({ batchSize, windowMs }: Pick<QueueSettings, "batchSize" | "windowMs">, sourceArn: string): void {
  if (windowMs > 0 && sourceArn.endsWith(".fifo")) {
    throw new InvalidParameterValue("Batching window is not supported for FIFO queues");
  }
  if (batchSize > MOST_RECEIVED && windowMs === 0) {
    throw new InvalidParameterValue(
      `Maximum batch window in seconds must be greater than 0 if maximum batch size is greater than ${MOST_RECEIVED}`,
    );
  }
}

function checkScaling(concurrency: number | undefined, { ProvisionedPollerConfig: pollers }: Given): void {
  if (pollers === undefined) return;
  const { MinimumPollers: least, MaximumPollers: most, PollerGroupName } = pollers;
  if (PollerGroupName !== undefined) throw new InvalidParameterValue("Invalid parameter: pollerGroupName");
  const counts = [least, most].filter((count) => count !== undefined);
  if (counts.some((count) => count < LEAST_POLLERS)) {
    throw new InvalidParameterValue(
      `MinimumPollers should be between [${LEAST_POLLERS}, ${MOST_MINIMUM_POLLERS}] and MaximumPollers should be between [MinimumPollers, ${MOST_POLLERS}]`,
    );
  }
  if (least !== undefined && most !== undefined && most < least) {
    throw new InvalidParameterValue("MinimumPollers must be less than or equal to MaximumPollers.");
  }
  if (counts.length > 0 && concurrency !== undefined) {
    throw new InvalidParameterValue(
      "Provisioned mode for SQS ESM does not support maximum concurrency feature. Use MaximumPollers as the control mechanism and remove maximum concurrency.",
    );
  }
}
