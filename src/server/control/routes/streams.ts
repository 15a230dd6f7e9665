import { CONTROL_PREFIX } from "../../../kernel/own-traffic.ts";
import { account } from "../inputs.ts";
import { count, flag, instant, list, lookingRoute, next, type ReaderOf, shape, text } from "./listing.ts";

const shard = shape(
  {
    shardId: text,
    isOpen: flag,
    startingHashKey: text,
    endingHashKey: text,
    startingSequenceNumber: text,
    recordCount: count,
    bytes: { ...count, description: "Of data and partition keys." },
  },
  { parentShardId: text, adjacentParentShardId: text, endingSequenceNumber: text },
);

const stream = shape(
  {
    name: text,
    arn: text,
    account,
    region: text,
    status: { enum: ["CREATING", "ACTIVE", "UPDATING", "DELETING"] },
    mode: { enum: ["PROVISIONED", "ON_DEMAND"] },
    createdAt: instant,
    retentionHours: { type: "number" },
    openShardCount: count,
    shardCount: { ...count, description: "Closed shards included." },
    recordCount: count,
    bytes: count,
    consumerCount: count,
    queueCount: count,
    shards: list(shard, "In the order of their creation, 1,000 at most."),
  },
  { encryptionKeyId: text },
);

const streams = shape({ streams: list(stream) }, { next });

export const streamsRoute = lookingRoute("streams", {
  path: `${CONTROL_PREFIX}streams`,
  summary: "shows Kinesis streams and their shards",
  answer: streams,
});

/** Reads streams, by account and region, then by name. */
export type ReadStreams = ReaderOf<typeof streamsRoute>;
