import { required, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { invalidArgument, under } from "../refusals.ts";
import { shardId, streamAddress } from "../shapes.ts";
import { reshardRefusal } from "../shard/reshard-refusal.ts";
import { readShardId } from "../shard/shard-position.ts";
import { streamAt } from "../stream/stream-address.ts";

/** Merges a shard with the one whose hash keys follow on its own. API_MergeShards. */
export const mergeShards = kinesisOperation({
  name: "MergeShards",
  rate: { perSecond: 5 },
  input: structure({
    ShardToMerge: required(shardId),
    AdjacentShardToMerge: required(shardId),
    ...streamAddress,
  }),
  errors: [...changeErrors, ValidationException],
  handle(context, input) {
    const lower = readShardId(context, input, input.ShardToMerge);
    const upper = readShardId(context, input, input.AdjacentShardToMerge);
    const stream = streamAt(context, input);
    const outcome = stream.shards.merge(lower.index, upper.index);
    if (outcome === "merging") return;
    if (outcome === "notAdjacent") {
      const shards = `Shards ${lower.id} and ${upper.id} in ${under(stream)}`;
      throw invalidArgument(`${shards} are not an adjacent pair of shards eligible for merging`);
    }
    throw reshardRefusal(outcome, { context, stream, shards: [lower, upper] });
  },
});
