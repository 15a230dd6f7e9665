import { ChannelDeliveries } from "../../delivery/channel/channel-deliveries.ts";
import type { PutObject } from "../../delivery/target/bucket-folder.ts";
import { StreamDirectory } from "../../engine/stream/account/stream-directory.ts";
import { awsCapacity, awsQuotas, awsSubscriptions, type StreamRules } from "../../engine/stream/rules.ts";
import { kinesisModel, kinesisOperations } from "../../service/kinesis/kinesis-model.ts";
import { lateService } from "../../service/late-service.ts";
import { profiles } from "../settings/profiles.ts";
import type { Config } from "../settings/settings.ts";
import { lateRoutes, type Module, type ModuleDeps } from "./module.ts";
import { streamQueueLines } from "./stream-queue-lines.ts";

/** Kinesis and what belongs to it. */
export interface Kinesis extends Module {
  readonly streams: StreamDirectory;
  /** Channels with something to deliver. */
  readonly pendingInChannels: ChannelDeliveries["pending"];
  /** The stream of that ARN, or undefined when there is none. */
  readonly streamOf: StreamDirectory["byArn"];
  /** The deliveries of channels, where something stands in for buckets. */
  readonly channelDeliveries: ChannelDeliveries | undefined;
  /** When the channels of an account deliver what waits in them, in order. */
  readonly flushes: ChannelDeliveries["flushes"];
}

/** Builds Kinesis on its engine. `put` puts the objects of channels, where something stands in for buckets. */
export function createKinesis(deps: ModuleDeps, put: PutObject | undefined): Kinesis {
  const { config, clockOf, ids, sweeper, faults } = deps;
  const logs = deps.logs.part("kinesis");
  const rules = rulesOf(config);
  const deliveries = createDeliveries(deps, put, {
    streamOf: (arn) => directory.byArn(arn),
    channelOf: (arn) => directory.channelByArn(arn),
    channels: (account) => directory.within({ account }).flatMap(({ channels }) => channels.list()),
  });
  // Without deliveries nobody listens, and what happens costs nothing to tell.
  const leave = deliveries && logs.listen((_, entries) => deliveries.hear(entries));
  const read = () => deps.pulse.beat();
  const directory = new StreamDirectory({ clockOf, ids, rules, sweeper, throttle: faults.shards, logs, read });
  return {
    service: lateService({ model: kinesisModel, operations: kinesisOperations }, async () => {
      const { createKinesisService } = await import("../../service/kinesis/index.ts");
      return createKinesisService({ directory, clockOf, quotas: rules.quotas });
    }),
    streams: directory,
    pendingInChannels: (account) => deliveries?.pending(account) ?? { waiting: 0, writing: 0 },
    streamOf: (arn) => directory.byArn(arn),
    channelDeliveries: deliveries,
    flushes: (account) => deliveries?.flushes(account) ?? [],
    routes: lateRoutes(({ kinesisRoutes }) => kinesisRoutes, {
      readStreamQueues: (query) => streamQueueLines(directory, query),
    }),
    stores: deliveries === undefined ? [directory] : [deliveries, directory],
    async close() {
      leave?.();
      await deliveries?.close();
      directory.close();
    },
  };
}

function createDeliveries(
  { config, log, clockOf, ids, pulse }: ModuleDeps,
  put: PutObject | undefined,
  engine: Pick<ConstructorParameters<typeof ChannelDeliveries>[0], "streamOf" | "channelOf" | "channels">,
): ChannelDeliveries | undefined {
  if (put === undefined) return undefined;
  return new ChannelDeliveries({
    clockOf,
    ids,
    ...engine,
    put,
    longestWaitMs: profiles[config.profile].channelWaitMs,
    written: () => pulse.beat(),
    report: (err) => log.log("error", { err }, "channel's object not put"),
  });
}

function rulesOf({
  profile,
  kinesisCapacity = profiles[profile].kinesisCapacity,
  kinesisShardLimit,
  streamDurations,
}: Config): StreamRules {
  return {
    durations: { ...profiles[profile].streams, ...streamDurations },
    quotas: { ...awsQuotas, openShards: kinesisShardLimit },
    subscriptions: awsSubscriptions,
    capacity: kinesisCapacity === "on" ? awsCapacity : undefined,
  };
}
