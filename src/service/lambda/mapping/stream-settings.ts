import { InvalidParameterValue } from "../../../engine/function/function-errors.ts";
import type { StartingPosition, StreamSettings } from "../../../engine/mapping/mapping.ts";
import { parseArn } from "../../../kernel/arn.ts";
import { fifoDestination } from "../fifo-destination.ts";
import { MOST_AGE_SECONDS } from "./mapping-shapes.ts";
import { checkFilters, commonSettings, type Given, refuseMembers, SECOND_MS } from "./settings-given.ts";

type Settings = Omit<StreamSettings, "functionArn">;

/** A retry is for ever, and a record of any age. */
const NO_LIMIT = -1;
/** AWS: MaximumRecordAgeInSeconds, API_CreateEventSourceMapping. */
const LEAST_AGE_SECONDS = 60;
const TARGETS: ReadonlySet<string> = new Set(["sqs", "sns", "s3"]);

/** How a new mapping reads a stream, beside the function and where it begins. */
const NEW: Omit<Settings, "startingPosition"> = {
  kind: "stream",
  isEnabled: true,
  batchSize: 100,
  windowMs: 0,
  filters: [],
  reportsFailures: false,
  shown: {},
  parallelizationFactor: 1,
  maximumRetryAttempts: NO_LIMIT,
  maximumRecordAgeMs: NO_LIMIT,
  bisects: false,
  tumblingWindowMs: 0,
};

/** The settings of a new mapping of a stream. Throws InvalidParameterValue. */
export function newStreamSettings(given: Given, now: number): Settings {
  return streamSettings(given, { ...NEW, startingPosition: startingPosition(given, now) });
}

/** The settings of a mapping of a stream with what a request changes of them. Throws InvalidParameterValue. */
export function streamSettings(given: Given, before: Settings): Settings {
  refuseMembers(given, ["ScalingConfig", "ProvisionedPollerConfig"]);
  const common = commonSettings(before, given);
  const { MaximumRecordAgeInSeconds: ageSeconds, TumblingWindowInSeconds: tumblingSeconds } = given;
  if (ageSeconds !== undefined && ageSeconds !== NO_LIMIT && ageSeconds < LEAST_AGE_SECONDS) {
    throw new InvalidParameterValue(
      `MaximumRecordAgeInSeconds must be either ${NO_LIMIT} (forever) or between ${LEAST_AGE_SECONDS} and ${MOST_AGE_SECONDS} (inclusive)`,
    );
  }
  const onFailureArn = failureTarget(given, before.onFailureArn);
  checkFilters(common.filters, "data");
  return {
    kind: "stream",
    ...common,
    startingPosition: before.startingPosition,
    parallelizationFactor: given.ParallelizationFactor ?? before.parallelizationFactor,
    maximumRetryAttempts: given.MaximumRetryAttempts ?? before.maximumRetryAttempts,
    maximumRecordAgeMs: ageSeconds === undefined ? before.maximumRecordAgeMs : inMs(ageSeconds),
    bisects: given.BisectBatchOnFunctionError ?? before.bisects,
    tumblingWindowMs: tumblingSeconds === undefined ? before.tumblingWindowMs : inMs(tumblingSeconds),
    ...(onFailureArn !== undefined && { onFailureArn }),
  };
}

function inMs(seconds: number): number {
  return seconds === NO_LIMIT ? NO_LIMIT : seconds * SECOND_MS;
}

/** GAP: AWS's words for a timestamp that is ahead are not known. */
function startingPosition(given: Given, now: number): StartingPosition {
  const { StartingPosition: type, StartingPositionTimestamp: timestamp } = given;
  if (type === undefined) {
    throw new InvalidParameterValue(
      "1 validation error detected: Value null at 'startingPosition' failed to satisfy constraint: Member must not be null.",
    );
  }
  if (type !== "AT_TIMESTAMP") {
    if (timestamp === undefined) return { type: type === "LATEST" ? "LATEST" : "TRIM_HORIZON" };
    throw new InvalidParameterValue("Timestamp only valid with StartingPosition AT_TIMESTAMP");
  }
  if (timestamp === undefined) {
    throw new InvalidParameterValue("Need to specify a timestamp");
  }
  if (timestamp > now) throw new InvalidParameterValue("StartingPositionTimestamp cannot be in the future.");
  return { type, timestamp };
}

/** Who is told of what was given up. GAP: AWS's words for OnSuccess are not known. */
function failureTarget({ DestinationConfig: given }: Given, before: string | undefined): string | undefined {
  if (given?.OnSuccess?.Destination) {
    throw new InvalidParameterValue("DestinationConfig.OnSuccess is not supported by event source mappings.");
  }
  if (given?.OnFailure === undefined) return before;
  const { Destination: arn } = given.OnFailure;
  if (!arn) return undefined;
  const { service = "", resource = "" } = parseArn(arn) ?? {};
  if (!TARGETS.has(service)) {
    throw new InvalidParameterValue("The service specified by the TargetArn isn't supported as a destination.");
  }
  if (resource.endsWith(".fifo") && service !== "s3") throw fifoDestination(service);
  return arn;
}
