import * as sdk from "@aws-sdk/client-kinesis";
import { NodeHttpHandler } from "@smithy/node-http-handler";
import { describe, expect, test } from "vitest";
import type { EmulatorOptions } from "../../src/index.ts";
import { anEmulator } from "../support/emulator.ts";

const MINUTE = 60_000;
const MIB = 1024 * 1024;
const ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/orders";
const MAX_HASH_KEY = String(2n ** 128n - 1n);

// biome-ignore lint/style/noRestrictedGlobals: the SDK speaks of instants as Date; no clock is read here.
const dateOf = (epochMs: number) => new Date(epochMs);

/** A server and a client of it that close together, and a stream to begin with. */
async function aClient(config: sdk.KinesisClientConfig, options: EmulatorOptions = {}) {
  const emulator = await anEmulator(options);
  const client = new sdk.Kinesis({
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
    ...config,
  });
  const iterator = async (more: Partial<sdk.GetShardIteratorCommandInput> = {}) => {
    const input = { StreamName: "orders", ShardId: "shardId-000000000000", ShardIteratorType: "TRIM_HORIZON" } as const;
    return (await client.getShardIterator({ ...input, ...more })).ShardIterator!;
  };
  return {
    emulator,
    client,
    clock: emulator.clock(),
    create: (ShardCount = 1) => client.createStream({ StreamName: "orders", ShardCount }),
    put: (text: string, more: Partial<sdk.PutRecordCommandInput> = {}) =>
      client.putRecord({ StreamName: "orders", PartitionKey: "a", Data: Buffer.from(text), ...more }),
    iterator,
    register: async () => {
      const { Consumer } = await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName: "c" });
      return Consumer!.ConsumerARN!;
    },
    /** Iterates over the events of a subscription; to shard 0 from its oldest record unless told. */
    subscribe: async (ConsumerARN: string, more: Partial<sdk.SubscribeToShardCommandInput> = {}) => {
      const StartingPosition = { Type: "TRIM_HORIZON" } as const;
      const input = { ConsumerARN, ShardId: "shardId-000000000000", StartingPosition, ...more };
      return (await client.subscribeToShard(input)).EventStream![Symbol.asyncIterator]();
    },
    async [Symbol.asyncDispose]() {
      client.destroy();
      await emulator.close();
    },
  };
}

const textOf = ({ Data }: { readonly Data?: Uint8Array | undefined }) => Buffer.from(Data!).toString();
const texts = (records: readonly { readonly Data?: Uint8Array | undefined }[] | undefined) => records?.map(textOf);

type Events = AsyncIterator<sdk.SubscribeToShardEventStream>;

async function nextOf(events: Events): Promise<sdk.SubscribeToShardEvent> {
  const { value, done } = await events.next();
  if (done) throw new Error("the subscription ended");
  return value.SubscribeToShardEvent!;
}

/** What a promise is refused with. */
async function refusalOf(
  promise: Promise<unknown>,
): Promise<{ name: string; message: string; status: number | undefined }> {
  const cause = await promise.then(
    () => undefined,
    (error: unknown) => error,
  );
  if (!(cause instanceof sdk.KinesisServiceException)) throw cause ?? new Error("the call was expected to be refused");
  return { name: cause.name, message: cause.message, status: cause.$metadata.httpStatusCode };
}

