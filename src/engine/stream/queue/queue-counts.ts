import type { ShardMap } from "../shard/shard-map.ts";
import type { QueueState } from "./queue-state.ts";

/** How many records of a queue are in which state. */
export interface QueueCounts {
  /** That can be received, whether or not they were before. */
  readonly visible: number;
  readonly inFlight: number;
  readonly deadVisible: number;
  readonly deadInFlight: number;
}

/** Costs O(n) in the segments of the shards' logs. */
export function queueCounts(
  { backlog, records }: QueueState,
  { shards, horizon }: { readonly shards: ShardMap; readonly horizon: number },
): QueueCounts {
  let visible = records.visible;
  for (const shard of shards.all()) {
    shard.log.trim(horizon);
    visible += backlog.countOf(shard);
  }
  const { inFlight, deadVisible, deadInFlight } = records;
  return { visible, inFlight, deadVisible, deadInFlight };
}
