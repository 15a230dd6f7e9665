import { list, structure, timestamp } from "../../../model/shape.ts";
import { takePage } from "../../page.ts";
import { changeErrors, ExpiredNextTokenException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { formatPageToken } from "../page.ts";
import { notActive } from "../refusals.ts";
import { nextToken, pageLimit, shard, shardId, streamAddress } from "../shapes.ts";
import { shardFilter } from "../shard/shard-filter.ts";
import { shardListing } from "../shard/shard-listing.ts";
import { describeShard } from "../stream/descriptions.ts";

/** AWS: also when more are asked for. */
const LARGEST_PAGE = 1000;

/** Lists the shards of a stream. API_ListShards. */
export const listShards = kinesisOperation({
  name: "ListShards",
  rate: { perSecond: 1000, of: "stream" },
  input: structure({
    MaxResults: pageLimit,
    ExclusiveStartShardId: shardId,
    ...streamAddress,
    NextToken: nextToken,
    StreamCreationTimestamp: timestamp(),
    ShardFilter: shardFilter,
  }),
  output: structure({ Shards: list(shard), NextToken: nextToken }),
  errors: [...changeErrors, ExpiredNextTokenException],
  handle(context, input) {
    const { stream, filter, afterId } = shardListing(context, input);
    if (stream.status === "CREATING") throw notActive(stream);
    const { account } = stream.scope;
    const maxCount = Math.min(input.MaxResults ?? LARGEST_PAGE, LARGEST_PAGE);
    const remaining = stream.shards.list({ filter, afterId, maxCount: maxCount + 1 });
    const { items, nextToken: token } = takePage(remaining, maxCount, ({ id }) => {
      const rest = { after: id, account, streamArn: stream.arn, streamId: stream.id, filter };
      return formatPageToken("shards", rest, context.clockOf);
    });
    return { Shards: items.map(describeShard), NextToken: token };
  },
});
