import { required, string, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { positiveInteger, streamAddress } from "../shapes.ts";
import { rescaleRefusal } from "../shard/rescale-refusal.ts";

/** Takes a stream to another number of shards of about equal width. API_UpdateShardCount. */
export const updateShardCount = streamOperation({
  name: "UpdateShardCount",
  rate: { perSecond: 10 },
  input: structure({
    ScalingType: required(string({ values: ["UNIFORM_SCALING"] })),
    ...streamAddress,
    TargetShardCount: required(positiveInteger),
  }),
  output: structure({
    StreamName: string(),
    CurrentShardCount: positiveInteger,
    TargetShardCount: positiveInteger,
    StreamARN: string(),
  }),
  errors: [...changeErrors, ValidationException],
  gaps: ["Shards that open and close within the change do not count towards the account's quota."],
  handle({ stream, quotas }, { TargetShardCount: target }) {
    const rescaling = stream.shards.rescale(target);
    if (rescaling.outcome !== "rescaling") throw rescaleRefusal(rescaling, { stream, target, quotas });
    return {
      StreamName: stream.name,
      CurrentShardCount: rescaling.currentCount,
      TargetShardCount: target,
      StreamARN: stream.arn,
    };
  },
});
