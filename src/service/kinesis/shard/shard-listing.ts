import type { ShardFilter } from "../../../engine/stream/shard/shard-filter.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { Infer } from "../../../model/shape.ts";
import type { KinesisContext } from "../operation.ts";
import { readPageToken } from "../page.ts";
import { invalidArgument, streamNotFound } from "../refusals.ts";
import { wholeSecond } from "../stream/descriptions.ts";
import { type AddressMembers, noStreamOf, streamAt, streamByArn } from "../stream/stream-address.ts";
import { filterOf, type shardFilter } from "./shard-filter.ts";

/** What says which shards ListShards is to list. */
interface ListingMembers extends AddressMembers {
  readonly NextToken?: string | undefined;
  readonly ExclusiveStartShardId?: string | undefined;
  readonly StreamCreationTimestamp?: number | undefined;
  readonly ShardFilter?: Infer<typeof shardFilter> | undefined;
}

/** Which shards are to be listed. */
interface ShardListing {
  readonly stream: Stream;
  readonly filter: ShardFilter | undefined;
  readonly afterId: string | undefined;
}

/** Members that say something else than a token does. AWS: an ARN may stand beside one, and clients send it. */
const AGAINST_TOKEN = ["StreamName", "StreamCreationTimestamp", "ExclusiveStartShardId", "ShardFilter"] as const;

/** The listing an input asks for, or goes on with. Throws what AWS answers when it makes no sense. */
export function shardListing(context: KinesisContext, members: ListingMembers): ShardListing {
  const { NextToken, StreamName, StreamARN, StreamCreationTimestamp, ShardFilter } = members;
  if (NextToken !== undefined) return listingOfToken(context, NextToken, members);
  if (StreamName === undefined && StreamARN === undefined) {
    throw invalidArgument("Either NextToken or StreamName should be provided.");
  }
  const filter = ShardFilter && filterOf(ShardFilter);
  const stream = streamAt(context, members);
  if (StreamCreationTimestamp !== undefined && !isOfSecond(stream, StreamCreationTimestamp)) {
    throw streamNotFound(stream);
  }
  return { stream, filter, afterId: members.ExclusiveStartShardId };
}

/** AWS: an earlier stream of the same name is told apart by its creation. */
export function isOfSecond({ createdAt }: Stream, instant: number): boolean {
  return wholeSecond(createdAt) === wholeSecond(instant);
}

function listingOfToken(context: KinesisContext, token: string, members: ListingMembers): ShardListing {
  const wrong = AGAINST_TOKEN.find((name) => members[name] !== undefined);
  if (wrong !== undefined) throw invalidArgument(`NextToken and ${wrong} cannot be provided together.`);
  const { after, streamArn = "", streamId, filter } = readPageToken("shards", token, context.clockOf);
  const stream = streamByArn(context, streamArn);
  if (stream === undefined || stream.id !== streamId) throw noStreamOf(context.call, streamArn);
  return { stream, filter, afterId: after };
}
