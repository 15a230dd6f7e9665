import type { Scope } from "../../../kernel/scope.ts";

/** A stream as far as whoever throttles its shards looks at it. */
export interface ThrottledStream {
  readonly arn: string;
  readonly scope: Scope;
}

/** A record that is put on a shard, or a read of it, which has no partition key. */
export interface ShardAccess {
  readonly kind: "write" | "read";
  readonly shardId: string;
  readonly partitionKey?: string | undefined;
}

/** Says that a shard can bear no more, whatever its capacity. */
export interface ShardThrottle {
  throttles(stream: ThrottledStream, access: ShardAccess): boolean;
}

/** Where shards are throttled when that is wanted. */
export interface ShardThrottlePort {
  present: ShardThrottle | undefined;
}
