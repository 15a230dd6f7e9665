import * as sdk from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ARN, aClient, dateOf, nextOf, refusalOf, textsOf, transports } from "../support/kinesis-client.ts";

const MINUTE = 60_000;
const MIB = 1024 * 1024;
const MAX_HASH_KEY = String(2n ** 128n - 1n);

describe.for(transports)("over %s", ([, config]) => {
  test("consumers are registered, described, listed and deregistered", async () => {
    await using kinesis = await aClient(config(), { profile: "aws", kinesisCapacity: "off" });
    const { client, clock, create, register } = kinesis;
    await create();
    await clock.advance(30_000);
    const ConsumerARN = await register();
    const { ConsumerDescription } = await client.describeStreamConsumer({ StreamARN: ARN, ConsumerName: "c" });
    expect(ConsumerDescription).toEqual({
      ConsumerName: "c",
      ConsumerARN,
      ConsumerStatus: "CREATING",
      ConsumerCreationTimestamp: dateOf(Math.floor(clock.now() / 1000) * 1000),
      StreamARN: ARN,
    });
    await clock.advance(5_000);
    const status = async () => (await client.describeStreamConsumer({ ConsumerARN })).ConsumerDescription;
    expect(await status()).toMatchObject({ ConsumerStatus: "ACTIVE" });
    await client.deregisterStreamConsumer({ ConsumerARN });
    expect(await status()).toMatchObject({ ConsumerStatus: "DELETING" });
    await clock.advance(5_000);
    expect(await refusalOf(status())).toBeInstanceOf(sdk.ResourceNotFoundException);
  });

  test("consumers are listed page by page", async () => {
    await using kinesis = await aClient(config());
    const { client, create, register } = kinesis;
    await create();
    for (const name of ["a", "b", "c"]) await register(name);
    const names: (readonly (string | undefined)[] | undefined)[] = [];
    const pages = sdk.paginateListStreamConsumers({ client, pageSize: 2 }, { StreamARN: ARN });
    for await (const { Consumers } of pages) names.push(Consumers?.map(({ ConsumerName }) => ConsumerName));
    expect(names).toEqual([["a", "b"], ["c"]]);
  });
});

describe.for(transports)("a subscription to a shard over %s", ([, config]) => {
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
      ContinuationSequenceNumber: expect.stringMatching(/^\d{56}$/),
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
    await kinesis.clock.advance(5_000);
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
    await kinesis.clock.advance(5 * MINUTE);
    expect(await events.next()).toMatchObject({ done: true });
  });

  test("goes on where the last one ended", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const consumer = await kinesis.register();
    await kinesis.put("a");
    const first = await kinesis.subscribe(consumer);
    const { ContinuationSequenceNumber: SequenceNumber } = await nextOf(first);
    await kinesis.clock.advance(5 * MINUTE);
    await first.next();
    await kinesis.put("b");
    const StartingPosition = { Type: "AFTER_SEQUENCE_NUMBER", SequenceNumber } as const;
    const second = await kinesis.subscribe(consumer, { StartingPosition });
    expect(textsOf((await nextOf(second)).Records)).toEqual(["b"]);
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
    await kinesis.clock.advance(5_000);
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
    expect(refused).toMatchObject({ name: "ResourceNotFoundException", $metadata: { httpStatusCode: 400 } });
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

  test("reaches every consumer, each by itself", async () => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const one = await kinesis.subscribe(await kinesis.register("one"));
    const other = await kinesis.subscribe(await kinesis.register("other"));
    await kinesis.put("x");
    expect([await nextOf(one), await nextOf(other)].map(({ Records }) => textsOf(Records))).toEqual([["x"], ["x"]]);
    await Promise.all([one.return?.(), other.return?.()]);
  });

  test.for<[type: sdk.ShardIteratorType, more: "number" | "instant" | "nothing", pushed: readonly string[]]>([
    ["TRIM_HORIZON", "nothing", ["a", "b"]],
    ["AT_SEQUENCE_NUMBER", "number", ["b"]],
    ["AT_TIMESTAMP", "instant", ["b"]],
    ["AFTER_SEQUENCE_NUMBER", "number", []],
    ["LATEST", "nothing", []],
  ])("starts %s", async ([Type, more, pushed]) => {
    await using kinesis = await aClient(config());
    await kinesis.create();
    const consumer = await kinesis.register();
    await kinesis.put("a");
    await kinesis.clock.advance(1_000);
    const Timestamp = dateOf(kinesis.clock.now());
    const { SequenceNumber } = await kinesis.put("b");
    const told = { number: { SequenceNumber }, instant: { Timestamp }, nothing: {} }[more];
    const events = await kinesis.subscribe(consumer, { StartingPosition: { Type, ...told } });
    const read: string[] = [];
    while (read.length < pushed.length) read.push(...textsOf((await nextOf(events)).Records));
    await kinesis.put("c");
    expect([...read, ...textsOf((await nextOf(events)).Records)]).toEqual([...pushed, "c"]);
    await events.return?.();
  });
});
