import type { Shard } from "./shard.ts";

/** Which shards a listing shows. Instants in epoch milliseconds. */
export type ShardFilter =
  | { readonly type: "FROM_TRIM_HORIZON" | "AT_TRIM_HORIZON" | "AT_LATEST" }
  | { readonly type: "FROM_TIMESTAMP" | "AT_TIMESTAMP"; readonly instant: number }
  | { readonly type: "AFTER_SHARD_ID"; readonly shardId: string };

/**
 * Whether a shard that has not expired passes. `horizon` is the oldest instant there is, which earlier ones count as.
 *
 * Shards begin and end with whole seconds, both of which belong to them; that a child begins in the second after its
 * parents end makes every AT filter cover the hash keys exactly once. AWS: API_ShardFilter.
 */
export function filterOf(filter: ShardFilter, horizon: number): (shard: Shard) => boolean {
  switch (filter.type) {
    case "FROM_TRIM_HORIZON":
      return () => true;
    case "AT_LATEST":
      return (shard) => shard.isOpen;
    case "AFTER_SHARD_ID":
      return (shard) => shard.id > filter.shardId;
    case "AT_TRIM_HORIZON":
      return isOpenIn(secondOf(horizon));
    case "AT_TIMESTAMP":
      return isOpenIn(secondOf(Math.max(horizon, filter.instant)));
    case "FROM_TIMESTAMP":
      return endsFrom(secondOf(Math.max(horizon, filter.instant)));
  }
}

function isOpenIn(second: number): (shard: Shard) => boolean {
  const endsLater = endsFrom(second);
  return (shard) => shard.createdSecond <= second && endsLater(shard);
}

function endsFrom(second: number): (shard: Shard) => boolean {
  return ({ closedSecond }) => closedSecond === undefined || closedSecond >= second;
}

function secondOf(instant: number): number {
  return Math.floor(instant / 1000);
}
