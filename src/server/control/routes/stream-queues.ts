import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import { count, instant, list, next, type PageQuery, paging, seconds, shape, text, withLimit } from "./listing.ts";

const position = shape(
  {
    shardId: text,
    unseen: { ...count, description: "How many records of the shard the queue has never handed out." },
  },
  { nextSequenceNumber: { ...text, description: "Of the first of them; absent when there is none." } },
);

const streamQueue = shape(
  {
    name: text,
    arn: text,
    account,
    region: text,
    streamArn: text,
    createdAt: instant,
    status: { enum: ["CREATING", "ACTIVE", "UPDATING", "DELETING"] },
    visibilityTimeoutSeconds: seconds,
    waitingReceives: { ...count, description: "How many receives wait for a record." },
    visible: { ...count, description: "Records that can be received, whether or not they were before." },
    inFlight: { ...count, description: "Records that were received, and are neither acknowledged nor visible again." },
    deadVisible: { ...count, description: "Dead letters that can be received." },
    deadInFlight: { ...count, description: "Dead letters that were received." },
    positions: list(position, "How far the queue has come in each shard."),
  },
  { maxReceiveCount: { ...count, description: "Absent where no record becomes a dead letter." } },
);

const streamQueues = shape({ queues: list(streamQueue) }, { next });

/** Reads the queues of Kinesis streams that meet all conditions given, by account and region, then by name. */
export type ReadStreamQueues = (
  query: PageQuery & { readonly queue?: string; readonly stream?: string },
) => AnswerOf<typeof streamQueues>;

export const streamQueuesRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}stream-queues`,
  summary: "shows what queues of Kinesis streams hold",
  inputs: {
    account,
    region,
    stream: { type: "string", description: "The stream is a name or an ARN." },
    queue: { type: "string", description: "The queue is a name or an ARN." },
    ...paging,
  },
  answer: streamQueues,
  handle: ({ readStreamQueues }: { readonly readStreamQueues: ReadStreamQueues }, inputs) =>
    readStreamQueues(withLimit(inputs)),
});
