export const HOUR_MS = 60 * 60_000;

/** AWS: API_IncreaseStreamRetentionPeriod. */
export const SHORTEST_RETENTION_MS = 24 * HOUR_MS;
export const LONGEST_RETENTION_MS = 8760 * HOUR_MS;
const DEFAULT_MAX_RECORD_BYTES = 1024 * 1024;
/** An on-demand stream starts with so many shards. Capacity modes, Kinesis developer guide. */
export const ON_DEMAND_SHARDS = 4;

export type StreamMode = "PROVISIONED" | "ON_DEMAND";

/** Who decides which shard a record goes to: the partition key, or the stream by itself. */
export type RecordDistribution = "USER_PARTITION_KEY" | "AUTO";

/** How a stream is configured. */
export interface StreamSettings {
  readonly mode: StreamMode;
  readonly retentionMs: number;
  /** Data and partition key of one record. */
  readonly maxRecordBytes: number;
  /** The KMS key as it was named; not there while records are not encrypted. */
  readonly encryptionKeyId?: string | undefined;
  readonly shardLevelMetrics: readonly string[];
  /** What the stream shall be ready to take at once, in MiB a second; on-demand streams only. */
  readonly warmThroughputMiBps?: number | undefined;
  readonly distribution: RecordDistribution;
}

/** The settings of a new stream, where its creation says nothing else. */
export const defaultSettings: StreamSettings = {
  mode: "PROVISIONED",
  retentionMs: SHORTEST_RETENTION_MS,
  maxRecordBytes: DEFAULT_MAX_RECORD_BYTES,
  shardLevelMetrics: [],
  distribution: "USER_PARTITION_KEY",
};

/** The settings with changes made. What is changed to undefined is not there any more, so that JSON says the same. */
export function withChanges(settings: StreamSettings, changes: Partial<StreamSettings>): StreamSettings {
  const { encryptionKeyId, warmThroughputMiBps, ...rest } = { ...settings, ...changes };
  return {
    ...rest,
    ...(encryptionKeyId !== undefined && { encryptionKeyId }),
    ...(warmThroughputMiBps !== undefined && { warmThroughputMiBps }),
  };
}

export type Tags = Readonly<Record<string, string>>;

/** The tags with some added or given new values. */
export function withTags(tags: Tags, added: Tags): Tags {
  return { ...tags, ...added };
}

/** The tags without those of the keys. */
export function withoutTags(tags: Tags, keys: readonly string[]): Tags {
  const removed = new Set(keys);
  return Object.fromEntries(Object.entries(tags).filter(([key]) => !removed.has(key)));
}

/** How many tags count towards the limit. AWS: its own do not. */
export function countOf(tags: Tags): number {
  return Object.keys(tags).filter((key) => !/^aws:/i.test(key)).length;
}
