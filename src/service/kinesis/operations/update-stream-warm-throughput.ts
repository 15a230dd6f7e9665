import { required, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { inProvisionedMode, noCommitment, notActive } from "../refusals.ts";
import { naturalInteger, streamAddress, streamArn, streamName, warmThroughput } from "../shapes.ts";
import { checkWarmThroughput, describeWarmThroughput } from "../stream/warm-throughput.ts";

/** Has an on-demand stream be ready for more at once. API_UpdateStreamWarmThroughput. */
export const updateStreamWarmThroughput = streamOperation({
  name: "UpdateStreamWarmThroughput",
  rate: { perSecond: 5 },
  input: structure({ WarmThroughputMiBps: required(naturalInteger), ...streamAddress }),
  output: structure({ StreamARN: streamArn, StreamName: streamName, WarmThroughput: warmThroughput }),
  errors: [...changeErrors, ValidationException],
  gaps: ["Warm throughput is kept and shown; no stream gets more shards for it."],
  handle({ stream }, { WarmThroughputMiBps }) {
    checkWarmThroughput(WarmThroughputMiBps);
    const outcome = stream.configuration.changeWarmThroughput(WarmThroughputMiBps);
    if (outcome === "notActive") throw notActive(stream);
    if (outcome === "notOnDemand") throw inProvisionedMode(stream);
    if (outcome === "noCommitment") throw noCommitment(stream.scope);
    return { StreamARN: stream.arn, StreamName: stream.name, WarmThroughput: describeWarmThroughput(stream) };
  },
});
