import type { Shard } from "../../../engine/stream/shard/shard.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { present } from "../../../kernel/present.ts";
import { required, structure } from "../../../model/shape.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { invalidArgument, under } from "../refusals.ts";
import { hashKey, shardId, streamAddress } from "../shapes.ts";
import { reshardRefusal } from "../shard/reshard-refusal.ts";
import { readShardId } from "../shard/shard-position.ts";
import { streamAt } from "../stream/stream-address.ts";

/** Splits a shard in two. API_SplitShard. */
export const splitShard = kinesisOperation({
  name: "SplitShard",
  rate: { perSecond: 5 },
  input: structure({
    NewStartingHashKey: required(hashKey),
    ...streamAddress,
    ShardToSplit: required(shardId),
  }),
  errors: [...changeErrors, ValidationException],
  handle(context, input) {
    const shard = readShardId(context, input, input.ShardToSplit);
    const stream = streamAt(context, input);
    const outcome = stream.shards.split(shard.index, BigInt(input.NewStartingHashKey));
    if (outcome === "splitting") return;
    if (outcome === "badHashKey")
      throw badHashKey(
        input.NewStartingHashKey,
        stream,
        present(stream.shards.find(shard.index), "the shard that is split"),
      );
    throw reshardRefusal(outcome, { context, stream, shards: [shard] });
  },
});

function badHashKey(key: string, stream: Stream, { id, range }: Shard) {
  return invalidArgument(
    `NewStartingHashKey ${key} used in SplitShard() on shard ${id} in ${under(stream)} is not both greater than one plus the shard's StartingHashKey ${range.start} and less than the shard's EndingHashKey ${range.end}.`,
  );
}
