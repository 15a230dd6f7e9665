import type { ShardMap } from "../shard/shard-map.ts";
import type { QueueState } from "./queue-state.ts";

/** The shards of a queue's stream; records that arrived before the horizon are gone. */
interface ShardsAtInstant {
  readonly shards: ShardMap;
  readonly horizon: number;
}

/** How many records of a queue are in which state. */
export interface QueueCounts {
  /** That can be received, whether or not they were before. */
  readonly visible: number;
  readonly inFlight: number;
  readonly deadVisible: number;
  readonly deadInFlight: number;
}

/** How far a queue has come in a shard. */
export interface QueuePosition {
  readonly shardId: string;
  /** How many records it never handed out. */
  readonly unseen: number;
  /** Of the first of them; undefined when there is none. */
  readonly nextSequenceNumber: string | undefined;
}

/** Costs O(n) in the segments of the shards' logs. */
export function queueCounts({ backlog, records }: QueueState, { shards, horizon }: ShardsAtInstant): QueueCounts {
  let visible = records.visible;
  for (const shard of shards.all()) {
    shard.log.trim(horizon);
    visible += backlog.countOf(shard);
  }
  const { inFlight, deadVisible, deadInFlight } = records;
  return { visible, inFlight, deadVisible, deadInFlight };
}

/** Of every shard in the order of creation. Costs O(n) in the segments of their logs. */
export function queuePositions(
  { backlog }: QueueState,
  { shards, horizon }: ShardsAtInstant,
): readonly QueuePosition[] {
  return Array.from(shards.all(), (shard) => {
    shard.log.trim(horizon);
    return {
      shardId: shard.id,
      unseen: backlog.countOf(shard),
      nextSequenceNumber: backlog.nextIn(shard)?.sequenceNumber,
    };
  });
}
