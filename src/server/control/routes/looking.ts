import type { ReadAccounts } from "../accounts.ts";
import type { ReadDue, ReadNextDue } from "./clock-due.ts";
import type { ReadDeadLetters } from "./dead-letters.ts";
import type { ReadMappings } from "./function/event-source-mappings.ts";
import type { ReadFunctions } from "./function/functions.ts";
import type { ReadQueueMessages } from "./queue-messages.ts";
import type { ReadQueues } from "./queues.ts";
import type { ReadConsumers, ReadRecords } from "./stream-contents.ts";
import type { ReadStreams } from "./streams.ts";
import type { ReadSubscriptions } from "./subscriptions.ts";
import type { MatchTopic, ReadTopics } from "./topics.ts";

/** Looks inside without changing anything. Each throws an error with a status when what is asked for makes no sense. */
export interface Looking {
  readonly accounts: ReadAccounts;
  readonly due: ReadDue;
  readonly nextDue: ReadNextDue;
  readonly queues: ReadQueues;
  readonly queueMessages: ReadQueueMessages;
  readonly deadLetters: ReadDeadLetters;
  readonly topics: ReadTopics;
  readonly subscriptions: ReadSubscriptions;
  readonly matchTopic: MatchTopic;
  readonly streams: ReadStreams;
  readonly records: ReadRecords;
  readonly consumers: ReadConsumers;
  readonly functions: ReadFunctions;
  readonly mappings: ReadMappings;
}
