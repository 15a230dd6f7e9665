import type * as sdk from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { aClient, dateOf, refusalOf, textsOf, transports } from "../support/kinesis-client.ts";

const MIB = 1024 * 1024;
const MAX_HASH_KEY = String(2n ** 128n - 1n);

describe.for(transports)("over %s", ([, config]) => {
  test("a record comes back as it was put", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const Data = new Uint8Array(Array.from({ length: 256 }, (_, byte) => byte));
    const put = await kinesis.put("", { Data, PartitionKey: "schlüssel 𝄞" });
    const { Records, MillisBehindLatest } = await kinesis.client.getRecords({
      ShardIterator: await kinesis.iterator(),
    });
    expect(MillisBehindLatest).toBe(0);
    expect(Records).toEqual([
      {
        SequenceNumber: put.SequenceNumber,
        ApproximateArrivalTimestamp: dateOf(kinesis.clock.now()),
        Data,
        PartitionKey: "schlüssel 𝄞",
      },
    ]);
    expect(put.EncryptionType).toBeUndefined();
  });

  test("five hundred records go at once, in order", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const sent = Array.from({ length: 500 }, (_, index) => `${index}`.padEnd(1024, "."));
    const Records = sent.map((text) => ({ Data: Buffer.from(text), PartitionKey: "k" }));
    const { FailedRecordCount } = await kinesis.client.putRecords({ StreamName: "orders", Records });
    expect(FailedRecordCount).toBe(0);
    const { Records: read } = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator() });
    expect(textsOf(read)).toEqual(sent);
  });

  test("ten MiB go at once, and come back", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const Data = Buffer.alloc(MIB - 1, 7);
    const Records = Array.from({ length: 10 }, () => ({ Data, PartitionKey: "k" }));
    await kinesis.client.putRecords({ StreamName: "orders", Records });
    const { Records: read } = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator() });
    expect(read?.map(({ Data: bytes }) => Data.equals(bytes!))).toEqual(Records.map(() => true));
  });

  test("a timestamp is where to begin", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    await kinesis.put("old");
    await kinesis.clock.advance(1_500);
    await kinesis.put("new");
    const Timestamp = dateOf(kinesis.clock.now() - 1);
    const ShardIterator = await kinesis.iterator({ ShardIteratorType: "AT_TIMESTAMP", Timestamp });
    expect(textsOf((await kinesis.client.getRecords({ ShardIterator })).Records)).toEqual(["new"]);
  });

  test("a shard ends with its children", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    await kinesis.put("x");
    await kinesis.client.splitShard({
      StreamName: "orders",
      ShardToSplit: "shardId-000000000000",
      NewStartingHashKey: "9",
    });
    const { Records, NextShardIterator, ChildShards } = await kinesis.client.getRecords({
      ShardIterator: await kinesis.iterator(),
    });
    expect([textsOf(Records), NextShardIterator]).toEqual([["x"], undefined]);
    expect(ChildShards).toEqual([
      {
        ShardId: "shardId-000000000001",
        ParentShards: ["shardId-000000000000"],
        HashKeyRange: { StartingHashKey: "0", EndingHashKey: "8" },
      },
      {
        ShardId: "shardId-000000000002",
        ParentShards: ["shardId-000000000000"],
        HashKeyRange: { StartingHashKey: "9", EndingHashKey: MAX_HASH_KEY },
      },
    ]);
  });

  test("throttling is an error by which the SDK tries again", async () => {
    await using kinesis = await aClient(config(), { kinesisCapacity: "on" });
    await kinesis.create();
    const ShardIterator = await kinesis.iterator();
    for (let time = 0; time < 5; time++) await kinesis.client.getRecords({ ShardIterator });
    expect((await refusalOf(kinesis.client.getRecords({ ShardIterator }))).name).toBe(
      "ProvisionedThroughputExceededException",
    );
  });

  test.for<[type: sdk.ShardIteratorType, at: "b" | undefined, read: readonly string[]]>([
    ["TRIM_HORIZON", undefined, ["a", "b", "c", "d"]],
    ["AT_SEQUENCE_NUMBER", "b", ["b", "c", "d"]],
    ["AFTER_SEQUENCE_NUMBER", "b", ["c", "d"]],
    ["LATEST", undefined, ["d"]],
  ])("an iterator starts %s", async ([ShardIteratorType, at, read]) => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const numbers = new Map<string | undefined, string>();
    for (const text of ["a", "b", "c"]) numbers.set(text, (await kinesis.put(text)).SequenceNumber!);
    const StartingSequenceNumber = numbers.get(at);
    const ShardIterator = await kinesis.iterator({ ShardIteratorType, StartingSequenceNumber });
    await kinesis.put("d");
    expect(textsOf((await kinesis.client.getRecords({ ShardIterator })).Records)).toEqual(read);
  });

  test("an iterator leads to the next one, page by page", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    for (const text of ["a", "b", "c"]) await kinesis.put(text);
    const first = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator(), Limit: 2 });
    const second = await kinesis.client.getRecords({ ShardIterator: first.NextShardIterator, Limit: 2 });
    expect([first.Records, second.Records].map(textsOf)).toEqual([["a", "b"], ["c"]]);
    expect(second.NextShardIterator).toBeDefined();
  });

  test("an explicit hash key overrides the partition key", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create(2);
    const [first, last] = await Promise.all([
      kinesis.put("x", { ExplicitHashKey: "0" }),
      kinesis.put("x", { ExplicitHashKey: MAX_HASH_KEY }),
    ]);
    expect([first.ShardId, last.ShardId]).toEqual(["shardId-000000000000", "shardId-000000000001"]);
  });

  test("PutRecords takes what fits and says what does not", async () => {
    await using kinesis = await aClient(config(), { kinesisCapacity: "on" });
    await kinesis.create();
    const Data = Buffer.alloc(400 * 1024);
    const Records = ["a", "b", "c"].map((PartitionKey) => ({ Data, PartitionKey }));
    const put = await kinesis.client.putRecords({ StreamName: "orders", Records });
    const stored = { SequenceNumber: expect.any(String), ShardId: "shardId-000000000000" };
    const failed = {
      ErrorCode: "ProvisionedThroughputExceededException",
      ErrorMessage: "Rate exceeded for shard shardId-000000000000 in stream orders under account 000000000000.",
    };
    expect(put).toMatchObject({ FailedRecordCount: 1, Records: [stored, stored, failed] });
    const { Records: read } = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator() });
    expect(read?.map(({ PartitionKey }) => PartitionKey)).toEqual(["a", "b"]);
  });

  test("who follows the children reads everything in order", async () => {
    await using kinesis = await aClient(config());
    const { client, create, put, iterator } = kinesis;
    const StreamName = "orders";
    await create();
    await put("before");
    await client.splitShard({ StreamName, ShardToSplit: "shardId-000000000000", NewStartingHashKey: "9" });
    await put("split");
    const [ShardToMerge, AdjacentShardToMerge] = ["shardId-000000000001", "shardId-000000000002"];
    await client.mergeShards({ StreamName, ShardToMerge, AdjacentShardToMerge });
    await put("merged");
    const read: string[] = [];
    const shards = new Set(["shardId-000000000000"]);
    for (const ShardId of shards) {
      const answer = await client.getRecords({ ShardIterator: await iterator({ ShardId }) });
      read.push(...textsOf(answer.Records));
      for (const child of answer.ChildShards ?? []) shards.add(child.ShardId!);
    }
    expect(read).toEqual(["before", "split", "merged"]);
    expect(shards.size).toBe(4);
  });
});
