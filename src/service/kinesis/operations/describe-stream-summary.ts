import { integer, required, string, structure, timestamp } from "../../../model/shape.ts";
import { streamErrors } from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { enhancedMonitoring, streamAddress, streamModeDetails, warmThroughput } from "../shapes.ts";
import { describeStream } from "../stream/descriptions.ts";
import { describeWarmThroughput } from "../stream/warm-throughput.ts";

const summary = structure({
  StreamName: required(string()),
  StreamARN: required(string()),
  // Never told: clients that know a StreamId leave the endpoint they were given.
  StreamId: string(),
  StreamStatus: required(string()),
  StreamModeDetails: streamModeDetails,
  RetentionPeriodHours: required(integer()),
  StreamCreationTimestamp: required(timestamp()),
  EnhancedMonitoring: required(enhancedMonitoring),
  EncryptionType: string(),
  KeyId: string(),
  OpenShardCount: required(integer()),
  ConsumerCount: integer(),
  WarmThroughput: warmThroughput,
  MaxRecordSizeInKiB: integer(),
  ChannelCount: integer(),
  QueueCount: integer({ min: 0, max: 1_000_000 }),
  RecordDistributionStrategy: string(),
});

/** Describes a stream without its shards. API_DescribeStreamSummary. */
export const describeStreamSummary = streamOperation({
  name: "DescribeStreamSummary",
  rate: { perSecond: 20 },
  input: structure(streamAddress),
  output: structure({ StreamDescriptionSummary: required(summary) }),
  errors: streamErrors,
  gaps: ["StreamId is never told, since clients that know one do not use the endpoint they were given."],
  handle({ directory, stream }) {
    const { mode, maxRecordBytes, distribution } = stream.configuration.settings;
    return {
      StreamDescriptionSummary: {
        ...describeStream(stream),
        OpenShardCount: stream.shards.openCount,
        ConsumerCount: stream.consumers.count,
        WarmThroughput: describeWarmThroughput(stream),
        MaxRecordSizeInKiB: maxRecordBytes / 1024,
        ChannelCount: directory.in(stream.scope).channels.countOf(stream.arn),
        QueueCount: stream.queues.count,
        RecordDistributionStrategy: mode === "ON_DEMAND" ? distribution : undefined,
      },
    };
  },
});
