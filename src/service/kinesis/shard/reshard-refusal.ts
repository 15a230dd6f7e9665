import assert from "node:assert/strict";
import type { ReshardRefusal } from "../../../engine/stream/shard/shards.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import type { KinesisContext } from "../operation.ts";
import { inOnDemandMode, invalidArgument, notActive, shardNotFound, tooManyShards, under } from "../refusals.ts";
import type { NamedShard } from "./shard-position.ts";

/** A split or merge that did not happen. */
interface Unresharded {
  readonly context: KinesisContext;
  readonly stream: Stream;
  readonly shards: readonly NamedShard[];
}

/** What AWS says instead of splitting or merging. */
export function reshardRefusal(reason: ReshardRefusal, { context, stream, shards }: Unresharded): AwsError {
  switch (reason) {
    case "notActive":
      return notActive(stream);
    case "onDemand":
      return inOnDemandMode(stream);
    case "noShard":
      return shardNotFound(
        culpritOf(shards, ({ index }) => stream.shards.find(index) === undefined),
        stream,
      );
    case "closed":
      return alreadyClosed(
        culpritOf(shards, ({ index }) => stream.shards.find(index)?.isOpen === false),
        stream,
      );
    case "shardLimit": {
      const current = context.directory.in(stream.scope).openShardCount;
      return tooManyShards(stream.scope, { current, limit: context.quotas.openShards, added: 1 });
    }
  }
}

/** The id of the first shard to blame. */
function culpritOf(shards: readonly NamedShard[], isToBlame: (shard: NamedShard) => boolean): string {
  const culprit = shards.find(isToBlame);
  assert(culprit !== undefined, "a refusal because of a shard has a shard to blame");
  return culprit.id;
}

function alreadyClosed(shardId: string, stream: Stream): AwsError {
  return invalidArgument(
    `Shard ${shardId} in ${under(stream)} has already been merged or split, and thus is not eligible for merging or splitting.`,
  );
}
