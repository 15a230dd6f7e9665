import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { flag, instant, list, lookingRoute, next, type ReaderOf, seconds, shape, text } from "./listing.ts";

/** A stream, as inputs name one. */
const streamName = { type: "string", minLength: 1, description: "The stream is a name or an ARN." } as const;

const record = shape(
  { shardId: text, sequenceNumber: text, arrivedAt: instant, data: text, isEncrypted: flag },
  { partitionKey: text, encoding: { const: "base64", description: "Of data that is not UTF-8." } },
);

const records = shape({ streamArn: text, records: list(record) }, { next });

export const recordsRoute = lookingRoute("records", {
  path: `${CONTROL_PREFIX}streams/records`,
  summary: "shows the records of a Kinesis stream",
  inputs: {
    stream: streamName,
    shard: { type: "string", minLength: 1, description: "The shard is an id such as shardId-000000000000." },
  },
  required: ["stream"],
  answer: records,
});

/** Reads the records of a stream, shard by shard and oldest first. */
export type ReadRecords = ReaderOf<typeof recordsRoute>;

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

export const consumersRoute = lookingRoute("consumers", {
  path: `${CONTROL_PREFIX}consumers`,
  summary: "shows the registered consumers of a Kinesis stream, and how far they are behind",
  inputs: { stream: streamName },
  required: ["stream"],
  answer: consumers,
});

/** Reads the registered consumers of a stream, by name. */
export type ReadConsumers = ReaderOf<typeof consumersRoute>;
