import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { account } from "../inputs.ts";
import { count, list, lookingRoute, next, type ReaderOf, shape, text } from "./listing.ts";
import { queueMessage } from "./queue-messages.ts";
import { messageCounts, queueName, subscriptionName } from "./queues.ts";

const deadLetterQueue = shape({
  name: text,
  arn: text,
  account,
  region: text,
  ...messageCounts,
  chain: list(text, "Itself, its own dead-letter queue, and so on."),
  sources: list(shape({ arn: text }, { maxReceiveCount: count }), "Queues whose dead letters come here, 100 at most."),
  subscriptions: list(subscriptionName, "Those whose undeliverable messages come here, 100 at most."),
  messages: list(queueMessage, "The first ten."),
});

const deadLetters = shape({ deadLetterQueues: list(deadLetterQueue) }, { next });

export const deadLettersRoute = lookingRoute("deadLetters", {
  path: `${CONTROL_PREFIX}dead-letters`,
  summary: "shows dead-letter queues, what sends to them, and their first messages",
  inputs: { queue: queueName },
  answer: deadLetters,
});

/** Reads dead-letter queues, by account and region, then by name; or that one queue. */
export type ReadDeadLetters = ReaderOf<typeof deadLettersRoute>;
