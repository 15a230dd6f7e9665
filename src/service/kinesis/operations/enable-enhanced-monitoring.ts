import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { describeMetrics, metricsInput, metricsNamed, metricsOutput } from "../stream/metrics.ts";

/** Turns shard-level metrics on. API_EnableEnhancedMonitoring. */
export const enableEnhancedMonitoring = streamOperation({
  name: "EnableEnhancedMonitoring",
  rate: { perSecond: 5 },
  input: metricsInput,
  output: metricsOutput,
  errors: changeErrors,
  gaps: ["Metrics are turned on and off, nothing is measured."],
  handle: ({ stream }, { ShardLevelMetrics }) =>
    describeMetrics(stream, stream.configuration.enableMetrics(metricsNamed(ShardLevelMetrics))),
});
