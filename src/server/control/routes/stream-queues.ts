import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import { paging, withLimit } from "./listing.ts";

const text = { type: "string" } as const;
const count = { type: "integer", minimum: 0 } as const;

const position = {
  type: "object",
  properties: {
    shardId: text,
    unseen: { ...count, description: "How many records of the shard the queue has never handed out." },
    nextSequenceNumber: { ...text, description: "Of the first of them; absent when there is none." },
  },
  required: ["shardId", "unseen"],
  additionalProperties: false,
} as const;

const streamQueue = {
  type: "object",
  properties: {
    name: text,
    arn: text,
    account,
    region: text,
    streamArn: text,
    status: { enum: ["CREATING", "ACTIVE", "UPDATING", "DELETING"] },
    waitingReceives: { ...count, description: "How many receives wait for a record." },
    visible: { ...count, description: "Records that can be received, whether or not they were before." },
    inFlight: { ...count, description: "Records that were received, and are neither acknowledged nor visible again." },
    deadVisible: { ...count, description: "Dead letters that can be received." },
    deadInFlight: { ...count, description: "Dead letters that were received." },
    positions: { type: "array", items: position, description: "How far the queue has come in each shard." },
  },
  required: [
    "name",
    "arn",
    "account",
    "region",
    "streamArn",
    "status",
    "waitingReceives",
    "visible",
    "inFlight",
    "deadVisible",
    "deadInFlight",
    "positions",
  ],
  additionalProperties: false,
} as const;

/** Reads the queues of Kinesis streams that meet all conditions given, by name within an account and region. */
export type ReadStreamQueues = (query: {
  readonly account?: string;
  readonly region?: string;
  readonly stream?: string;
  readonly limit: number;
}) => readonly AnswerOf<typeof streamQueue>[];

export const streamQueuesRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}stream-queues`,
  summary: "shows what queues of Kinesis streams hold",
  inputs: {
    account,
    region,
    stream: { type: "string", description: "The stream is a name or an ARN." },
    limit: paging.limit,
  },
  answer: {
    type: "object",
    properties: { queues: { type: "array", items: streamQueue } },
    required: ["queues"],
    additionalProperties: false,
  },
  handle: ({ readStreamQueues }: { readonly readStreamQueues: ReadStreamQueues }, inputs) => ({
    queues: readStreamQueues(withLimit(inputs)),
  }),
});
