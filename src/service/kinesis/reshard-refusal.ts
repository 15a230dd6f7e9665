import type { ReshardRefusal } from "../../engine/stream/shards.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import type { AwsError } from "../../kernel/aws-error.ts";
import type { KinesisContext } from "./operation.ts";
import { inOnDemandMode, invalidArgument, notActive, shardNotFound, tooManyShards, under } from "./refusals.ts";

/** A split or merge that did not happen. */
interface Unresharded {
  readonly context: KinesisContext;
  readonly stream: Stream;
  /** The shards that were named, in canonical form. */
  readonly shardIds: readonly string[];
}

/** What AWS says instead of splitting or merging. */
export function reshardRefusal(reason: ReshardRefusal, { context, stream, shardIds }: Unresharded): AwsError {
  switch (reason) {
    case "notActive":
      return notActive(stream);
    case "onDemand":
      return inOnDemandMode(stream);
    case "noShard":
      return shardNotFound(firstThat(shardIds, stream, false), stream);
    case "closed":
      return alreadyClosed(firstThat(shardIds, stream, true), stream);
    case "shardLimit": {
      const current = context.directory.in(stream.scope).openShardCount;
      return tooManyShards(stream.scope, { current, limit: context.quotas.openShards, added: 1 });
    }
  }
}

/** The first of the shards that is closed, or that does not exist. */
function firstThat(shardIds: readonly string[], stream: Stream, isClosed: boolean): string {
  const shards = stream.shards.list();
  const matches = (id: string): boolean => {
    const shard = shards.find((other) => other.id === id);
    return isClosed ? shard?.isOpen === false : shard === undefined;
  };
  return shardIds.find(matches) ?? shardIds[0]!;
}

function alreadyClosed(shardId: string, stream: Stream): AwsError {
  return invalidArgument(
    `Shard ${shardId} in ${under(stream)} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}
