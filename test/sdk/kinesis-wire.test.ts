import { cbor } from "@smithy/core/cbor";
import { describe, expect, test } from "vitest";
import { decodeFrame } from "../../src/protocol/event-stream/decode.ts";
import { aWire, CBOR_TYPE, JSON_TYPE, versions } from "../support/kinesis-wire.ts";

const ARN = "arn:aws:kinesis:us-east-1:000000000000:stream/s";

// Kinesis reference 1.3
test.for(["JSON", "CBOR"] as const)("operations without output answer with no bytes at all in %s", async (format) => {
  await using wire = await aWire("HTTP/1.1");
  const type = format === "JSON" ? JSON_TYPE : CBOR_TYPE;
  const encode = (input: object) => (format === "JSON" ? JSON.stringify(input) : cbor.serialize(input));
  const call = (operation: string, input: object) =>
    wire.say({ operation, body: encode(input), headers: { "content-type": type } });
  const StreamName = "s";
  const encryption = { StreamName, EncryptionType: "KMS", KeyId: "k" };
  const policy = `{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"kinesis:GetRecords","Resource":"${ARN}"}]}`;
  const mute: readonly (readonly [operation: string, input: object])[] = [
    ["CreateStream", { StreamName, ShardCount: 1 }],
    ["AddTagsToStream", { StreamName, Tags: { a: "b" } }],
    ["RemoveTagsFromStream", { StreamName, TagKeys: ["a"] }],
    ["TagResource", { ResourceARN: ARN, Tags: { a: "b" } }],
    ["UntagResource", { ResourceARN: ARN, TagKeys: ["a"] }],
    ["IncreaseStreamRetentionPeriod", { StreamName, RetentionPeriodHours: 48 }],
    ["DecreaseStreamRetentionPeriod", { StreamName, RetentionPeriodHours: 24 }],
    ["StartStreamEncryption", encryption],
    ["StopStreamEncryption", encryption],
    ["PutResourcePolicy", { ResourceARN: ARN, Policy: policy }],
    ["DeleteResourcePolicy", { ResourceARN: ARN }],
    ["UpdateMaxRecordSize", { StreamARN: ARN, MaxRecordSizeInKiB: 2048 }],
    ["SplitShard", { StreamName, ShardToSplit: "shardId-000000000000", NewStartingHashKey: "2" }],
    ["MergeShards", { StreamName, ShardToMerge: "shardId-000000000001", AdjacentShardToMerge: "shardId-000000000002" }],
    ["UpdateStreamMode", { StreamARN: ARN, StreamModeDetails: { StreamMode: "ON_DEMAND" } }],
    ["UpdateStreamRecordDistributionStrategy", { StreamARN: ARN, RecordDistributionStrategy: "AUTO" }],
  ];
  const expectNothing = async (operation: string, input: object) => {
    const { status, headers, body } = await call(operation, input);
    expect([operation, status, headers["content-type"], headers["content-length"], body.toString()]).toEqual([
      operation,
      200,
      type,
      "0",
      "",
    ]);
    await wire.emulator.clock().advance(60_000);
  };
  for (const [operation, input] of mute) await expectNothing(operation, input);
  await call("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "c" });
  await wire.emulator.clock().advance(60_000);
  await expectNothing("DeregisterStreamConsumer", { StreamARN: ARN, ConsumerName: "c" });
  const bucket = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: "000000000000" };
  await call("CreateChannel", {
    ChannelName: "ch",
    ServiceExecutionRoleARN: "arn:aws:iam::000000000000:role/r",
    StreamConfigurationList: [{ StreamARN: ARN, RecordConfiguration: { RecordFormatType: "JSON" } }],
    S3DestinationConfiguration: { StorageConfiguration: { ...bucket, CompressionType: "NONE" } },
  });
  const { text } = await wire.call("ListChannels", {});
  await expectNothing("DeleteChannel", { ChannelARN: JSON.parse(text).ChannelSummaries[0].ChannelARN });
  await expectNothing("DeleteStream", { StreamName });
});

