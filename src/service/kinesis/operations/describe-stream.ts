import { boolean, integer, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { streamErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { enhancedMonitoring, pageLimit, shard, shardId, streamAddress, streamModeDetails } from "../shapes.ts";
import { describeStream as describe, describeShard } from "../stream/descriptions.ts";

/** AWS: also when more are asked for. */
const LARGEST_PAGE = 100;

const description = structure({
  StreamName: required(string()),
  StreamARN: required(string()),
  StreamStatus: required(string()),
  StreamModeDetails: streamModeDetails,
  Shards: required(list(shard)),
  HasMoreShards: required(boolean()),
  RetentionPeriodHours: required(integer()),
  StreamCreationTimestamp: required(timestamp()),
  EnhancedMonitoring: required(enhancedMonitoring),
  EncryptionType: string(),
  KeyId: string(),
});

/** Describes a stream and its shards. API_DescribeStream. */
export const describeStream = streamOperation({
  name: "DescribeStream",
  rate: { perSecond: 10 },
  input: structure({ Limit: pageLimit, ExclusiveStartShardId: shardId, ...streamAddress }),
  output: structure({ StreamDescription: required(description) }),
  errors: streamErrors,
  handle({ stream }, { Limit = LARGEST_PAGE, ExclusiveStartShardId: afterId }) {
    const maxCount = Math.min(Limit, LARGEST_PAGE);
    const remaining = stream.shards.list({ afterId, maxCount: maxCount + 1 });
    const shards = remaining.slice(0, maxCount);
    return {
      StreamDescription: {
        ...describe(stream),
        Shards: shards.map(describeShard),
        HasMoreShards: remaining.length > shards.length,
      },
    };
  },
});
