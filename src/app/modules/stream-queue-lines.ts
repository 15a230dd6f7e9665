import type { QueueOfStream } from "../../engine/stream/account/account-queues.ts";
import type { StreamDirectory } from "../../engine/stream/account/stream-directory.ts";
import { pageOf, shelved } from "../../fixture/page.ts";
import { scopeKey } from "../../kernel/scope.ts";
import { formatIso8601 } from "../../kernel/time/iso8601.ts";
import type { ReadStreamQueues } from "../../server/control/routes/stream-queues.ts";

type Query = Parameters<ReadStreamQueues>[0];

/** A page of the queues that meet the query, and what they hold. Only of those anything is counted. Throws FixtureRefusal. */
export function streamQueueLines(streams: StreamDirectory, query: Query): ReturnType<ReadStreamQueues> {
  const { items, next } = pageOf({
    found: meeting(streams, query),
    limit: query.limit,
    placeOf: ({ stream: { scope }, queue }) => [scopeKey(scope), queue.identity.name],
    show: lineOf,
  });
  return { queues: items, next };
}

function* meeting(streams: StreamDirectory, query: Query): Generator<QueueOfStream, void, void> {
  const shelves = streams.within(query).map(({ scope, queues }) => ({
    scope,
    list: ({ after = "" }: { readonly after?: string | undefined } = {}) =>
      queues.list().filter(({ queue }) => queue.identity.name > after),
  }));
  for (const found of shelved(shelves, query.next)) if (isMeant(found, query)) yield found;
}

function isMeant({ stream, queue: { identity } }: QueueOfStream, query: Query): boolean {
  if (query.queue !== undefined && query.queue !== identity.name && query.queue !== identity.arn) return false;
  return query.stream === undefined || query.stream === stream.name || query.stream === stream.arn;
}

function lineOf({ stream: { scope, arn: streamArn }, queue }: QueueOfStream) {
  const { identity, settings, status, waitingCount, counts, positions } = queue;
  const { name, arn, createdAt } = identity;
  return {
    name,
    arn,
    account: scope.account,
    region: scope.region,
    streamArn,
    createdAt: formatIso8601(createdAt),
    status,
    visibilityTimeoutSeconds: settings.visibilityTimeoutMs / 1000,
    maxReceiveCount: settings.maxReceiveCount,
    waitingReceives: waitingCount,
    ...counts,
    positions,
  };
}
