import { ChannelDeliveries } from "../delivery/channel/channel-deliveries.ts";
import type { PutObject } from "../delivery/target/bucket-folder.ts";
import { StreamDirectory } from "../engine/stream/account/stream-directory.ts";
import { awsCapacity, awsQuotas, awsSubscriptions, type StreamRules } from "../engine/stream/rules.ts";
import type { Clock } from "../kernel/clock.ts";
import type { EventLogs } from "../kernel/event-logs.ts";
import type { Ids } from "../kernel/ids.ts";
import type { Sweeper } from "../kernel/sweeper.ts";
import type { Logger } from "../server/log.ts";
import { createKinesisService } from "../service/kinesis/index.ts";
import type { Service } from "../service/service.ts";
import { profiles } from "./profiles.ts";
import type { Config } from "./settings.ts";

interface KinesisDeps {
  readonly clockOf: (account: string) => Clock;
  readonly ids: Ids;
  readonly log: Logger;
  readonly sweeper: Sweeper;
  /** What happens to streams and channels. */
  readonly logs: EventLogs;
  /** Puts the objects of channels, where something stands in for buckets. */
  readonly put: PutObject | undefined;
}

/** Kinesis and what belongs to it. */
interface Kinesis {
  readonly service: Service;
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: StreamDirectory["byArn"];
  /** Forgets everything, or everything of one account. */
  reset(account?: string): void;
  /** Ends whatever runs by itself. Resolves when channels have delivered what waited in them. */
  close(): Promise<void>;
}

/** Builds Kinesis on its engine. */
export function createKinesis(config: Config, deps: KinesisDeps): Kinesis {
  const { clockOf, ids, sweeper, logs } = deps;
  const rules = rulesOf(config);
  const deliveries = createDeliveries(config, deps, (arn) => directory.byArn(arn));
  // Without deliveries nobody listens, and what happens costs nothing to tell.
  const leave = deliveries && logs.listen((_, entries) => deliveries.hear(entries));
  const directory = new StreamDirectory({ clockOf, ids, rules, sweeper, logs });
  return {
    service: createKinesisService({ directory, clockOf, quotas: rules.quotas }),
    streamOf: (arn) => directory.byArn(arn),
    reset(account) {
      deliveries?.reset(account);
      directory.reset(account);
    },
    async close() {
      leave?.();
      await deliveries?.close();
      directory.close();
    },
  };
}

function createDeliveries(
  { profile }: Config,
  { log, clockOf, ids, put }: KinesisDeps,
  streamOf: StreamDirectory["byArn"],
): ChannelDeliveries | undefined {
  if (put === undefined) return undefined;
  return new ChannelDeliveries({
    clockOf,
    ids,
    streamOf,
    put,
    longestWaitMs: profiles[profile].channelWaitMs,
    report: (err) => log.log("error", { err }, "channel's object not put"),
  });
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
