import type { QueueOfStream } from "../../../engine/stream/account/account-queues.ts";
import { type Infer, list, required, structure, timestamp } from "../../../model/shape.ts";
import { takePage } from "../../page.ts";
import { ExpiredNextTokenException, queueListErrors } from "../errors.ts";
import { kinesisOperation, streamsOf } from "../operation.ts";
import { formatPageToken, readPageToken } from "../page.ts";
import { summariseQueue } from "../queue/queue-description.ts";
import { queueSummary } from "../queue/queue-shapes.ts";
import { nextToken, pageLimit, streamArn } from "../shapes.ts";
import { wholeSecond } from "../stream/descriptions.ts";

/** As of channels; that of queues is not known. */
const LARGEST_PAGE = 100;

const streamFilter = structure({ StreamARN: required(streamArn), StreamCreationTimestamp: timestamp() });

/** Lists the queues of the caller's account and region by name, or those of some streams. API_ListQueues. */
export const listQueues = kinesisOperation({
  name: "ListQueues",
  rate: { perSecond: 5 },
  input: structure({
    MaxResults: pageLimit,
    NextToken: nextToken,
    StreamFilter: list(streamFilter, { min: 1, max: 10_000 }),
  }),
  output: structure({ QueueSummaries: required(list(queueSummary)), NextToken: nextToken }),
  errors: [...queueListErrors, ExpiredNextTokenException],
  gaps: ["AWS's largest page is not known; here it is 100 queues."],
  handle(context, { StreamFilter: filters = [], MaxResults = LARGEST_PAGE, NextToken }) {
    const { account } = context.call.scope;
    const after = NextToken === undefined ? "" : readPageToken("queues", NextToken, context.clockOf).after;
    const remaining = streamsOf(context)
      .queues.list()
      .filter((found) => found.queue.identity.name > after && passes(found, filters));
    const { items, nextToken: token } = takePage(remaining, Math.min(MaxResults, LARGEST_PAGE), ({ queue }) =>
      formatPageToken("queues", { after: queue.identity.name, account }, context.clockOf),
    );
    return { QueueSummaries: items.map(summariseQueue), NextToken: token };
  },
});

function passes({ stream }: QueueOfStream, filters: readonly Infer<typeof streamFilter>[]): boolean {
  if (filters.length === 0) return true;
  return filters.some(
    ({ StreamARN, StreamCreationTimestamp: at }) =>
      stream.arn === StreamARN && (at === undefined || wholeSecond(at) === wholeSecond(stream.createdAt)),
  );
}
