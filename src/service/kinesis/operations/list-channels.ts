import type { Channel } from "../../../engine/stream/channel/channel.ts";
import { type Infer, list, required, structure, timestamp } from "../../../model/shape.ts";
import { takePage } from "../../page.ts";
import { summariseChannel } from "../channel/channel-description.ts";
import { channelSummary } from "../channel/channel-shapes.ts";
import {
  AccessDeniedException,
  ExpiredNextTokenException,
  InvalidArgumentException,
  LimitExceededException,
  ValidationException,
} from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { formatPageToken, readPageToken } from "../page.ts";
import { nextToken, pageLimit, streamArn } from "../shapes.ts";
import { wholeSecond } from "../stream/descriptions.ts";

/** AWS: also when more are asked for. */
const LARGEST_PAGE = 100;

const streamFilter = structure({ StreamARN: required(streamArn), StreamCreationTimestamp: timestamp() });

/** Lists the channels of the caller's account and region by name, or those of some streams. API_ListChannels. */
export const listChannels = kinesisOperation({
  name: "ListChannels",
  rate: { perSecond: 5 },
  input: structure({
    StreamFilter: list(streamFilter, { min: 1, max: 10_000 }),
    MaxResults: pageLimit,
    NextToken: nextToken,
  }),
  output: structure({ ChannelSummaries: required(list(channelSummary)), NextToken: nextToken }),
  errors: [
    AccessDeniedException,
    ExpiredNextTokenException,
    InvalidArgumentException,
    LimitExceededException,
    ValidationException,
  ],
  handle(context, { StreamFilter: filters = [], MaxResults = LARGEST_PAGE, NextToken }) {
    const { account } = context.call.scope;
    const after = NextToken === undefined ? "" : readPageToken("channels", NextToken, context.clockOf).after;
    const remaining = streamsOf(context)
      .channels.list()
      .filter((channel) => channel.name > after && passes(channel, filters))
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken: token } = takePage(remaining, Math.min(MaxResults, LARGEST_PAGE), ({ name }) =>
      formatPageToken("channels", { after: name, account }, context.clockOf),
    );
    return { ChannelSummaries: items.map(summariseChannel), NextToken: token };
  },
});

function passes({ definition }: Channel, filters: readonly Infer<typeof streamFilter>[]): boolean {
  if (filters.length === 0) return true;
  return definition.sources.some(({ streamArn: arn, streamCreatedAt }) =>
    filters.some(
      ({ StreamARN, StreamCreationTimestamp: at }) =>
        arn === StreamARN && (at === undefined || wholeSecond(at) === wholeSecond(streamCreatedAt)),
    ),
  );
}
