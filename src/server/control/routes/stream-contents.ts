import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { type AnswerOf, controlRoute } from "../contract.ts";
import { account, region } from "../inputs.ts";
import {
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

/** A stream, as inputs name one. */
const streamName = { type: "string", minLength: 1, description: "The stream is a name or an ARN." } as const;

const record = shape(
  { shardId: text, sequenceNumber: text, arrivedAt: instant, data: text, isEncrypted: flag },
  { partitionKey: text, encoding: { const: "base64", description: "Of data that is not UTF-8." } },
);

const records = shape({ streamArn: text, records: list(record) }, { next });

/** Reads the records of a stream, shard by shard and oldest first. */
export type ReadRecords = (
  query: PageQuery & { readonly stream: string; readonly shard?: string },
) => AnswerOf<typeof records>;

export const recordsRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}streams/records`,
  summary: "shows the records of a Kinesis stream",
  inputs: {
    stream: streamName,
    shard: { type: "string", minLength: 1, description: "The shard is an id such as shardId-000000000000." },
    account,
    region,
    ...paging,
  },
  required: ["stream"],
  answer: records,
  handle: async ({ looking }: LookingDeps<{ readonly records: ReadRecords }>, inputs) =>
    (await looking()).records(withLimit(inputs)),
});

const subscription = shape({
  shardId: text,
  startedAt: instant,
  endsAt: instant,
  iteratorAgeSeconds: { ...seconds, description: "How long the next record has been waiting; 0 without one." },
});

const consumer = shape({
  name: text,
  arn: text,
  status: { enum: ["CREATING", "ACTIVE", "UPDATING", "DELETING"] },
  createdAt: instant,
  subscriptions: list(subscription, "Those that somebody listens to."),
});

const consumers = shape({ streamArn: text, consumers: list(consumer) }, { next });

/** Reads the registered consumers of a stream, by name. */
export type ReadConsumers = (query: PageQuery & { readonly stream: string }) => AnswerOf<typeof consumers>;

export const consumersRoute = controlRoute({
  method: "GET",
  path: `${CONTROL_PREFIX}consumers`,
  summary: "shows the registered consumers of a Kinesis stream, and how far they are behind",
  inputs: { stream: streamName, account, region, ...paging },
  required: ["stream"],
  answer: consumers,
  handle: async ({ looking }: LookingDeps<{ readonly consumers: ReadConsumers }>, inputs) =>
    (await looking()).consumers(withLimit(inputs)),
});
