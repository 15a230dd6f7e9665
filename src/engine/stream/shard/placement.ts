import assert from "node:assert/strict";
import { present } from "../../../kernel/present.ts";
import type { PassedText } from "../../../kernel/utf8.ts";
import { routingKey } from "./hash-range.ts";
import type { NewRecord } from "./record.ts";
import type { Shard } from "./shard.ts";
import type { ShardMap } from "./shard-map.ts";

/** What became of a record. */
export type PutOutcome =
  | { readonly outcome: "put"; readonly shard: Shard; readonly number: PassedText }
  | { readonly outcome: "throttled"; readonly shard: Shard };

/** The shard a record belongs to: the turn's where the stream distributes records by itself, else that of its key. */
export function shardFor(
  { partitionKey, explicitHashKey }: NewRecord,
  shards: ShardMap,
  turn: number | undefined,
): Shard {
  if (turn !== undefined) return present(shards.open[turn % shards.open.length], "an open shard");
  if (explicitHashKey !== undefined) return shards.shardOf(routingKey(explicitHashKey));
  assert(partitionKey !== undefined, "a record without a partition key has no place on this stream");
  // To hash the key costs more than the rest of the search, and with one shard there is nothing to find.
  return shards.open.length === 1 ? present(shards.open[0], "an open shard") : shards.shardOfPartitionKey(partitionKey);
}
