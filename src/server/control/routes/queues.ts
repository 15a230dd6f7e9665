import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import {
  count,
  flag,
  instant,
  type LookingDeps,
  list,
  next,
  type PageQuery,
  paging,
  seconds,
  shape,
  text,
  withLimit,
} from "./listing.ts";

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

/** Reads queues, by account and region, then by name; or that one. */
export type ReadQueues = (query: PageQuery & { readonly queue?: string }) => Promise<AnswerOf<typeof queues>>;

export const queuesRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}queues`,
  summary: "shows queues, their settings and counts, and who feeds them",
  inputs: { queue: queueName, account, region, ...paging },
  answer: queues,
  handle: async ({ looking }: LookingDeps<{ readonly queues: ReadQueues }>, inputs) =>
    (await looking()).queues(withLimit(inputs)),
});
