import type { ShardFilter } from "../../../engine/stream/shard/shard-filter.ts";
import { type Infer, required, string, structure, timestamp } from "../../../model/shape.ts";
import { invalidArgument } from "../refusals.ts";
import { shardId } from "../shapes.ts";

export const shardFilter = structure({
  Type: required(
    string({
      values: ["AFTER_SHARD_ID", "AT_TRIM_HORIZON", "FROM_TRIM_HORIZON", "AT_LATEST", "AT_TIMESTAMP", "FROM_TIMESTAMP"],
    }),
  ),
  ShardId: shardId,
  Timestamp: timestamp(),
});

/** The filter an input means. Throws InvalidArgumentException when it lacks what its type needs, or has what it forbids. */
export function filterOf({ Type: type, ShardId: id, Timestamp: instant }: Infer<typeof shardFilter>): ShardFilter {
  const needsId = type === "AFTER_SHARD_ID";
  const needsInstant = type === "AT_TIMESTAMP" || type === "FROM_TIMESTAMP";
  // The texts are ours.
  if (needsId !== (id !== undefined)) throw invalidArgument(wording("ShardId", type, needsId));
  if (needsInstant !== (instant !== undefined)) throw invalidArgument(wording("Timestamp", type, needsInstant));
  if (id !== undefined) return { type: "AFTER_SHARD_ID", shardId: id };
  if (instant !== undefined) return { type: type === "AT_TIMESTAMP" ? type : "FROM_TIMESTAMP", instant };
  return { type: type === "AT_LATEST" || type === "AT_TRIM_HORIZON" ? type : "FROM_TRIM_HORIZON" };
}

function wording(member: string, type: string, isNeeded: boolean): string {
  return `${member} ${isNeeded ? "must" : "must not"} be provided in a ShardFilter of type ${type}.`;
}
