import * as sdk from "@aws-sdk/client-kinesis";
import { describe, expect, test } from "vitest";
import { ARN, aClient, dateOf, refusalOf, transports } from "../support/kinesis-client.ts";

const MINUTE = 60_000;

type Client = Awaited<ReturnType<typeof aClient>>;
type Refusal = new (options: never) => sdk.KinesisServiceException;

describe.for(transports)("over %s", ([, config]) => {
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

  test("every answer has both ids", async () => {
    await using kinesis = await aClient(config());
    const { $metadata } = await kinesis.client.listStreams({});
    expect($metadata.requestId).toMatch(/^[0-9a-f-]{36}$/);
    expect($metadata.extendedRequestId).toMatch(/^[A-Za-z0-9+/]{96}$/);
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

  test("waiters wait for what takes AWS its time", async () => {
    await using kinesis = await aClient(config(), { profile: "aws" });
    const { client, clock, create } = kinesis;
    const statuses: (string | undefined)[] = [];
    client.middlewareStack.add((next, { commandName }) => async (input) => {
      const answer = await next(input);
      if (commandName !== "DescribeStreamCommand") return answer;
      statuses.push((answer.output as sdk.DescribeStreamCommandOutput).StreamDescription?.StreamStatus);
      await clock.advance(10_000);
      return answer;
    });
    const waiting = { client, maxWaitTime: 60, minDelay: 0.001, maxDelay: 0.001 };
    await create();
    await sdk.waitUntilStreamExists(waiting, { StreamName: "orders" });
    expect(statuses.splice(0)).toEqual(["CREATING", "CREATING", "CREATING", "ACTIVE"]);
    await client.deleteStream({ StreamName: "orders" });
    await sdk.waitUntilStreamNotExists(waiting, { StreamName: "orders" });
    expect(statuses).toEqual(["DELETING", "DELETING", "DELETING"]);
  });

  test("paginators come to an end", async () => {
    await using kinesis = await aClient(config());
    const { client } = kinesis;
    for (const StreamName of ["a", "b", "c"]) await client.createStream({ StreamName, ShardCount: 1 });
    const names: (readonly string[] | undefined)[] = [];
    const pages = sdk.paginateListStreams({ client, pageSize: 2 }, {});
    for await (const { StreamNames } of pages) names.push(StreamNames);
    expect(names).toEqual([["a", "b"], ["c"]]);
  });

  test("shards are listed page by page, by the token alone", async () => {
    await using kinesis = await aClient(config());
    const { client, create } = kinesis;
    await create(5);
    const ids: (string | undefined)[] = [];
    let input: sdk.ListShardsCommandInput | undefined = { StreamName: "orders", MaxResults: 2 };
    while (input !== undefined) {
      const { Shards = [], NextToken }: sdk.ListShardsCommandOutput = await client.listShards(input);
      ids.push(...Shards.map(({ ShardId }) => ShardId));
      input = NextToken === undefined ? undefined : { NextToken, MaxResults: 2 };
    }
    expect(ids).toEqual([0, 1, 2, 3, 4].map((index) => `shardId-00000000000${index}`));
  });

  test("a stream is split, merged and scaled", async () => {
    await using kinesis = await aClient(config());
    const { client, create } = kinesis;
    const StreamName = "orders";
    const open = async () => {
      const { Shards } = await client.listShards({ StreamName, ShardFilter: { Type: "AT_LATEST" } });
      return Shards?.map(({ ShardId, ParentShardId, AdjacentParentShardId }) =>
        [ShardId, ParentShardId, AdjacentParentShardId].map((id) => id?.slice(-1)),
      );
    };
    await create(1);
    await client.splitShard({ StreamName, ShardToSplit: "shardId-000000000000", NewStartingHashKey: "9" });
    expect(await open()).toEqual([
      ["1", "0", undefined],
      ["2", "0", undefined],
    ]);
    const [ShardToMerge, AdjacentShardToMerge] = ["shardId-000000000001", "shardId-000000000002"];
    await client.mergeShards({ StreamName, ShardToMerge, AdjacentShardToMerge });
    expect(await open()).toEqual([["3", "1", "2"]]);
    const scaled = await client.updateShardCount({
      StreamName,
      TargetShardCount: 2,
      ScalingType: "UNIFORM_SCALING",
    });
    expect(scaled).toMatchObject({ StreamName, StreamARN: ARN, CurrentShardCount: 1, TargetShardCount: 2 });
    expect(await open()).toEqual([
      ["4", "3", undefined],
      ["5", "3", undefined],
    ]);
  });

  describe("refusals are the SDK's own errors", () => {
    test.for<[type: Refusal, call: (kinesis: Client) => Promise<unknown>]>([
      [sdk.ResourceNotFoundException, ({ client }) => client.describeStream({ StreamName: "none" })],
      [sdk.ResourceInUseException, ({ create }) => create()],
      [sdk.LimitExceededException, ({ client }) => client.createStream({ StreamName: "large", ShardCount: 2 })],
      [sdk.InvalidArgumentException, ({ client }) => client.getRecords({ ShardIterator: "none" })],
      [sdk.ValidationException, ({ client }) => client.listStreams({ Limit: 0 })],
      [
        sdk.ExpiredIteratorException,
        async ({ client, clock, iterator }) => {
          const ShardIterator = await iterator();
          await clock.advance(5 * MINUTE + 1);
          return client.getRecords({ ShardIterator });
        },
      ],
      [
        sdk.ExpiredNextTokenException,
        async ({ client, clock }) => {
          await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName: "a" });
          await client.registerStreamConsumer({ StreamARN: ARN, ConsumerName: "b" });
          const { NextToken } = await client.listStreamConsumers({ StreamARN: ARN, MaxResults: 1 });
          await clock.advance(5 * MINUTE + 1);
          return client.listStreamConsumers({ StreamARN: ARN, NextToken });
        },
      ],
    ])("$0.name", async ([type, call]) => {
      await using kinesis = await aClient(config(), { kinesisShardLimit: 2 });
      await kinesis.create();
      const refused = await refusalOf(call(kinesis));
      expect(refused).toBeInstanceOf(type);
      expect([refused.name, refused.$fault, refused.$metadata.httpStatusCode]).toEqual([type.name, "client", 400]);
    });

    test.for<[message: string, call: (kinesis: Client) => Promise<unknown>]>([
      ["Stream orders under account 000000000000 not found.", ({ put }) => put("x")],
      [
        "1 validation error detected: Value '0' at 'limit' failed to satisfy constraint: Member must have value greater than or equal to 1",
        ({ client }) => client.listStreams({ Limit: 0 }),
      ],
      [
        // AWS: the apostrophe is no ASCII one.
        "DeleteStream can’t delete 000000000000:orders because",
        async ({ client, create, register }) => {
          await create();
          await register();
          return client.deleteStream({ StreamName: "orders" });
        },
      ],
    ])("with the words of AWS: %s", async ([message, call]) => {
      await using kinesis = await aClient(config());
      expect((await refusalOf(call(kinesis))).message).toContain(message);
    });
  });
});
