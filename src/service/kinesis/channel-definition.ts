import type { ChannelDefinition, ChannelDestination, ChannelSource } from "../../engine/stream/channel.ts";
import type { Stream } from "../../engine/stream/stream.ts";
import { type Infer, list, required, string, structure } from "../../model/shape.ts";
import { destinationOf } from "./channel-destination.ts";
import {
  channelEncryption,
  channelLogging,
  s3Destination,
  s3TablesDestination,
  streamConfiguration,
} from "./channel-shapes.ts";
import { ValidationException } from "./errors.ts";
import { oneOf } from "./one-of.ts";
import type { KinesisContext } from "./operation.ts";
import { invalidArgument, notActive, under } from "./refusals.ts";
import { streamName, tagMap } from "./shapes.ts";
import { streamAt } from "./stream-address.ts";
import { firstTags } from "./tags.ts";

/** What CreateChannel takes. */
export const channelInput = structure({
  ChannelName: required(streamName),
  ServiceExecutionRoleARN: required(string({ min: 1 })),
  StreamConfigurationList: required(list(streamConfiguration, { min: 1, max: 1 })),
  S3DestinationConfiguration: s3Destination,
  S3TablesDestinationConfiguration: s3TablesDestination,
  EncryptionConfiguration: channelEncryption,
  Tags: tagMap,
  LoggingConfiguration: channelLogging,
});

type ChannelInput = Infer<typeof channelInput>;

/** Keys that AWS keeps for itself. API_CreateChannel. */
const SERVICE_KEY = "alias/aws/kinesis";

/** The channel an input asks for. Throws what AWS answers when its stream or its parts do not go together. */
export function channelDefinition(context: KinesisContext, input: ChannelInput): ChannelDefinition {
  const { ChannelName: name, EncryptionConfiguration: encryption, LoggingConfiguration: logging } = input;
  const destination = destinationOf(input);
  const sources = input.StreamConfigurationList.map((source) => sourceOf(context, source, destination));
  if (encryption?.KeyId.endsWith(SERVICE_KEY)) throw invalidArgument(`${SERVICE_KEY} cannot encrypt a channel.`);
  const { Enabled: isEnabled = false, LogGroupName: group, LogStreamName: stream } = logging?.CloudWatchLogs ?? {};
  return {
    name,
    roleArn: input.ServiceExecutionRoleARN,
    sources,
    destination,
    encryptionKeyId: encryption?.KeyId,
    logging: { isEnabled, group, stream },
    tags: firstTags(input.Tags, { name, scope: context.call.scope }, context.quotas.tagsPerResource),
  };
}

function sourceOf(
  context: KinesisContext,
  { StreamARN, RecordConfiguration }: Infer<typeof streamConfiguration>,
  { type }: ChannelDestination,
): ChannelSource {
  const recordFormat = oneOf(["BYTE_ARRAY", "GSR_JSON", "JSON", "STRING"], RecordConfiguration.RecordFormatType);
  // The texts are ours.
  if (recordFormat === "GSR_JSON" && type === "S3") throw invalidArgument("GSR_JSON records cannot go to S3.");
  if (recordFormat === "STRING" && type === "S3_TABLES") throw invalidArgument("STRING records cannot go to tables.");
  const stream = streamAt(context, { StreamARN });
  checkSource(stream);
  return {
    streamArn: stream.arn,
    streamCreatedAt: stream.createdAt,
    recordFormat,
    schemaArn: RecordConfiguration.GSRSchemaARN,
  };
}

function checkSource(stream: Stream): void {
  if (stream.status !== "ACTIVE" && stream.status !== "UPDATING") throw notActive(stream);
  if (stream.configuration.settings.mode === "ON_DEMAND") return;
  // The text is ours.
  throw new ValidationException(
    `Request is invalid. A channel needs On-Demand mode, which ${under(stream)} is not in.`,
  );
}
