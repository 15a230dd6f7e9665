import type { DueDeps } from "../../fixture/look/due.ts";
import type { FunctionLookDeps } from "../../fixture/look/function/functions.ts";
import type { QueueLookDeps } from "../../fixture/look/queues.ts";
import type { TopicLookDeps } from "../../fixture/look/topics.ts";
import type { Looking } from "../../server/control/routes/looking.ts";

/** What a look inside is built on. */
type LookingParts = QueueLookDeps & TopicLookDeps & DueDeps & FunctionLookDeps;

/** Looks inside by way of a room that is loaded when somebody looks for the first time. */
export function lateLooking(parts: LookingParts): () => Promise<Looking> {
  let looking: Promise<Looking> | undefined;
  return () => {
    looking ??= load(parts);
    return looking;
  };
}

async function load(parts: LookingParts): Promise<Looking> {
  const [accounts, queues, messages, deadLetters, topics, match, streams, records, due, functions, mappings] =
    await Promise.all([
      import("../../fixture/look/accounts.ts"),
      import("../../fixture/look/queues.ts"),
      import("../../fixture/look/messages.ts"),
      import("../../fixture/look/dead-letters.ts"),
      import("../../fixture/look/topics.ts"),
      import("../../fixture/look/match.ts"),
      import("../../fixture/look/streams.ts"),
      import("../../fixture/look/records.ts"),
      import("../../fixture/look/due.ts"),
      import("../../fixture/look/function/functions.ts"),
      import("../../fixture/look/function/mappings.ts"),
    ]);
  return {
    accounts: () => accounts.lookAtAccounts(parts),
    due: (query) => due.lookAtDue(parts, query),
    nextDue: (account) => due.lookAtNextDue(parts, account),
    queues: (query) => queues.lookAtQueues(parts, query),
    queueMessages: (query) => messages.lookAtMessages(parts.queues, query),
    deadLetters: (query) => deadLetters.lookAtDeadLetters(parts, query),
    topics: (query) => topics.lookAtTopics(parts, query),
    subscriptions: (query) => topics.lookAtSubscriptions(parts, query),
    matchTopic: (query) => match.matchTopic(parts.topics, query),
    streams: (query) => streams.lookAtStreams(parts.streams, query),
    records: (query) => records.lookAtRecords(parts.streams, query),
    consumers: (query) => streams.lookAtConsumers(parts.streams, query),
    functions: (query) => functions.lookAtFunctions(parts, query),
    mappings: (query) => mappings.lookAtMappings(parts.mappings, query),
  };
}
