import type { Json, JsonMap } from "../../template/value.ts";
import { textOfDocument } from "../document.ts";
import { physicalName } from "../physical-name.ts";
import { createOnly, list, map, text, texts, whole } from "../property.ts";
import { type Change, type ResourceContext, ResourceFailure, type ResourceType } from "../resource-type.ts";
import { systemTags } from "../system-tags.ts";
import { removedTags } from "../tags.ts";

const MAX_NAME = 128;
const SHORTEST_RETENTION_HOURS = 24;

/** AWS::Kinesis::Stream. Ref returns its name. */
export const stream: ResourceType = {
  properties: {
    Name: createOnly(text),
    DesiredShardLevelMetrics: texts,
    MaxRecordSizeInKiB: whole,
    RecordDistributionStrategy: text,
    RetentionPeriodHours: whole,
    ShardCount: whole,
    StreamEncryption: map,
    StreamModeDetails: map,
    Tags: list,
    WarmThroughputMiBps: whole,
  },
  attributes: ["Arn", "WarmThroughputObject"],
  nameProperty: "Name",
  identifier: "Name",
  isTagged: true,
  async create(context, { properties, tags }) {
    const name = textOfDocument(properties.Name) ?? physicalName(context, { maxLength: MAX_NAME });
    check(properties);
    const Tags = { ...tags, ...systemTags(context) };
    await context.operate("kinesis CreateStream", { StreamName: name, ...capacityOf(properties), Tags });
    await settled(context, name);
    const before = { properties: {}, tags };
    await configure(context, name, { before, after: { properties, tags } });
    const { partition, region, account } = context.scope;
    const Arn = `arn:${partition}:kinesis:${region}:${account}:stream/${name}`;
    const miBps = properties.WarmThroughputMiBps;
    const warm = miBps === undefined ? {} : { TargetMiBps: miBps, CurrentMiBps: miBps };
    return { physicalId: name, attributes: { Arn, WarmThroughputObject: warm } };
  },
  async update(context, change) {
    const { physicalId: StreamName, attributes, before, after } = change;
    check(after.properties);
    await changeCapacity(context, change);
    await configure(context, StreamName, change);
    const TagKeys = removedTags(before.tags, after.tags);
    if (TagKeys.length > 0) await context.operate("kinesis RemoveTagsFromStream", { StreamName, TagKeys });
    if (Object.keys(after.tags).length > 0) {
      await context.operate("kinesis AddTagsToStream", { StreamName, Tags: after.tags });
    }
    return { physicalId: StreamName, attributes };
  },
  async delete(context, { physicalId: StreamName }) {
    await context.operate("kinesis DeleteStream", { StreamName, EnforceConsumerDeletion: true });
  },
};