describe.for<[title: string, config: () => sdk.KinesisClientConfig]>([
  ["HTTP/2, which is the client's default", () => ({})],
  ["HTTP/1.1", () => ({ requestHandler: new NodeHttpHandler() })],
])("over %s", ([, config]) => {
  test("a stream is created, waited for, described, listed and deleted", async () => {
    await using kinesis = await aClient(config());
    const { client, create } = kinesis;
    await create(2);
    await sdk.waitUntilStreamExists({ client, maxWaitTime: 60 }, { StreamName: "orders" });
    const { StreamDescription } = await client.describeStream({ StreamName: "orders" });
    expect(StreamDescription).toMatchObject({
      StreamARN: ARN,
      StreamStatus: "ACTIVE",
      StreamCreationTimestamp: dateOf(Math.floor(kinesis.clock.now() / 1000) * 1000),
      Shards: [{ ShardId: "shardId-000000000000" }, { ShardId: "shardId-000000000001" }],
    });
    expect(await client.listStreams({})).toMatchObject({ StreamNames: ["orders"], HasMoreStreams: false });
    await client.deleteStream({ StreamName: "orders" });
    await sdk.waitUntilStreamNotExists({ client, maxWaitTime: 60 }, { StreamName: "orders" });
  });

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

  test("every answer has both ids", async () => {
    await using kinesis = await aClient(config());
    const { $metadata } = await kinesis.client.listStreams({});
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect($metadata.extendedRequestId).toMatch(/^[A-Za-z0-9+/]{96}$/);
  });

  test("five hundred records go at once, in order", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const sent = Array.from({ length: 500 }, (_, index) => `${index}`.padEnd(1024, "."));
    const Records = sent.map((text) => ({ Data: Buffer.from(text), PartitionKey: "k" }));
    const { FailedRecordCount } = await kinesis.client.putRecords({ StreamName: "orders", Records });
    expect(FailedRecordCount).toBe(0);
    const { Records: read } = await kinesis.client.getRecords({ ShardIterator: await kinesis.iterator() });
    expect(texts(read)).toEqual(sent);
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

  test("refusals are the SDK's own errors", async () => {
    await using kinesis = await aClient(config());
    const message = "Stream orders under account 000000000000 not found.";
    const refused = kinesis.put("x");
    await expect(refused).rejects.toBeInstanceOf(sdk.ResourceNotFoundException);
    expect(await refusalOf(kinesis.put("x"))).toEqual({ name: "ResourceNotFoundException", message, status: 400 });
    expect(await refusalOf(kinesis.client.listStreams({ Limit: 0 }))).toEqual({
      name: "ValidationException",
      message:
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
      status: 400,
    });
    const hasConsumers = "DeleteStream can’t delete 000000000000:orders because";
    await kinesis.create();
    await kinesis.register();
    expect((await refusalOf(kinesis.client.deleteStream({ StreamName: "orders" }))).message).toContain(hasConsumers);
  });

  test("paginators come to an end", async () => {
    await using kinesis = await aClient(config());
    const { client, create } = kinesis;
    await create(5);
    const ids: (string | undefined)[] = [];
    let token: string | undefined;
    do {
      const input = token === undefined ? { StreamName: "orders", MaxResults: 2 } : { NextToken: token, MaxResults: 2 };
      const { Shards, NextToken } = await client.listShards(input);
      ids.push(...(Shards ?? []).map(({ ShardId }) => ShardId));
      token = NextToken;
    } while (token !== undefined);
    expect(ids).toHaveLength(5);
    await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName: "a" });
    await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName: "b" });
    const names: (string | undefined)[] = [];
    const pages = sdk.paginateListStreamConsumers({ client, pageSize: 1 }, { StreamARN: ARN });
    for await (const { Consumers } of pages) names.push(...(Consumers ?? []).map(({ ConsumerName }) => ConsumerName));
    expect(names).toEqual(["a", "b"]);
  });

  test("an iterator expires", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const ShardIterator = await kinesis.iterator();
    kinesis.clock.advance(5 * MINUTE + 1);
    expect((await refusalOf(kinesis.client.getRecords({ ShardIterator }))).name).toBe("ExpiredIteratorException");
  });

  test("a timestamp is where to begin", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    await kinesis.put("old");
    kinesis.clock.advance(1_500);
    await kinesis.put("new");
    const Timestamp = dateOf(kinesis.clock.now() - 1);
    const ShardIterator = await kinesis.iterator({ ShardIteratorType: "AT_TIMESTAMP", Timestamp });
    expect(texts((await kinesis.client.getRecords({ ShardIterator })).Records)).toEqual(["new"]);
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
    expect([texts(Records), NextShardIterator]).toEqual([["x"], undefined]);
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

  test("tags, policies, encryption, monitoring, retention and limits are there", async () => {
    await using kinesis = await aClient(config());
    const { client, create } = kinesis;
    const StreamName = "orders";
    await create();
    await client.addTagsToStream({ StreamName, Tags: { a: "1" } });
    await client.tagResource({ ResourceARN: ARN, Tags: { b: "2" } });
    expect((await client.listTagsForStream({ StreamName })).Tags).toEqual([
      { Key: "a", Value: "1" },
      { Key: "b", Value: "2" },
    ]);
    expect((await client.getResourcePolicy({ ResourceARN: ARN })).Policy).toBe("{}");
    await client.startStreamEncryption({ StreamName, EncryptionType: "KMS", KeyId: "alias/aws/kinesis" });
    expect((await kinesis.put("x")).EncryptionType).toBe("KMS");
    await client.enableEnhancedMonitoring({ StreamName, ShardLevelMetrics: ["IncomingBytes"] });
    await client.increaseStreamRetentionPeriod({ StreamName, RetentionPeriodHours: 48 });
    expect((await client.describeStreamSummary({ StreamName })).StreamDescriptionSummary).toMatchObject({
      RetentionPeriodHours: 48,
      EncryptionType: "KMS",
      EnhancedMonitoring: [{ ShardLevelMetrics: ["IncomingBytes"] }],
    });
    expect(await client.describeLimits({})).toMatchObject({ ShardLimit: 20_000, OpenShardCount: 1 });
    expect((await client.describeAccountSettings({})).MinimumThroughputBillingCommitment?.Status).toBe("DISABLED");
  });

  test("a channel is created, listed and deleted", async () => {
    await using kinesis = await aClient(config());
    const { client } = kinesis;
    await client.createStream({ StreamName: "orders", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
    const bucket = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: "000000000000" };
    const { ChannelDescription } = await client.createChannel({
      ChannelName: "archive",
      ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/delivery",
      StreamConfigurationList: [{ StreamARN: ARN, RecordConfiguration: { RecordFormatType: "JSON" } }],
      S3DestinationConfiguration: { StorageConfiguration: { ...bucket, CompressionType: "NONE" } },
    });
    const { ChannelARN } = ChannelDescription!;
    expect((await client.describeChannel({ ChannelARN })).ChannelDescription?.ChannelStatus).toBe("ACTIVE");
    expect((await client.listChannels({})).ChannelSummaries).toMatchObject([
      { ChannelARN, ChannelDestinationType: "S3" },
    ]);
    await client.deleteChannel({ ChannelARN });
    expect((await client.listChannels({})).ChannelSummaries).toEqual([]);
  });

  describe("SubscribeToShard", () => {
    test("pushes records as they come", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const events = await kinesis.subscribe(await kinesis.register());
      const waiting = nextOf(events);
      const { SequenceNumber } = await kinesis.put("x");
      expect(await waiting).toEqual({
        Records: [
          {
            SequenceNumber,
            ApproximateArrivalTimestamp: dateOf(kinesis.clock.now()),
            Data: new Uint8Array(Buffer.from("x")),
            PartitionKey: "a",
          },
        ],
        ContinuationSequenceNumber: SequenceNumber,
        MillisBehindLatest: 0,
      });
      await events.return?.();
    });

    test("is answered before there is anything to tell", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const events = await kinesis.subscribe(await kinesis.register());
      expect(events).toBeDefined();
      await events.return?.();
    });

    test("lets nobody think that it is dead", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const events = await kinesis.subscribe(await kinesis.register());
      const waiting = nextOf(events);
      kinesis.clock.advance(5_000);
      expect(await waiting).toMatchObject({
        Records: [],
        ContinuationSequenceNumber: expect.stringMatching(/^\d{56}$/),
      });
      await events.return?.();
    });

    test("ends after five minutes without an error", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const events = await kinesis.subscribe(await kinesis.register());
      kinesis.clock.advance(5 * MINUTE);
      expect(await events.next()).toMatchObject({ done: true });
    });

    test("goes on where the last one ended", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const consumer = await kinesis.register();
      await kinesis.put("a");
      const first = await kinesis.subscribe(consumer);
      const { ContinuationSequenceNumber: SequenceNumber } = await nextOf(first);
      kinesis.clock.advance(5 * MINUTE);
      await first.next();
      await kinesis.put("b");
      const StartingPosition = { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber } as const;
      const second = await kinesis.subscribe(consumer, { StartingPosition });
      expect(texts((await nextOf(second)).Records)).toEqual(["b"]);
      await second.return?.();
    });

    test("ends a shard with its children and nothing to go on with", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create(2);
      const events = await kinesis.subscribe(await kinesis.register());
      await kinesis.client.mergeShards({
        StreamName: "orders",
        ShardToMerge: "shardId-000000000000",
        AdjacentShardToMerge: "shardId-000000000001",
      });
      expect(await nextOf(events)).toEqual({
        Records: [],
        MillisBehindLatest: 0,
        ChildShards: [
          {
            ShardId: "shardId-000000000002",
            ParentShards: ["shardId-000000000000", "shardId-000000000001"],
            HashKeyRange: { StartingHashKey: "0", EndingHashKey: MAX_HASH_KEY },
          },
        ],
      });
      expect(await events.next()).toMatchObject({ done: true });
    });

    test("gives way to the consumer's next call, which five seconds have to pass for", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const consumer = await kinesis.register();
      const first = await kinesis.subscribe(consumer);
      expect((await refusalOf(kinesis.subscribe(consumer))).name).toBe("ResourceInUseException");
      kinesis.clock.advance(5_000);
      await nextOf(first);
      const second = await kinesis.subscribe(consumer);
      await expect(first.next()).rejects.toMatchObject({
        name: "ResourceInUseException",
        message: expect.stringMatching(/^Another active subscription exists for this consumer/),
      });
      await second.return?.();
    });

    test.for<[title: string, end: (client: sdk.Kinesis, ConsumerARN: string) => Promise<unknown>]>([
      ["its consumer is", (client, ConsumerARN) => client.deregisterStreamConsumer({ ConsumerARN })],
      ["its stream is", (client) => client.deleteStream({ StreamName: "orders", EnforceConsumerDeletion: true })],
    ])("fails when %s gone", async ([, end]) => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const consumer = await kinesis.register();
      const events = await kinesis.subscribe(consumer);
      const failed = expect(events.next()).rejects.toMatchObject({ name: "ResourceNotFoundException" });
      await end(kinesis.client, consumer);
      await failed;
    });

    test("is refused as any other call before it begins", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const refused = await refusalOf(kinesis.subscribe(await kinesis.register(), { ShardId: "shardId-000000000009" }));
      expect(refused).toMatchObject({ name: "ResourceNotFoundException", status: 400 });
    });

    test("carries a megabyte and more", async () => {
      await using kinesis = await aClient(config());
      await kinesis.create();
      const Data = Buffer.alloc(MIB - 1, 7);
      const Records = Array.from({ length: 5 }, () => ({ Data, PartitionKey: "k" }));
      await kinesis.client.putRecords({ StreamName: "orders", Records });
      const events = await kinesis.subscribe(await kinesis.register());
      let count = 0;
      while (count < 5) count += (await nextOf(events)).Records!.length;
      expect(count).toBe(5);
      await events.return?.();
    });

    test("ends when the server closes", async () => {
      const kinesis = await aClient(config());
      await kinesis.create();
      const events = await kinesis.subscribe(await kinesis.register());
      const waiting = events.next();
      await kinesis.emulator.close();
      expect(await waiting).toMatchObject({ done: true });
      kinesis.client.destroy();
    });
  });
});
