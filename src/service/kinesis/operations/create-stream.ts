import type { StreamSettings } from "../../../engine/stream/settings.ts";
import { type Infer, required, structure } from "../../../model/shape.ts";
import { separated } from "../../tags.ts";
import {
  InvalidArgumentException,
  LimitExceededException,
  ResourceInUseException,
  ValidationException,
} from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { invalidArgument } from "../refusals.ts";
import {
  maxRecordSize,
  naturalInteger,
  positiveInteger,
  recordDistributionStrategy,
  streamModeDetails,
  streamName,
  tagMap,
} from "../shapes.ts";
import { creationRefusal } from "../stream/creation-refusal.ts";
import { checkWarmThroughput } from "../stream/warm-throughput.ts";
import { firstTags } from "../tags.ts";

const input = structure({
  ShardCount: positiveInteger,
  StreamName: required(streamName),
  StreamModeDetails: streamModeDetails,
  Tags: tagMap,
  WarmThroughputMiBps: naturalInteger,
  MaxRecordSizeInKiB: maxRecordSize,
  RecordDistributionStrategy: recordDistributionStrategy,
});

/** Creates a stream. API_CreateStream. */
export const createStream = kinesisOperation({
  name: "CreateStream",
  rate: { perSecond: 5 },
  input,
  errors: [InvalidArgumentException, LimitExceededException, ResourceInUseException, ValidationException],
  gaps: [
    "AWS's text for a RecordDistributionStrategy of a provisioned stream is not known.",
    "AWS gives a stream created with a name alone four shards; which capacity mode it has is not known, here it is on-demand.",
    "An on-demand stream gets more shards only where shards have a limited capacity, and keeps them for ever.",
  ],
  handle(context, given) {
    const { StreamName: name, ShardCount: shardCount, Tags } = given;
    const settings = settingsOf(given);
    const { scope } = context.call;
    const { ofStack, given: wanted } = separated(Tags ?? {}, context.call);
    const tags = { ...firstTags(wanted, { name, scope }, context.quotas.tagsPerResource), ...ofStack };
    const streams = streamsOf(context);
    const stream = streams.create({ name, shardCount, settings, tags });
    if (typeof stream === "string")
      throw creationRefusal(stream, { streams, name, shardCount, quotas: context.quotas });
  },
});

/** Throws unless the members fit the capacity mode. AWS: a stream that is told neither mode nor shards has four. */
function settingsOf(given: Infer<typeof input>): Partial<StreamSettings> {
  const { MaxRecordSizeInKiB: kiB, RecordDistributionStrategy: distribution } = given;
  const mode = given.StreamModeDetails?.StreamMode ?? (given.ShardCount === undefined ? "ON_DEMAND" : "PROVISIONED");
  const isOnDemand = mode === "ON_DEMAND";
  if (isOnDemand && given.ShardCount !== undefined) {
    throw invalidArgument("ShardCount is not expected when StreamMode=ON_DEMAND");
  }
  if (!isOnDemand) checkProvisioned(given);
  checkWarmThroughput(given.WarmThroughputMiBps);
  return {
    mode: isOnDemand ? "ON_DEMAND" : "PROVISIONED",
    warmThroughputMiBps: given.WarmThroughputMiBps,
    ...(kiB === undefined ? {} : { maxRecordBytes: kiB * 1024 }),
    ...(distribution === "AUTO" ? { distribution } : {}),
  };
}

function checkProvisioned(given: Infer<typeof input>): void {
  if (given.ShardCount === undefined) throw invalidArgument("ShardCount is expected when StreamMode=PROVISIONED");
  if (given.WarmThroughputMiBps !== undefined) {
    throw invalidArgument(
      given.StreamModeDetails === undefined
        ? "Either 'warmThroughputMiBps' or 'shardCount' can be set but not both"
        : "WarmThroughputMiBps cannot be set while creating stream in Provisioned StreamMode",
    );
  }
  if (given.RecordDistributionStrategy === "AUTO") {
    throw invalidArgument("RecordDistributionStrategy AUTO can only be provided for a stream in On-Demand mode.");
  }
}
