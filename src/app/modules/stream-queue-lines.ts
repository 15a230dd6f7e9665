import type { QueueOfStream } from "../../engine/stream/account/account-queues.ts";
import type { ReadStreamQueues } from "../../server/control/routes/stream-queues.ts";

type Query = Parameters<ReadStreamQueues>[0];

/** What the first queues that meet the query hold. Only of those anything is counted. */
export function streamQueueLines(queues: Iterable<QueueOfStream>, query: Query): ReturnType<ReadStreamQueues> {
  const lines: ReturnType<typeof lineOf>[] = [];
  for (const found of queues) {
    if (lines.length === query.limit) break;
    if (meets(found, query)) lines.push(lineOf(found));
  }
  return lines;
}

function meets({ stream: { scope, name, arn } }: QueueOfStream, { account, region, stream }: Query): boolean {
  if (account !== undefined && account !== scope.account) return false;
  if (region !== undefined && region !== scope.region) return false;
  return stream === undefined || stream === name || stream === arn;
}

function lineOf({ stream: { scope, arn: streamArn }, queue }: QueueOfStream) {
  const { identity, status, waitingCount, counts, positions } = queue;
  const { account, region } = scope;
  const { name, arn } = identity;
  return { name, arn, account, region, streamArn, status, waitingReceives: waitingCount, ...counts, positions };
}
