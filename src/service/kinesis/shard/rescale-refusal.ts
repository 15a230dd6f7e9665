import type { StreamQuotas } from "../../../engine/stream/rules.ts";
import type { RescaleRefusal } from "../../../engine/stream/shard/shards.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { LimitExceededException } from "../errors.ts";
import { inOnDemandMode, notActive, under } from "../refusals.ts";

/** A stream that keeps its number of shards. */
interface Unscaled {
  readonly stream: Stream;
  readonly target: number;
  readonly quotas: StreamQuotas;
}

/** What AWS says instead of going to another number of shards. */
export function rescaleRefusal(refusal: RescaleRefusal, { stream, target, quotas }: Unscaled): AwsError {
  switch (refusal.outcome) {
    case "notActive":
      return notActive(stream);
    case "onDemand":
      return inOnDemandMode(stream);
    default:
      return new LimitExceededException(limitText(refusal, { stream, target, quotas }));
  }
}

function limitText({ outcome, currentCount }: RescaleRefusal, { stream, target, quotas }: Unscaled): string {
  const counts = `Current open shard count: ${currentCount}, Target shard count: ${target}`;
  switch (outcome) {
    case "overDouble":
      // AWS: observed without the comma, and with a blank at the end.
      return `UpdateShardCount cannot scale up over double your current open shard count. Current open shard count: ${currentCount} Target shard count: ${target} `;
    case "belowHalf":
      return `UpdateShardCount cannot scale down below half your current open shard count. ${counts}`;
    case "tooOften":
      // The text is ours.
      return `UpdateShardCount can be called ${quotas.rescalesPerDay} times in 24 hours for ${under(stream)}.`;
    default: {
      const limit = outcome === "streamLimit" ? quotas.openShardsPerStream : quotas.openShards;
      return `Target shard count or number of open shards cannot be greater than ${limit}. ${counts}`;
    }
  }
}
