import type { ChannelUpdate } from "../../../engine/stream/account/account-events.ts";
import type { Channel } from "../../../engine/stream/channel/channel.ts";
import type { Infer } from "../../../model/shape.ts";
import { invalidArgument } from "../refusals.ts";
import { freshnessMs } from "./channel-destination.ts";
import type { channelLogging, freshness } from "./channel-shapes.ts";

interface UpdateMembers {
  readonly S3DestinationConfiguration?: Infer<typeof freshness> | undefined;
  readonly S3TablesDestinationConfiguration?: Infer<typeof freshness> | undefined;
  readonly LoggingConfiguration?: Infer<typeof channelLogging> | undefined;
}

/** What a channel is to be from now on. Throws InvalidArgumentException for another kind of destination than it has. */
export function channelUpdate({ destination, logging }: Channel, members: UpdateMembers): ChannelUpdate {
  const { S3DestinationConfiguration: s3, S3TablesDestinationConfiguration: tables, LoggingConfiguration } = members;
  const [own, other] = destination.type === "S3" ? [s3, tables] : [tables, s3];
  // The text is ours.
  if (other !== undefined) throw invalidArgument(`The destination of the channel is of the type ${destination.type}.`);
  const logs = LoggingConfiguration?.CloudWatchLogs;
  return {
    destination:
      own === undefined ? destination : { ...destination, freshnessMs: freshnessMs(own.DataFreshnessInSeconds) },
    logging:
      logs === undefined
        ? logging
        : {
            isEnabled: logs.Enabled,
            group: logs.LogGroupName ?? logging.group,
            stream: logs.LogStreamName ?? logging.stream,
          },
  };
}
