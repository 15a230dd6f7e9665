import type { CreateRefusal, Streams } from "../../../engine/stream/account/streams.ts";
import type { StreamQuotas } from "../../../engine/stream/rules.ts";
import { ON_DEMAND_SHARDS } from "../../../engine/stream/settings.ts";
import type { AwsError } from "../../../kernel/aws-error.ts";
import { LimitExceededException, ResourceInUseException } from "../errors.ts";
import { noCommitment, tooManyShards } from "../refusals.ts";

/** A stream that was not created. */
interface UncreatedStream {
  readonly streams: Streams;
  readonly name: string;
  readonly shardCount: number | undefined;
  readonly quotas: StreamQuotas;
}

/** What AWS says instead of creating a stream. */
export function creationRefusal(reason: CreateRefusal, uncreated: UncreatedStream): AwsError {
  const { streams, name, shardCount: added = ON_DEMAND_SHARDS, quotas } = uncreated;
  const { scope } = streams;
  switch (reason) {
    case "exists":
      return new ResourceInUseException(`Stream ${name} under account ${scope.account} already exists.`);
    case "tooManyChanging":
      return new LimitExceededException(
        `This request would exceed the limit on the number of streams that can simultaneously be in CREATING or DELETING. Limit: ${quotas.changingStreams}`,
      );
    case "onDemandLimit":
      return onDemandLimit(streams, quotas);
    case "noCommitment":
      return noCommitment(scope);
    case "shardLimit":
      return tooManyShards(scope, { current: streams.openShardCount, limit: quotas.openShards, added });
  }
}

export function onDemandLimit({ scope, onDemandStreamCount }: Streams, { onDemandStreams }: StreamQuotas): AwsError {
  return new LimitExceededException(
    `This request would exceed the limit on the number of On-Demand streams for the account ${scope.account} in ${scope.region}. Current On-Demand streams count: ${onDemandStreamCount}. Limit: ${onDemandStreams}.`,
  );
}
