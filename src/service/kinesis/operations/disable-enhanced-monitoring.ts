import { changeErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { describeMetrics, metricsInput, metricsNamed, metricsOutput } from "../stream/metrics.ts";

/** Turns shard-level metrics off. API_DisableEnhancedMonitoring. */
export const disableEnhancedMonitoring = streamOperation({
  name: "DisableEnhancedMonitoring",
  rate: { perSecond: 5 },
  input: metricsInput,
  output: metricsOutput,
  errors: changeErrors,
  gaps: ["Metrics are turned on and off, nothing is measured."],
  handle: ({ stream }, { ShardLevelMetrics }) =>
    describeMetrics(stream, stream.configuration.disableMetrics(metricsNamed(ShardLevelMetrics))),
});
