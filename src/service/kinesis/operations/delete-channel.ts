import { required, structure } from "../../../model/shape.ts";
import { channelAt } from "../channel/channel-address.ts";
import { channelArn } from "../channel/channel-shapes.ts";
import { streamErrors, ValidationException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";

/** Ends a channel; what it has delivered stays. API_DeleteChannel. */
export const deleteChannel = kinesisOperation({
  name: "DeleteChannel",
  rate: { perSecond: 5 },
  input: structure({ ChannelARN: required(channelArn) }),
  errors: [...streamErrors, ValidationException],
  handle(context, { ChannelARN }) {
    const channel = channelAt(context, ChannelARN);
    context.directory.channelsOf(channel).delete(channel);
  },
});
