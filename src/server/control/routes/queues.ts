import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { account } from "../inputs.ts";
import { count, flag, instant, list, lookingRoute, next, type ReaderOf, seconds, shape, text } from "./listing.ts";

const settings = shape(
  {
    isFifo: flag,
    delaySeconds: seconds,
    visibilityTimeoutSeconds: seconds,
    receiveWaitSeconds: seconds,
    retentionSeconds: seconds,
    maxMessageBytes: count,
  },
  { contentBasedDeduplication: flag, deduplicationScope: { enum: ["queue", "messageGroup"] } },
);

/** A queue, as inputs name one. */
export const queueName = {
  type: "string",
  minLength: 1,
  description: "The queue is a name, a URL or an ARN.",
} as const;

/** How many messages are in which state. */
export const messageCounts = {
  visible: { ...count, description: "Messages that can be received, those that their group holds back included." },
  inFlight: count,
  delayed: count,
} as const;

/** A subscription by its ARN and that of its topic. */
export const subscriptionName = shape({ topicArn: text, arn: text });

const moveTask = shape(
  { taskId: text, sourceArn: text, status: text, moved: count, toMove: count },
  { destinationArn: { ...text, description: "Absent when each message goes where it came from." } },
);

const queue = shape(
  {
    name: text,
    arn: text,
    account,
    region: text,
    createdAt: instant,
    modifiedAt: instant,
    settings,
    ...messageCounts,
    waitingReceives: { ...count, description: "How many receives wait for a message." },
    deadLetterSources: list(text, "Queues whose dead letters come here, 100 at most."),
    subscriptions: list(subscriptionName, "Those that lead here, 100 at most."),
    moveTasks: list(moveTask, "Those that are active, to it and from it."),
  },
  {
    oldestAgeSeconds: { ...seconds, description: "Absent when there is no message." },
    deadLetterQueueArn: text,
    maxReceiveCount: count,
  },
);

const queues = shape({ queues: list(queue) }, { next });

export const queuesRoute = lookingRoute("queues", {
  path: `${CONTROL_PREFIX}queues`,
  summary: "shows queues, their settings and counts, and who feeds them",
  inputs: { queue: queueName },
  answer: queues,
});

/** Reads queues, by account and region, then by name; or that one. */
export type ReadQueues = ReaderOf<typeof queuesRoute>;
