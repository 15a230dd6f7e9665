import type { Stream } from "../../../engine/stream/stream.ts";
import { boolean, list, required, string, structure, timestamp } from "../../../model/shape.ts";
import { takePage } from "../../page.ts";
import { ExpiredNextTokenException, InvalidArgumentException, LimitExceededException } from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { formatPageToken, readPageToken } from "../page.ts";
import { nextToken as nextTokenShape, pageLimit, streamModeDetails, streamName } from "../shapes.ts";
import { wholeSecond } from "../stream/descriptions.ts";

/** AWS: also when more are asked for. */
const LARGEST_PAGE = 100;

const summary = structure({
  StreamName: required(string()),
  StreamARN: required(string()),
  StreamStatus: required(string()),
  StreamModeDetails: streamModeDetails,
  StreamCreationTimestamp: timestamp(),
});

/** Lists the streams of the caller's account and region by name. API_ListStreams. */
export const listStreams = kinesisOperation({
  name: "ListStreams",
  rate: { perSecond: 5 },
  input: structure({ Limit: pageLimit, ExclusiveStartStreamName: streamName, NextToken: nextTokenShape }),
  output: structure({
    StreamNames: required(list(string())),
    HasMoreStreams: required(boolean()),
    NextToken: nextTokenShape,
    StreamSummaries: list(summary),
  }),
  errors: [ExpiredNextTokenException, InvalidArgumentException, LimitExceededException],
  handle(context, { Limit = LARGEST_PAGE, ExclusiveStartStreamName: start = "", NextToken: token }) {
    const { account } = context.call.scope;
    const after = token === undefined ? start : readPageToken("streams", token, context.clockOf).after;
    const remaining = streamsOf(context).list({ after });
    const { items, nextToken } = takePage(remaining, Math.min(Limit, LARGEST_PAGE), ({ name }) =>
      formatPageToken("streams", { after: name, account }, context.clockOf),
    );
    return {
      StreamNames: items.map(({ name }) => name),
      HasMoreStreams: nextToken !== undefined,
      NextToken: nextToken,
      StreamSummaries: items.map(summaryOf),
    };
  },
});

function summaryOf({ name, arn, status, createdAt, configuration }: Stream) {
  return {
    StreamName: name,
    StreamARN: arn,
    StreamStatus: status,
    StreamModeDetails: { StreamMode: configuration.settings.mode },
    StreamCreationTimestamp: wholeSecond(createdAt),
  };
}
