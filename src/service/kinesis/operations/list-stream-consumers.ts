import { list, required, structure, timestamp } from "../../../model/shape.ts";
import { takePage } from "../../page.ts";
import {
  ExpiredNextTokenException,
  InvalidArgumentException,
  LimitExceededException,
  ResourceInUseException,
  ResourceNotFoundException,
} from "../errors.ts";
import { streamOperation } from "../operation.ts";
import { formatPageToken, readPageToken } from "../page.ts";
import { invalidArgument, streamNotFound } from "../refusals.ts";
import { consumer, nextToken, pageLimit, streamArn, streamId } from "../shapes.ts";
import { isOfSecond } from "../shard/shard-listing.ts";
import { describeConsumer } from "../stream/descriptions.ts";

/** AWS: also when more are asked for. */
const LARGEST_PAGE = 100;

/** Lists the consumers of a stream by name. API_ListStreamConsumers. */
export const listStreamConsumers = streamOperation({
  name: "ListStreamConsumers",
  rate: { perSecond: 5, of: "stream" },
  input: structure({
    StreamARN: required(streamArn),
    NextToken: nextToken,
    MaxResults: pageLimit,
    StreamCreationTimestamp: timestamp(),
    StreamId: streamId,
  }),
  output: structure({ Consumers: list(consumer), NextToken: nextToken }),
  errors: [
    ExpiredNextTokenException,
    InvalidArgumentException,
    LimitExceededException,
    ResourceInUseException,
    ResourceNotFoundException,
  ],
  handle({ stream, clockOf }, { NextToken, MaxResults = LARGEST_PAGE, StreamCreationTimestamp: creation }) {
    if (creation !== undefined && NextToken !== undefined) {
      throw invalidArgument("NextToken and StreamCreationTimestamp cannot be provided together.");
    }
    if (creation !== undefined && !isOfSecond(stream, creation)) throw streamNotFound(stream);
    const { account } = stream.scope;
    const { id: streamId } = stream;
    const held = NextToken === undefined ? undefined : readPageToken("consumers", NextToken, clockOf);
    if (held !== undefined && held.streamId !== streamId) throw invalidArgument("Invalid NextToken."); // ours, too
    const after = held?.after ?? "";
    const remaining = stream.consumers
      .list()
      .filter(({ name }) => name > after)
      .sort((a, b) => (a.name < b.name ? -1 : 1));
    const { items, nextToken: token } = takePage(remaining, Math.min(MaxResults, LARGEST_PAGE), ({ name }) =>
      formatPageToken("consumers", { after: name, account, streamId }, clockOf),
    );
    return { Consumers: items.map(describeConsumer), NextToken: token };
  },
});
