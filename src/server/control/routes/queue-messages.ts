import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { count, instant, list, lookingRoute, next, type ReaderOf, shape, text } from "./listing.ts";
import { queueName } from "./queues.ts";

const STATES = ["visible", "held", "in-flight", "delayed"] as const;

const attribute = shape(
  { type: text, value: text },
  { encoding: { const: "base64", description: "Of the value, which is bytes." } },
);

/** A message of a queue. */
export const queueMessage = shape(
  {
    id: text,
    state: {
      enum: STATES,
      description: "held: visible, but another one of its group has to leave or come back first.",
    },
    body: text,
    senderId: text,
    sentAt: instant,
    receiveCount: count,
    retentionEndsAt: instant,
  },
  {
    attributes: { type: "object", additionalProperties: attribute },
    group: text,
    sequenceNumber: text,
    deduplicationId: text,
    deduplicationEndsAt: { ...instant, description: "Until then another one with its id counts as its duplicate." },
    traceHeader: text,
    firstReceivedAt: instant,
    lastReceivedAt: { ...instant, description: "From this queue." },
    deadLetterSourceArn: { ...text, description: "The queue it was dead-lettered from." },
    deadLettersNext: { type: "boolean", description: "The next receive sends it to the dead-letter queue." },
    visibleAt: { ...instant, description: "When its delay or its visibility timeout ends, or that of what holds it." },
    heldBy: { ...text, description: "The id of the message of its group that holds it." },
  },
);

const messages = shape({ queueArn: text, messages: list(queueMessage) }, { next });

export const queueMessagesRoute = lookingRoute("queueMessages", {
  path: `${CONTROL_PREFIX}queues/messages`,
  summary: "shows the messages of a queue, and receives none",
  inputs: {
    queue: queueName,
    state: { type: "string", enum: STATES, description: "The state is visible, held, in-flight or delayed." },
    group: { type: "string", description: "The group is a message group id." },
    contains: { type: "string", minLength: 1, description: "What the body contains is a text." },
  },
  required: ["queue"],
  answer: messages,
});

/** Reads messages that meet all conditions given, in the order in which they would be received. */
export type ReadQueueMessages = ReaderOf<typeof queueMessagesRoute>;
