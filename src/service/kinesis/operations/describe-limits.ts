import { integer, required, structure } from "../../../model/shape.ts";
import { LimitExceededException } from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";

/** Shows how much an account may have in a region, and how much it has. API_DescribeLimits. */
export const describeLimits = kinesisOperation({
  name: "DescribeLimits",
  rate: { perSecond: 1 },
  input: structure({}),
  output: structure({
    ShardLimit: required(integer()),
    OpenShardCount: required(integer()),
    OnDemandStreamCount: required(integer()),
    OnDemandStreamCountLimit: required(integer()),
    ChannelCount: integer(),
    ChannelCountLimit: integer(),
  }),
  errors: [LimitExceededException],
  handle(context) {
    const streams = streamsOf(context);
    const { openShards, onDemandStreams, channels } = context.quotas;
    return {
      ShardLimit: openShards,
      OpenShardCount: streams.openShardCount,
      OnDemandStreamCount: streams.onDemandStreamCount,
      OnDemandStreamCountLimit: onDemandStreams,
      ChannelCount: streams.channels.list().length,
      ChannelCountLimit: channels,
    };
  },
});
