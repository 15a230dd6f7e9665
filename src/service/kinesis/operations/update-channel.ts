import { required, structure } from "../../../model/shape.ts";
import { channelAt, channelNotActive } from "../channel/channel-address.ts";
import { describeChannel } from "../channel/channel-description.ts";
import { channelArn, channelDescription, channelLogging, freshness } from "../channel/channel-shapes.ts";
import { channelUpdate } from "../channel/channel-update.ts";
import { changeErrors, ValidationException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";

/** Changes how fresh a channel's deliveries are, and its logging. API_UpdateChannel. */
export const updateChannel = kinesisOperation({
  name: "UpdateChannel",
  rate: { perSecond: 5 },
  input: structure({
    ChannelARN: required(channelArn),
    S3DestinationConfiguration: freshness,
    S3TablesDestinationConfiguration: freshness,
    LoggingConfiguration: channelLogging,
  }),
  output: structure({ ChannelDescription: required(channelDescription) }),
  errors: [...changeErrors, ValidationException],
  handle(context, { ChannelARN, ...changes }) {
    const channel = channelAt(context, ChannelARN);
    const update = channelUpdate(channel, changes);
    const outcome = context.directory.channelsOf(channel).update(channel, update);
    if (outcome === "notActive") throw channelNotActive(channel);
    return { ChannelDescription: describeChannel(channel) };
  },
});
