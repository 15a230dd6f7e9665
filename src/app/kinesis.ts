import { awsCapacity, awsQuotas, awsSubscriptions, type StreamRules } from "../engine/stream/rules.ts";
import { StreamDirectory } from "../engine/stream/stream-directory.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Ids } from "../kernel/ids.ts";
import { createKinesisService } from "../service/kinesis/index.ts";
import type { Service } from "../service/service.ts";
import type { Config } from "./config.ts";
import { profiles } from "./profiles.ts";

export interface KinesisParts {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
}

/** Kinesis and what belongs to it. */
export interface Kinesis {
  readonly service: Service;
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. */
  close(): void;
}

/** Builds Kinesis on its engine. */
export function createKinesis(config: Config, { clockOf, ids }: KinesisParts): Kinesis {
  const rules = rulesOf(config);
  const directory = new StreamDirectory({ clockOf, ids, rules });
  return {
    service: createKinesisService({ directory, clockOf, quotas: rules.quotas }),
    reset: (account) => directory.reset(account),
    close: () => directory.close(),
  };
}

function rulesOf({
  profile,
  kinesisCapacity = profiles[profile].kinesisCapacity,
  kinesisShardLimit,
}: Config): StreamRules {
  return {
    durations: profiles[profile].streams,
    quotas: { ...awsQuotas, openShards: kinesisShardLimit },
    subscriptions: awsSubscriptions,
    capacity: kinesisCapacity === "on" ? awsCapacity : undefined,
  };
}
