import type { QueueRules } from "../../engine/queue/settings.ts";
import { awsDurations, noDurations, type StreamDurations } from "../../engine/stream/rules.ts";
import type { TopicRules } from "../../engine/topic/settings.ts";

/** Rules a profile decides. The rest of the rules of queues and streams have settings of their own. */
export interface ProfileRules {
  readonly queues: Omit<QueueRules, "inFlightLimit">;
  readonly topics: TopicRules;
  readonly streams: StreamDurations;
  /** Records wait in a channel no longer than this, whatever the channel says. */
  readonly channelWaitMs: number;
  /** Whether shards bear only so much, and calls to Kinesis can come too often. */
  readonly kinesisCapacity: "off" | "on";
}

/**
 * How closely the emulator keeps AWS's waiting times and throughput limits. `docs/profiles.md` holds the same table for
 * readers. AWS: PurgeQueue and CreateQueue refuse for 60 seconds; SetQueueAttributes takes up to 60 seconds to have an
 * effect.
 */
export const profiles = {
  relaxed: {
    queues: { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs: 0 },
    topics: { countPropagationMs: 0 },
    streams: noDurations,
    channelWaitMs: 1000,
    kinesisCapacity: "off",
  },
  aws: {
    queues: { purgeCooldownMs: 60_000, recreateCooldownMs: 60_000, attributePropagationMs: 60_000 },
    topics: { countPropagationMs: 60_000 },
    streams: awsDurations,
    channelWaitMs: 900_000,
    kinesisCapacity: "on",
  },
} as const satisfies Record<string, ProfileRules>;

export type ProfileName = keyof typeof profiles;
