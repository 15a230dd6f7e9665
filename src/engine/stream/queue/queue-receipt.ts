import type { AttemptReceipt } from "../../receive.ts";
import type { ShardMap } from "../shard/shard-map.ts";
import type { RecordPlace } from "./queue-events.ts";
import type { QueueState } from "./queue-state.ts";
import type { QueuedRecord } from "./queued-record.ts";

/** Names one receive of a record: `attempt` is how often it had been received then, `isDead` whether as a dead letter. */
export interface QueueReceipt extends RecordPlace, AttemptReceipt {
  readonly isDead: boolean;
}

/** The record, or why it cannot be acted on. */
export type FoundRecord = QueuedRecord | "unknown" | "gone" | "acknowledged";

/**
 * The record that a receipt names by its newest receive. Nothing is kept of what was acknowledged: it is what was handed
 * out, is not outstanding and has not expired.
 */
export function findRecord(
  { shard: shardIndex, index, attempt, isDead }: QueueReceipt,
  { backlog, records }: QueueState,
  { shards, horizon }: { readonly shards: ShardMap; readonly horizon: number },
): FoundRecord {
  const shard = shards.find(shardIndex);
  if (shard === undefined) return "gone";
  const record = records.find(shard, index);
  if (record !== undefined) return record.attempt === attempt && record.isDead === isDead ? record : "unknown";
  shard.log.trim(horizon);
  if (shard.log.arrivalOf(index) === undefined) return "gone";
  return backlog.has(shard, index) ? "unknown" : "acknowledged";
}
