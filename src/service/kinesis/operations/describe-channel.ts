import { required, structure } from "../../../model/shape.ts";
import { channelAt } from "../channel/channel-address.ts";
import { describeChannel as describe } from "../channel/channel-description.ts";
import { channelArn, channelDescription } from "../channel/channel-shapes.ts";
import { streamErrors, ValidationException } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";

/** Describes a channel. API_DescribeChannel. */
export const describeChannel = kinesisOperation({
  name: "DescribeChannel",
  rate: { perSecond: 5 },
  input: structure({ ChannelARN: required(channelArn) }),
  output: structure({ ChannelDescription: required(channelDescription) }),
  errors: [...streamErrors, ValidationException],
  handle: (context, { ChannelARN }) => ({ ChannelDescription: describe(channelAt(context, ChannelARN)) }),
});
