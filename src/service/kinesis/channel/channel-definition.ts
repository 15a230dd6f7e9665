import type {
  ChannelDefinition,
  ChannelDestination,
  ChannelLogging,
  ChannelSource,
} from "../../../engine/stream/channel/channel.ts";
import type { Stream } from "../../../engine/stream/stream.ts";
import { scopeKey } from "../../../kernel/scope.ts";
import { type Infer, list, required, structure } from "../../../model/shape.ts";
import type { Call } from "../../service.ts";
import { ValidationException } from "../errors.ts";
import type { KinesisContext } from "../operation.ts";
import { invalidArgument, notActive, under } from "../refusals.ts";
import { oneOf, streamName, tagMap } from "../shapes.ts";
import { streamAt } from "../stream/stream-address.ts";
import { firstTags } from "../tags.ts";
import { destinationOf } from "./channel-destination.ts";
import {
  channelEncryption,
  channelLogging,
  roleArn,
  s3Destination,
  s3TablesDestination,
  streamConfiguration,
} from "./channel-shapes.ts";

/** What CreateChannel takes. */
export const channelInput = structure({
  ChannelName: required(streamName),
  ServiceExecutionRoleARN: required(roleArn),
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

/** The channel an input asks for, with that id. Throws what AWS answers when its stream or its parts do not go together. */
export function channelDefinition(context: KinesisContext, input: ChannelInput, id: string): ChannelDefinition {
  const { ChannelName: name, EncryptionConfiguration: encryption } = input;
  const destination = destinationOf(input, `kinesis-channel/errors/${name}/${id}/`); // AWS: API_CreateChannel
  const sources = input.StreamConfigurationList.map((source) => sourceOf(context, source, destination));
  if (encryption?.KeyId.endsWith(SERVICE_KEY)) throw invalidArgument(`${SERVICE_KEY} cannot encrypt a channel.`);
  return {
    name,
    roleArn: input.ServiceExecutionRoleARN,
    sources,
    destination,
    encryptionKeyId: encryption?.KeyId,
    logging: loggingOf(input, id),
    tags: firstTags(input.Tags, { name, scope: context.call.scope }, context.quotas.tagsPerResource),
  };
}

/** AWS: API_CreateChannel names the defaults. */
function loggingOf({ ChannelName, LoggingConfiguration }: ChannelInput, id: string): ChannelLogging {
  const logs = LoggingConfiguration?.CloudWatchLogs;
  return {
    isEnabled: logs?.Enabled ?? false,
    group: logs?.LogGroupName ?? `/aws/kinesis/${ChannelName}/${id}`,
    stream: logs?.LogStreamName ?? "DestinationDelivery",
  };
}

function sourceOf(
  context: KinesisContext,
  { StreamARN, RecordConfiguration }: Infer<typeof streamConfiguration>,
  { type }: ChannelDestination,
): ChannelSource {
  const { RecordFormatType, GSRSchemaARN: schemaArn } = RecordConfiguration;
  const recordFormat = oneOf(["BYTE_ARRAY", "GSR_JSON", "JSON", "STRING"], RecordFormatType);
  checkFormat(recordFormat, type, schemaArn);
  const stream = streamAt(context, { StreamARN });
  checkSource(stream, context.call);
  return { streamArn: stream.arn, streamCreatedAt: stream.createdAt, recordFormat, schemaArn };
}

/** AWS: API_RecordConfiguration. The texts are ours. */
function checkFormat(
  format: ChannelSource["recordFormat"],
  type: ChannelDestination["type"],
  schemaArn: string | undefined,
): void {
  if (type === "S3") {
    if (format === "GSR_JSON") throw invalidArgument("GSR_JSON records cannot go to S3.");
    return;
  }
  if (format === "STRING" || format === "BYTE_ARRAY") throw invalidArgument(`${format} records cannot go to tables.`);
  if (schemaArn === undefined) throw invalidArgument("GSRSchemaARN must be provided for a channel to tables.");
}

/** AWS: a channel and its stream are of the same account and region. */
function checkSource(stream: Stream, { scope }: Call): void {
  // The text is ours.
  if (scopeKey(stream.scope) !== scopeKey(scope)) throw invalidArgument(`${under(stream)} is not of the caller's.`);
  if (stream.status !== "ACTIVE" && stream.status !== "UPDATING") throw notActive(stream);
  if (stream.configuration.settings.mode === "ON_DEMAND") return;
  // The text is ours.
  throw new ValidationException(
    `Request is invalid. A channel needs On-Demand mode, which ${under(stream)} is not in.`,
  );
}
