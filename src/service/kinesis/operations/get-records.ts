import { integer, list, required, structure } from "../../../model/shape.ts";
import { DryRunOperationException, dataErrors, ExpiredIteratorException, kmsErrors } from "../errors.ts";
import { kinesisOperation } from "../operation.ts";
import { readRateExceeded } from "../refusals.ts";
import { childShard, dryRun, millisBehindLatest, record, shardIterator, streamArn, streamId } from "../shapes.ts";
import { shardAtIterator } from "../shard/shard-at-iterator.ts";
import { formatShardIterator } from "../shard/shard-iterator.ts";
import { describeChildShard, describeRecord } from "../stream/descriptions.ts";

/** Reads records from a shard. API_GetRecords. */
export const getRecords = kinesisOperation({
  name: "GetRecords",
  input: structure({
    Limit: integer({ min: 1, max: 10_000 }),
    ShardIterator: required(shardIterator),
    StreamARN: streamArn,
    StreamId: streamId,
    DryRun: dryRun,
  }),
  output: structure({
    Records: required(list(record)),
    NextShardIterator: shardIterator,
    MillisBehindLatest: millisBehindLatest,
    ChildShards: list(childShard),
  }),
  errors: [...dataErrors, ExpiredIteratorException, ...kmsErrors],
  gaps: ["No KMS key is ever used, so the KMS errors do not occur."],
  handle(context, { ShardIterator, Limit, StreamARN, DryRun }) {
    const { stream, shard, position, now } = shardAtIterator(context, ShardIterator, StreamARN);
    if (DryRun) throw new DryRunOperationException();
    const batch = stream.read(shard, position, Limit);
    if (batch === "throttled") throw readRateExceeded(shard.id, stream);
    const { records, next, behindMs, childShards } = batch;
    const place = { shardIndex: shard.index, position: next, issuedAt: now };
    return {
      Records: records.map(describeRecord),
      // AWS: either there is more to come from this shard, or there are shards that follow it.
      NextShardIterator: childShards === undefined ? formatShardIterator(stream, place) : undefined,
      MillisBehindLatest: behindMs,
      ChildShards: childShards?.map(describeChildShard),
    };
  },
});
