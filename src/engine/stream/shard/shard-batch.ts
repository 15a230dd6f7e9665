import type { LoggedRecord } from "./logged-record.ts";
import type { Position, ReadLimit } from "./record-log.ts";
import type { Shard } from "./shard.ts";

const MIB = 1024 * 1024;
/** AWS: API_GetRecords. */
export const READ_LIMIT: ReadLimit = { records: 10_000, bytes: 10 * MIB };
/** How much one event of a subscription holds. AWS does not say; clients take this much without trouble. */
export const EVENT_LIMIT: ReadLimit = { records: 10_000, bytes: MIB };

/** What one read of a shard returned. */
export interface ShardBatch {
  readonly records: readonly LoggedRecord[];
  /** Bytes of their data and partition keys. */
  readonly bytes: number;
  /** Where to go on. */
  readonly next: Position;
  /** How far the last record returned is behind the newest; 0 when nothing is left to read. */
  readonly behindMs: number;
  /** The shards that follow; undefined unless this is the end of the shard. */
  readonly childShards: readonly Shard[] | undefined;
}

/** The stream at the instant of a read. */
interface Present {
  readonly now: number;
  /** Older records are gone. */
  readonly horizon: number;
  /** The index of the next record of the shard or its neighbours. */
  readonly nextIndex: number;
}

/** Reads a shard. Costs O(log n) and what it returns. */
export function readShard(
  shard: Shard,
  from: { readonly position: Position; readonly limit: ReadLimit },
  { now, horizon, nextIndex }: Present,
): ShardBatch {
  shard.log.trim(horizon);
  const { records, bytes, next } = shard.log.read(from.position, from.limit);
  if (shard.log.hasRecordsFrom(next)) {
    // Behind by at least a millisecond: readers take 0 for having caught up.
    const behindMs = Math.max(1, now - (records.at(-1)?.arrivedAt ?? now));
    return { records, bytes, next, behindMs, childShards: undefined };
  }
  const childShards = shard.isOpen ? undefined : shard.children;
  return { records, bytes, next: Math.max(next, nextIndex), behindMs: 0, childShards };
}
