import { expect, test } from "vitest";
import { ACCOUNT, aKinesis, type Input, invalidArgument, noStream, notFound, refusal } from "../../support/kinesis.ts";

// Kinesis reference 6.15

const WELL = refusal("DryRunOperationException", "The request would have succeeded, but the DryRun flag is set.");
const BEYOND = String(2n ** 128n);

function aStream() {
  const kinesis = aKinesis();
  const ConsumerARN = kinesis.register(kinesis.create("s"));
  const record = { Data: Buffer.from("x"), PartitionKey: "k" };
  const inputs: Readonly<Record<string, Input>> = {
    PutRecord: { StreamName: "s", ...record },
    PutRecords: { StreamName: "s", Records: [record] },
    GetShardIterator: { StreamName: "s", ShardId: "0", ShardIteratorType: "LATEST" },
    GetRecords: { ShardIterator: kinesis.iterator("s") },
    SubscribeToShard: { ConsumerARN, ShardId: "0", StartingPosition: { Type: "LATEST" } },
  };
  return {
    ...kinesis,
    inputs,
    dry: (name: string, more: Input = {}) => kinesis.failure(name, { ...inputs[name], DryRun: true, ...more }),
  };
}

const OPERATIONS = ["PutRecord", "PutRecords", "GetShardIterator", "GetRecords", "SubscribeToShard"];

test.for(OPERATIONS)("%s tells by an error that it would succeed, and does nothing", (operation) => {
  const { dry, iterator, read } = aStream();
  expect(dry(operation)).toEqual(WELL);
  expect(dry(operation)).toEqual(WELL);
  expect(read(iterator("s")).Records).toEqual([]);
});

test.for(OPERATIONS)("%s does it when the flag is false", (operation) => {
  const { call, inputs } = aStream();
  expect(call(operation, { ...inputs[operation], DryRun: false })).toBeDefined();
});

test.for<[operation: string, more: Input, expected: object]>([
  ["PutRecord", { StreamName: "t" }, noStream("t")],
  [
    "PutRecord",
    { ExplicitHashKey: BEYOND },
    invalidArgument(
      `Invalid ExplicitHashKey. ExplicitHashKey must be in the range: [0, 2^128-1]. Specified value was ${BEYOND}`,
    ),
  ],
  [
    "PutRecord",
    { SequenceNumberForOrdering: `9${"0".repeat(60)}` },
    invalidArgument(
      `ExclusiveMinimumSequenceNumber 9${"0".repeat(60)} used in PutRecord on stream s under account ${ACCOUNT} is invalid.`,
    ),
  ],
  ["PutRecords", { StreamName: "t" }, noStream("t")],
  [
    "GetShardIterator",
    { ShardId: "9" },
    notFound(`Shard shardId-000000000009 in stream s under account ${ACCOUNT} does not exist`),
  ],
  ["GetRecords", { ShardIterator: "x" }, invalidArgument("Invalid ShardIterator.")],
  ["SubscribeToShard", { ShardId: "x" }, notFound(`Could not find shard x in stream s under account ${ACCOUNT}.`)],
])("%s %j tells what it would fail with", ([operation, more, expected]) => {
  expect(aStream().dry(operation, more)).toEqual(expected);
});
