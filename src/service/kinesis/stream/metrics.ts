import type { MetricsChange } from "../../../engine/stream/configuration.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { list, required, string, structure } from "../../../model/shape.ts";
import { notActive } from "../refusals.ts";
import { metricNames, streamAddress } from "../shapes.ts";

/** What the operations that turn metrics on and off have in common. */
export const metricsInput = structure({ ...streamAddress, ShardLevelMetrics: required(metricNames) });

export const metricsOutput = structure({
  StreamName: string(),
  CurrentShardLevelMetrics: list(string()),
  DesiredShardLevelMetrics: list(string()),
  StreamARN: string(),
});

/** AWS: each metric, in the order of all answers, which is that of a hash table. The AWS CLI's examples show it. */
const ALL = [
  "IncomingBytes",
  "OutgoingRecords",
  "IteratorAgeMilliseconds",
  "IncomingRecords",
  "ReadProvisionedThroughputExceeded",
  "WriteProvisionedThroughputExceeded",
  "OutgoingBytes",
];

/** The metrics that names mean: ALL stands for each of them. */
export function metricsNamed(names: readonly string[]): readonly string[] {
  return names.includes("ALL") ? ALL : names;
}

/** Metrics in the order in which answers show them. */
export function listMetrics(metrics: readonly string[]): readonly string[] {
  return ALL.filter((metric) => metrics.includes(metric));
}

/** Throws ResourceInUseException when nothing was changed. */
export function describeMetrics(stream: Stream, change: MetricsChange | "notActive") {
  if (change === "notActive") throw notActive(stream);
  return {
    StreamName: stream.name,
    CurrentShardLevelMetrics: listMetrics(change.current),
    DesiredShardLevelMetrics: listMetrics(change.desired),
    StreamARN: stream.arn,
  };
}
