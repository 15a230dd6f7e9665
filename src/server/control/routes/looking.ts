import type { ReadDeadLetters } from "./dead-letters.ts";
import type { ReadQueueMessages } from "./queue-messages.ts";
import type { ReadQueues } from "./queues.ts";

/** Looks inside without changing anything. Each throws an error with a status when what is asked for makes no sense. */
export interface Looking {
  readonly queues: ReadQueues;
  readonly queueMessages: ReadQueueMessages;
  readonly deadLetters: ReadDeadLetters;
}