// Kinesis reference 1.7, 1.8
describe("JSON", () => {
  test("members that are unknown are ignored, and null is absent", async () => {
    await using wire = await aWire("HTTP/1.1");
    const input = { Limit: null, ExclusiveStartStreamName: null, Nonsense: [{}], __proto__: null };
    expect(await wire.call("ListStreams", input)).toMatchObject({ status: 200 });
  });

  test.for([
    ["100000000000", "'2147483647'", "less than or equal to 10000"],
    ["1e400", "'2147483647'", "less than or equal to 10000"],
    ["-100000000000", "'-2147483648'", "greater than or equal to 1"],
    ["0.99", "'0'", "greater than or equal to 1"],
    ["-0.5", "'-1'", "greater than or equal to 1"],
    ["10001.9", "'10001'", "less than or equal to 10000"],
  ])("the number %s is shown as %s", async ([number, shown, demand]) => {
    await using wire = await aWire("HTTP/1.1");
    const { body } = await wire.say({ operation: "ListStreams", body: `{"Limit":${number}}` });
    expect(JSON.parse(body.toString()).message).toBe(
      `1 validation error detected: Value ${shown} at 'limit' failed to satisfy constraint: Member must have value ${demand}`,
    );
  });

  test("the first member in AWS's order that has the wrong type is refused, wherever it stands", async () => {
    await using wire = await aWire("HTTP/1.1");
    const body = '{"StreamName":1,"Data":2,"ExplicitHashKey":[],"PartitionKey":{}}';
    const heard = await wire.say({ operation: "PutRecord", body });
    expect(JSON.parse(heard.body.toString()).Message).toBe("Start of structure or map found where not expected.");
  });

  test("members of answers are in alphabetical order, instants are written with an exponent, absent members are not", async () => {
    await using wire = await aWire("HTTP/1.1");
    await wire.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const { text } = await wire.call("DescribeStream", { StreamName: "s" });
    const names = [...text.matchAll(/"([A-Za-z]+)":/g)].map(([, name]) => name);
    expect(names).toEqual([
      "StreamDescription",
      "EncryptionType",
      "EnhancedMonitoring",
      "ShardLevelMetrics",
      "HasMoreShards",
      "RetentionPeriodHours",
      "Shards",
      "HashKeyRange",
      "EndingHashKey",
      "StartingHashKey",
      "SequenceNumberRange",
      "StartingSequenceNumber",
      "ShardId",
      "StreamARN",
      "StreamCreationTimestamp",
      "StreamModeDetails",
      "StreamMode",
      "StreamName",
      "StreamStatus",
    ]);
    expect(text).toMatch(/"StreamCreationTimestamp":\d\.\d+E9,/);
  });

  test("characters beyond ASCII stand as they are", async () => {
    await using wire = await aWire("HTTP/1.1");
    await wire.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    await wire.call("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "c" });
    const { text } = await wire.call("DeleteStream", { StreamName: "s" });
    expect(text).toContain("DeleteStream can’t delete");
  });
});

// Kinesis reference 1.9, 1.10
describe.for(versions)("SubscribeToShard over %s", (version) => {
  test.for([JSON_TYPE, CBOR_TYPE])("asked in %s is refused in the same before it begins", async (type) => {
    await using wire = await aWire(version);
    const input = { ConsumerARN: `${ARN}/consumer/c:1`, ShardId: "0", StartingPosition: { Type: "LATEST" } };
    const body = type === JSON_TYPE ? JSON.stringify(input) : cbor.serialize(input);
    const heard = await wire.say({ operation: "SubscribeToShard", body, headers: { "content-type": type } });
    const answer = type === JSON_TYPE ? JSON.parse(heard.body.toString()) : cbor.deserialize(heard.body);
    expect([heard.status, heard.headers["content-type"], answer.__type]).toEqual([
      400,
      type,
      "ResourceNotFoundException",
    ]);
  });

  test("answers with frames, for which it states no length", async () => {
    await using wire = await aWire(version);
    await wire.call("CreateStream", { StreamName: "s", ShardCount: 1 });
    const { text } = await wire.call("RegisterStreamConsumer", { StreamARN: ARN, ConsumerName: "c" });
    const { ConsumerARN } = JSON.parse(text).Consumer;
    await wire.emulator.clock().advance(60_000);
    const input = { ConsumerARN, ShardId: "shardId-000000000000", StartingPosition: { Type: "LATEST" } };
    const subscribed = wire.say({ operation: "SubscribeToShard", body: JSON.stringify(input) });
    await wire.call("DeleteStream", { StreamName: "s", EnforceConsumerDeletion: true });
    const { status, headers, body } = await subscribed;
    expect([status, headers["content-type"]]).toEqual([200, "application/vnd.amazon.eventstream"]);
    expect(headers).toMatchObject({
      "x-amzn-requestid": expect.stringMatching(/^[0-9a-f-]{36}$/),
      "x-amz-id-2": expect.stringMatching(/^.{96}$/),
    });
    expect(headers).not.toHaveProperty("content-length");
    const first = decodeFrame(body.subarray(0, body.readUInt32BE(0)));
    expect(first.headers).toEqual({
      ":event-type": "initial-response",
      ":content-type": JSON_TYPE,
      ":message-type": "event",
    });
    expect(first.payload.toString()).toBe("{}");
  });
});
