import type { EventLog } from "../../kernel/event/event-log.ts";
import type { Ids } from "../../kernel/ids.ts";
import type { Scope } from "../../kernel/scope.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import type { ShardThrottlePort } from "./capacity/shard-throttle.ts";
import type { QueueRegister } from "./queue/queue-register.ts";
import type { StreamRules } from "./rules.ts";
import type { StreamSettings, Tags } from "./settings.ts";

/** Who a stream is. `id` tells one incarnation of a name from the next. */
export interface StreamIdentity {
  readonly id: string;
  readonly name: string;
  readonly arn: string;
  readonly createdAt: number;
}

/** What a stream starts out with. */
export interface StreamDefinition {
  readonly shardCount: number;
  readonly settings: StreamSettings;
  readonly tags: Tags;
}

/** What a stream asks about the account it belongs to. */
export interface AccountFacts {
  readonly openShardCount: number;
  readonly onDemandStreamCount: number;
  readonly hasThroughputCommitment: boolean;
  /** Queues of all its streams that are being created or deleted. */
  readonly changingQueueCount: number;
  hasQueueNamed(name: string): boolean;
}

/** What a stream is given at construction. */
export interface StreamDeps {
  readonly scope: Scope;
  readonly clock: Clock;
  readonly rules: StreamRules;
  readonly log: EventLog;
  readonly account: AccountFacts;
  readonly ids: Ids;
  /** All queues of the account and region, which the stream's join. */
  readonly queues: QueueRegister;
  readonly throttle: ShardThrottlePort | undefined;
  /** Hears whenever somebody has read something. */
  readonly read: () => void;
  /** Hears whenever what counts for the account may have changed. */
  readonly changed: () => void;
}
