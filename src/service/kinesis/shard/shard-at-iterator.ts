import type { Position } from "../../../engine/stream/shard/record-log.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import { shardIdOf } from "../../../engine/stream/shard/shard.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { javaDate } from "../../../kernel/time/java-date.ts";
import { ExpiredIteratorException, InternalFailure } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { invalidArgument, shardDoesNotExist } from "../refusals.ts";
import { isServedBy } from "../stream/stream-address.ts";
import { readShardIterator } from "./shard-iterator.ts";

/** AWS: API_GetRecords. */
const LIFE_MS = 300_000;

/** What an iterator leads to. */
interface IteratorTarget {
  readonly stream: Stream;
  readonly shard: Shard;
  readonly position: Position;
  readonly now: number;
}

/** Follows an iterator. Throws what AWS answers to one that is none, is too old, or leads nowhere any more. */
export function shardAtIterator(
  { call, directory, clockOf }: KinesisContext,
  text: string,
  streamArn: string | undefined,
): IteratorTarget {
  const iterator = readShardIterator(text);
  // AWS: GetRecords is a call to the region of the stream, and an iterator means nothing to another one.
  if (iterator === undefined || !isServedBy(call, iterator.scope)) throw invalidArgument("Invalid ShardIterator.");
  const { issuedAt, scope, streamName, streamId, shardIndex, position } = iterator;
  const now = clockOf(scope.account).now();
  if (now - issuedAt > LIFE_MS) throw new ExpiredIteratorException(javaDate(issuedAt), javaDate(now));
  const stream = directory.in(scope).find(streamName);
  // The text is ours.
  if (streamArn !== undefined && stream !== undefined && stream.arn !== streamArn) {
    throw invalidArgument(`StreamARN ${streamArn} does not match the stream of the ShardIterator.`);
  }
  const shard = stream?.shards.find(shardIndex);
  if (stream === undefined || shard === undefined) {
    throw shardDoesNotExist(shardIdOf(shardIndex), { name: streamName, scope });
  }
  // AWS: an iterator of an earlier stream of the same name is more than it can bear.
  if (stream.id !== streamId) throw new InternalFailure();
  return { stream, shard, position, now };
}
