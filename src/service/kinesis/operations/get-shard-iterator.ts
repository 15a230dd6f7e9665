import { required, structure, timestamp } from "../../../model/shape.ts";
import { DryRunOperationException, dataErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { readRateExceeded, shardDoesNotExist } from "../refusals.ts";
import { dryRun, sequenceNumber, shardId, shardIterator, shardIteratorType, streamAddress } from "../shapes.ts";
import { formatShardIterator } from "../shard/shard-iterator.ts";
import { positionOf, readShardId } from "../shard/shard-position.ts";
import { addressOf, findStream } from "../stream/stream-address.ts";

/** Gives out a place in a shard to read from. API_GetShardIterator. */
export const getShardIterator = kinesisOperation({
  name: "GetShardIterator",
  input: structure({
    ShardId: required(shardId),
    ShardIteratorType: required(shardIteratorType),
    StartingSequenceNumber: sequenceNumber,
    ...streamAddress,
    Timestamp: timestamp(),
    DryRun: dryRun,
  }),
  output: structure({ ShardIterator: shardIterator }),
  errors: dataErrors,
  handle(context, input) {
    const { index, id } = readShardId(context, input, input.ShardId);
    const address = addressOf(context.call, input);
    const stream = findStream(context, input);
    const shard = stream?.shards.find(index);
    // AWS: here a stream that does not exist is a shard that does not exist.
    if (stream === undefined || shard === undefined) throw shardDoesNotExist(id, address);
    if (!stream.admitIterator(shard)) throw readRateExceeded(shard.id, stream);
    const position = positionOf(stream, shard, {
      operation: "GetShardIterator",
      type: input.ShardIteratorType,
      sequenceNumber: input.StartingSequenceNumber,
      timestamp: input.Timestamp,
    });
    if (input.DryRun) throw new DryRunOperationException();
    const issuedAt = context.clockOf(stream.scope.account).now();
    return { ShardIterator: formatShardIterator(stream, { shardIndex: index, position, issuedAt }) };
  },
});