/** AWS: neither shards nor mode given, a stack's stream is provisioned, with one shard. */
function capacityOf(properties: JsonMap): JsonMap {
  const { ShardCount, StreamModeDetails, MaxRecordSizeInKiB, RecordDistributionStrategy, WarmThroughputMiBps } =
    properties;
  const given = {
    ShardCount: ShardCount ?? (StreamModeDetails === undefined ? 1 : undefined),
    StreamModeDetails,
    MaxRecordSizeInKiB,
    RecordDistributionStrategy,
    WarmThroughputMiBps,
  };
  return Object.fromEntries(Object.entries(given).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** Throws what AWS says before it makes or changes anything. */
function check(properties: JsonMap): void {
  const metrics = metricsOf(properties);
  if (metrics.length > 1 && metrics.includes("ALL")) {
    throw new ResourceFailure("InvalidRequest", "DesiredShardLevelMetrics cannot have ALL with other metric names");
  }
  if (properties.WarmThroughputMiBps !== undefined && properties.ShardCount !== undefined) {
    throw new ResourceFailure("InvalidRequest", "WarmThroughputMiBps can only be set for ON_DEMAND streams");
  }
}

function modeOf({ StreamModeDetails }: JsonMap): string {
  return textOfDocument(((StreamModeDetails ?? {}) as JsonMap).StreamMode) ?? "PROVISIONED";
}

async function changeCapacity(context: ResourceContext, change: Change): Promise<void> {
  const { physicalId: StreamName, attributes, before, after } = change;
  const [old, wanted] = [before.properties, after.properties];
  const { Arn: StreamARN = "" } = attributes;
  const mode = modeOf(wanted);
  if (mode !== modeOf(old)) {
    await context.operate("kinesis UpdateStreamMode", { StreamARN, StreamModeDetails: { StreamMode: mode } });
    await settled(context, StreamName);
  }
  const TargetShardCount = wanted.ShardCount ?? 1;
  if (mode === "PROVISIONED" && TargetShardCount !== (old.ShardCount ?? 1)) {
    const input = { StreamName, TargetShardCount, ScalingType: "UNIFORM_SCALING" };
    await context.operate("kinesis UpdateShardCount", input);
    await settled(context, StreamName);
  }
  for (const [name, operation] of Object.entries(UPDATES)) {
    const value = wanted[name];
    if (value === undefined || value === old[name]) continue;
    await context.operate(`kinesis ${operation}`, { StreamARN, [name]: value });
    await settled(context, StreamName);
  }
}

const UPDATES: Readonly<Record<string, string>> = {
  MaxRecordSizeInKiB: "UpdateMaxRecordSize",
  RecordDistributionStrategy: "UpdateStreamRecordDistributionStrategy",
  WarmThroughputMiBps: "UpdateStreamWarmThroughput",
};

/** What no stream is created with. */
async function configure(
  context: ResourceContext,
  StreamName: string,
  { before, after }: Pick<Change, "before" | "after">,
): Promise<void> {
  const run = async (operation: string, input: JsonMap): Promise<void> => {
    await context.operate(`kinesis ${operation}`, { StreamName, ...input });
    await settled(context, StreamName);
  };
  const [old, hours] = [before, after].map(({ properties }) =>
    Number(properties.RetentionPeriodHours ?? SHORTEST_RETENTION_HOURS),
  ) as [number, number];
  const RetentionPeriodHours = hours;
  if (hours > old) await run("IncreaseStreamRetentionPeriod", { RetentionPeriodHours });
  if (hours < old) await run("DecreaseStreamRetentionPeriod", { RetentionPeriodHours });
  const [oldKey, key] = [before, after].map(({ properties }) => properties.StreamEncryption as JsonMap | undefined);
  if (key === undefined && oldKey !== undefined) await run("StopStreamEncryption", encryptionOf(oldKey));
  if (key !== undefined && key.KeyId !== oldKey?.KeyId) await run("StartStreamEncryption", encryptionOf(key));
  const [oldMetrics, metrics] = [before, after].map(({ properties }) => metricsOf(properties)) as [string[], string[]];
  const added = metrics.filter((metric) => !oldMetrics.includes(metric));
  const removed = oldMetrics.filter((metric) => !metrics.includes(metric));
  if (added.length > 0) await run("EnableEnhancedMonitoring", { ShardLevelMetrics: added });
  if (removed.length > 0) await run("DisableEnhancedMonitoring", { ShardLevelMetrics: removed });
}

function metricsOf({ DesiredShardLevelMetrics }: JsonMap): readonly string[] {
  return Array.isArray(DesiredShardLevelMetrics) ? DesiredShardLevelMetrics.map(String) : [];
}

function encryptionOf({ EncryptionType = "KMS", KeyId = "" }: JsonMap): JsonMap {
  return { EncryptionType, KeyId };
}

const LOOK_EVERY_MS = 1000;
const MOST_LOOKS = 600;

/** Waits until a stream is active again, which takes no time unless a profile says so. */
async function settled(context: ResourceContext, StreamName: string): Promise<void> {
  for (let looks = 0; looks < MOST_LOOKS; looks++) {
    const { StreamDescriptionSummary } = await context.operate("kinesis DescribeStreamSummary", { StreamName });
    if ((StreamDescriptionSummary as JsonMap).StreamStatus === "ACTIVE") return;
    await context.wait(LOOK_EVERY_MS);
  }
  throw new ResourceFailure("NotStabilized", `Stream ${StreamName} did not stabilize.`);
}
