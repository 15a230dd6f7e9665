import { required, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { invalidArgument, notActive, under } from "../refusals.ts";
import { recordDistributionStrategy, streamArn, streamId } from "../shapes.ts";

/** Decides how records find their shards from now on. API_UpdateStreamRecordDistributionStrategy. */
export const updateStreamRecordDistributionStrategy = streamOperation({
  name: "UpdateStreamRecordDistributionStrategy",
  rate: { perSecond: 5 },
  input: structure({
    StreamARN: required(streamArn),
    StreamId: streamId,
    RecordDistributionStrategy: required(recordDistributionStrategy),
  }),
  errors: [...changeErrors, ValidationException],
  handle({ stream }, { RecordDistributionStrategy: strategy }) {
    const outcome = stream.configuration.changeDistribution(strategy === "AUTO" ? "AUTO" : "USER_PARTITION_KEY");
    if (outcome === "notActive") throw notActive(stream);
    // The text is ours.
    if (outcome === "notOnDemand")
      throw invalidArgument(`AUTO needs On-Demand mode, which ${under(stream)} is not in.`);
  },
});
