import type { Position } from "./record-log.ts";
import { parseSequenceNumber } from "./sequence-number.ts";
import type { Shard } from "./shard.ts";
import type { ShardMap } from "./shard-map.ts";

/** Where a reader wants to begin. */
export type StartingPosition =
  | { readonly type: "TRIM_HORIZON" | "LATEST" }
  | { readonly type: "AT_SEQUENCE_NUMBER" | "AFTER_SEQUENCE_NUMBER"; readonly sequenceNumber: string }
  /** The instant in epoch milliseconds. */
  | { readonly type: "AT_TIMESTAMP"; readonly instant: number };

/** Where that is, or why it is nowhere. */
export type PositionOutcome =
  | { readonly outcome: "found"; readonly position: Position }
  /** Not a sequence number. */
  | { readonly outcome: "invalid" }
  /** The sequence number is of another shard, which may not even exist. */
  | { readonly outcome: "otherShard"; readonly shardIndex: number }
  /** The sequence number is of a shard with the same index in another stream, or of an old version. */
  | { readonly outcome: "otherStream"; readonly version: 0 | 1 | 2 }
  /** The timestamp lies ahead. */
  | { readonly outcome: "future"; readonly now: number };

/** Finds the position among what has not expired. Costs O(log n). */
export function findPosition(
  shard: Shard,
  start: StartingPosition,
  at: { readonly shards: ShardMap; readonly horizon: number; readonly now: number },
): PositionOutcome {
  shard.log.trim(at.horizon);
  switch (start.type) {
    case "TRIM_HORIZON":
      return found(0);
    case "LATEST":
      return found(at.shards.nextIndexOf(shard));
    case "AT_TIMESTAMP":
      if (start.instant > at.now) return { outcome: "future", now: at.now };
      return found(shard.log.positionOfArrival(start.instant) ?? at.shards.nextIndexOf(shard));
    default:
      return findNumber(shard, start);
  }
}

function findNumber(
  shard: Shard,
  { type, sequenceNumber }: Extract<StartingPosition, { sequenceNumber: string }>,
): PositionOutcome {
  const number = parseSequenceNumber(sequenceNumber);
  if (number === undefined) return { outcome: "invalid" };
  const { version, shardIndex, createdSecond } = number;
  if (shardIndex !== shard.index) return { outcome: "otherShard", shardIndex };
  if (version !== 2 || createdSecond !== shard.createdSecond) return { outcome: "otherStream", version };
  return found(type === "AT_SEQUENCE_NUMBER" ? shard.positionAt(number) : shard.positionAfter(number));
}

function found(position: Position): PositionOutcome {
  return { outcome: "found", position };
}
