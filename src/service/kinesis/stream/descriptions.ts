import type { Consumer } from "../../../engine/stream/consumer/consumer.ts";
import type { Tags } from "../../../engine/stream/settings.ts";
import { HOUR_MS } from "../../../engine/stream/settings.ts";
import type { LoggedRecord } from "../../../engine/stream/shard/logged-record.ts";
import type { Shard } from "../../../engine/stream/shard/shard.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { oncePer } from "../../../kernel/collection/once-per.ts";
import { listMetrics } from "./metrics.ts";

/** AWS: when something was created is told in whole seconds. */
export function wholeSecond(epochMs: number): number {
  return Math.floor(epochMs / 1000) * 1000;
}

/** What every description of a stream says. */
export function describeStream({ name, arn, status, createdAt, configuration }: Stream) {
  const { mode, retentionMs, shardLevelMetrics, encryptionKeyId } = configuration.settings;
  return {
    StreamName: name,
    StreamARN: arn,
    StreamStatus: status,
    StreamModeDetails: { StreamMode: mode },
    RetentionPeriodHours: retentionMs / HOUR_MS,
    StreamCreationTimestamp: wholeSecond(createdAt),
    EnhancedMonitoring: [{ ShardLevelMetrics: listMetrics(shardLevelMetrics) }],
    EncryptionType: encryptionKeyId === undefined ? "NONE" : "KMS",
    KeyId: encryptionKeyId,
  };
}

export function describeShard(shard: Shard) {
  const [ParentShardId, AdjacentParentShardId] = shard.parentIds;
  return {
    ShardId: shard.id,
    ParentShardId,
    AdjacentParentShardId,
    HashKeyRange: hashKeyRangeOf(shard),
    SequenceNumberRange: {
      StartingSequenceNumber: shard.startingSequenceNumber,
      EndingSequenceNumber: shard.endingSequenceNumber,
    },
  };
}

/** A shard as its parents' readers hear of it. */
export function describeChildShard(shard: Shard) {
  return { ShardId: shard.id, ParentShards: shard.parentIds, HashKeyRange: hashKeyRangeOf(shard) };
}

interface DescribedRange {
  readonly StartingHashKey: string;
  readonly EndingHashKey: string;
}

/** Long numbers in decimal are dear, and a shard never has another range. */
const hashKeyRangeOf = oncePer(({ range: { start, end } }: Shard): DescribedRange => {
  return { StartingHashKey: start.toString(), EndingHashKey: end.toString() };
});

/** AWS: only encrypted records say how they are. */
export function describeRecord({ number, arrivedAt, data, key, isEncrypted }: LoggedRecord) {
  return {
    SequenceNumber: number,
    ApproximateArrivalTimestamp: arrivedAt,
    Data: data,
    PartitionKey: key,
    EncryptionType: isEncrypted ? "KMS" : undefined,
  };
}

export function describeConsumer({ name, arn, status, createdAt }: Consumer) {
  return {
    ConsumerName: name,
    ConsumerARN: arn,
    ConsumerStatus: status,
    ConsumerCreationTimestamp: wholeSecond(createdAt),
  };
}

/** AWS: sorted by the code points of the keys. */
export function describeTags(tags: Tags) {
  return Object.entries(tags)
    .sort(([a], [b]) => Buffer.compare(Buffer.from(a), Buffer.from(b)))
    .map(([Key, Value]) => ({ Key, Value }));
}
