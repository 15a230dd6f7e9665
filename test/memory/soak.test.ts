import { existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { ChannelDelivery } from "../../src/delivery/channel/channel-delivery.ts";
import { PlatformApplication } from "../../src/engine/mobile/platform-application.ts";
import { Message } from "../../src/engine/queue/message.ts";
import { Queue } from "../../src/engine/queue/queue.ts";
import { Consumer } from "../../src/engine/stream/consumer/consumer.ts";
import { Segment } from "../../src/engine/stream/shard/segment.ts";
import { Shard } from "../../src/engine/stream/shard/shard.ts";
import { Stream } from "../../src/engine/stream/stream.ts";
import { Subscription } from "../../src/engine/topic/subscription/subscription.ts";
import { Topic } from "../../src/engine/topic/topic.ts";
import { Holding } from "../../src/kernel/time/sweeper.ts";
import { aPolicy, audit } from "../engine/topic/data-protection/policies.ts";
import { aTurn, liveObjects } from "../support/heap.ts";
import { ACCOUNT } from "../support/service-call.ts";
import { type TheServices, theServices } from "../support/the-services.ts";

const DAY = 24 * 60 * 60_000;
/** A round takes a day. Before anything is counted all that can expire has, and the outbox is full. */
const ROUNDS_BEFORE = 30;
const ROUNDS = 30;
/** So many names a round makes up where something is kept by name. */
const NAMES = 20;

const FIFO = { FifoQueue: "true" };
const queueArn = (name: string): string => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`;
const names = (round: number): readonly string[] => Array.from({ length: NAMES }, (_, n) => `name-${round}-${n}`);

/** A queue that dead-letters, a task that moves back, long polls, deduplication ids and attempts: new ones each day. */
function useQueues({ sqs }: TheServices, round: number): void {
  const [dead, source, fifo] = ["dead", "source", "fifo"].map((name) => `${name}-${round}`) as [string, string, string];
  const { QueueUrl: DeadUrl } = sqs("CreateQueue", { QueueName: dead });
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn(dead), maxReceiveCount: 1 });
  const { QueueUrl } = sqs("CreateQueue", { QueueName: source, Attributes: { RedrivePolicy, VisibilityTimeout: "0" } });
  for (const MessageGroupId of names(round)) {
    sqs("SendMessage", { QueueUrl, MessageBody: "text", MessageGroupId, DelaySeconds: 0 });
  }
  for (let receive = 0; receive < 4; receive++) sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  sqs("StartMessageMoveTask", { SourceArn: queueArn(dead) });
  sqs("TagQueue", { QueueUrl, Tags: { round: String(round) } });
  sqs("PurgeQueue", { QueueUrl: DeadUrl });
  const { QueueUrl: FifoUrl } = sqs("CreateQueue", { QueueName: `${fifo}.fifo`, Attributes: FIFO });
  useFifoQueue(sqs, FifoUrl!, round);
  for (const url of [QueueUrl, DeadUrl, FifoUrl]) sqs("DeleteQueue", { QueueUrl: url });
}

function useFifoQueue(sqs: TheServices["sqs"], QueueUrl: string, round: number): void {
  for (const name of names(round)) {
    sqs("SendMessage", { QueueUrl, MessageBody: "text", MessageGroupId: name, MessageDeduplicationId: name });
    sqs("ReceiveMessage", { QueueUrl, ReceiveRequestAttemptId: name });
  }
}

/** Topics with every kind of subscription that leaves nothing to the network, some never confirmed, some deleted. */
function useTopics({ sns }: TheServices, round: number): void {
  const { TopicArn } = sns("CreateTopic", { Name: `topic-${round}` });
  const Policy = aPolicy({ Operation: audit() });
  sns("PutDataProtectionPolicy", { ResourceArn: TopicArn, DataProtectionPolicy: Policy });
  const endpoints = [
    ["email", `mail-${round}@example.com`],
    ["sms", "+15551234567"],
    ["sqs", queueArn("resident")],
    ["lambda", `arn:aws:lambda:us-east-1:${ACCOUNT}:function:f-${round}`],
  ];
  for (const [Protocol, Endpoint] of endpoints) {
    const Attributes = { FilterPolicy: JSON.stringify({ kind: names(round) }) };
    const subscribed = sns("Subscribe", { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true });
    if (Protocol === "sms") sns("Unsubscribe", { SubscriptionArn: subscribed.SubscriptionArn });
  }
  const MessageAttributes = { kind: { DataType: "String", StringValue: names(round)[0] } };
  for (let number = 0; number < 10; number++) {
    sns("Publish", { TopicArn, Message: `${number} to joe@example.com`, MessageAttributes });
  }
  sns("DeleteTopic", { TopicArn });
  const fifo = { FifoTopic: "true", ArchivePolicy: JSON.stringify({ MessageRetentionPeriod: "1" }) };
  const { TopicArn: FifoArn } = sns("CreateTopic", { Name: `topic-${round}.fifo`, Attributes: fifo });
  for (const name of names(round)) {
    sns("Publish", { TopicArn: FifoArn, Message: name, MessageGroupId: name, MessageDeduplicationId: name });
  }
  sns("SetTopicAttributes", { TopicArn: FifoArn, AttributeName: "ArchivePolicy", AttributeValue: "{}" });
  sns("DeleteTopic", { TopicArn: FifoArn });
}

/** Applications with endpoints, numbers that opt out and in again, numbers of the sandbox, text messages. */
function useMobile({ sns, optOut }: TheServices, round: number): void {
  const Attributes = { PlatformCredential: "key" };
  const application = sns("CreatePlatformApplication", { Name: `app-${round}`, Platform: "GCM", Attributes });
  for (const Token of names(round)) {
    const { EndpointArn } = sns("CreatePlatformEndpoint", { ...application, Token });
    sns("Publish", { TargetArn: EndpointArn, Message: "text" });
  }
  sns("DeletePlatformApplication", application);
  const number = `+1555${String(1_000_000 + round)}`;
  optOut(number);
  sns("OptInPhoneNumber", { phoneNumber: number });
  sns("CreateSMSSandboxPhoneNumber", { PhoneNumber: number });
  sns("DeleteSMSSandboxPhoneNumber", { PhoneNumber: number });
  sns("Publish", { PhoneNumber: number, Message: "text" });
}

/** Streams with records, iterators, reshards, consumers that follow them and a channel to a folder. */
async function useStreams({ kinesis, clock }: TheServices, round: number): Promise<void> {
  const StreamName = `stream-${round}`;
  const StreamARN = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/${StreamName}`;
  kinesis("CreateStream", { StreamName, StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  clock.advance(60_000);
  const channel = createChannel(kinesis, { round, StreamARN });
  clock.advance(60_000);
  // One in the lowest shard, where somebody is going to read.
  kinesis("PutRecord", { StreamName, PartitionKey: "key", ExplicitHashKey: "0", Data: Buffer.alloc(500) });
  for (const PartitionKey of names(round)) kinesis("PutRecord", { StreamName, PartitionKey, Data: Buffer.alloc(500) });
  const ShardId = "shardId-000000000000";
  const iterator = kinesis("GetShardIterator", { StreamName, ShardId, ShardIteratorType: "TRIM_HORIZON" });
  kinesis("GetRecords", iterator);
  await follow(kinesis, { clock, StreamARN, ShardId, round });
  clock.advance(DAY / 8);
  kinesis("DeleteChannel", { ChannelARN: channel });
  clock.advance(60_000);
  kinesis("DeleteStream", { StreamName, EnforceConsumerDeletion: true });
}

function createChannel(kinesis: TheServices["kinesis"], { round, StreamARN }: { round: number; StreamARN: string }) {
  const bucket = { BucketARN: "arn:aws:s3:::bucket", ExpectedBucketOwner: ACCOUNT };
  const { ChannelDescription } = kinesis<{ ChannelDescription: { ChannelARN: string } }>("CreateChannel", {
    ChannelName: `channel-${round}`,
    ServiceExecutionRoleARN: `arn:aws:iam::${ACCOUNT}:role/delivery`,
    StreamConfigurationList: [{ StreamARN, RecordConfiguration: { RecordFormatType: "BYTE_ARRAY" } }],
    S3DestinationConfiguration: { StorageConfiguration: { ...bucket, CompressionType: "NONE" } },
  });
  return ChannelDescription.ChannelARN;
}

async function follow(
  kinesis: TheServices["kinesis"],
  {
    clock,
    StreamARN,
    ShardId,
    round,
  }: { clock: TheServices["clock"]; StreamARN: string; ShardId: string; round: number },
): Promise<void> {
  for (const ConsumerName of names(round).slice(0, 5)) {
    const registered = kinesis<{ Consumer: { ConsumerARN: string } }>("RegisterStreamConsumer", {
      StreamARN,
      ConsumerName,
    });
    const { ConsumerARN } = registered.Consumer;
    clock.advance(60_000);
    const StartingPosition = { Type: "TRIM_HORIZON" };
    const events = kinesis<AsyncIterable<object>>("SubscribeToShard", { ConsumerARN, ShardId, StartingPosition });
    for await (const _event of events) break;
    kinesis("DeregisterStreamConsumer", { ConsumerARN });
    clock.advance(60_000);
  }
}

function publishToResident({ sns }: TheServices, round: number): void {
  const TopicArn = `arn:aws:sns:us-east-1:${ACCOUNT}:resident`;
  for (const name of names(round)) {
    sns("Subscribe", { TopicArn, Protocol: "email", Endpoint: `${name}@example.com` });
    sns("Publish", { TopicArn, Message: name });
  }
}

/** What stays for all the time, and is used under names of the day. */
function useResidents(services: TheServices, round: number): void {
  const { sqs, kinesis } = services;
  const QueueUrl = `http://localhost/${ACCOUNT}/resident`;
  for (const MessageGroupId of names(round)) sqs("SendMessage", { QueueUrl, MessageBody: "text", MessageGroupId });
  sqs("TagQueue", { QueueUrl, Tags: { [`tag-${round}`]: "value" } });
  sqs("UntagQueue", { QueueUrl, TagKeys: [`tag-${round}`] });
  useFifoQueue(sqs, `http://localhost/${ACCOUNT}/resident.fifo`, round);
  publishToResident(services, round);
  for (const PartitionKey of names(round)) {
    kinesis("PutRecord", { StreamName: "resident", PartitionKey, Data: Buffer.alloc(500) });
  }
  kinesis("UpdateShardCount", {
    StreamName: "resident",
    TargetShardCount: 1 + (round % 2),
    ScalingType: "UNIFORM_SCALING",
  });
}

function createResidents({ sqs, sns, kinesis, clock }: TheServices): void {
  sqs("CreateQueue", { QueueName: "resident" });
  sqs("CreateQueue", { QueueName: "resident.fifo", Attributes: FIFO });
  const { TopicArn } = sns("CreateTopic", { Name: "resident" });
  sns("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: queueArn("resident") });
  kinesis("CreateStream", { StreamName: "resident", ShardCount: 1 });
  clock.advance(60_000);
}

/** Waits until the channel of the day has put its object, and removes it. */
async function emptied(bucket: string): Promise<void> {
  while (!existsSync(bucket) || !readdirSync(bucket, { recursive: true, encoding: "utf8" }).some(isObject))
    await aTurn();
  rmSync(bucket, { recursive: true });
}

const isObject = (path: string): boolean => /\/\d\d\/kinesis-channel|\/\d\d\/channel-/.test(path);

/** What everything is made of, and what holds it. */
const KINDS = [
  Queue,
  Message,
  Topic,
  Subscription,
  Stream,
  Shard,
  Segment,
  Consumer,
  PlatformApplication,
  ChannelDelivery,
  Holding,
  Map,
  Set,
  Promise,
  AbortSignal,
];

test.for(["relaxed", "aws"] as const)("months of everything end as they began in profile %s", async (profile) => {
  const channelDir = mkdtempSync(join(tmpdir(), "waystation-"));
  const services = await theServices({ profile, channelDir, kinesisCapacity: "off" });
  let round = 0;
  const run = async (until: number): Promise<Readonly<Record<string, number>>> => {
    for (; round < until; round++) {
      useQueues(services, round);
      useTopics(services, round);
      useMobile(services, round);
      await useStreams(services, round);
      useResidents(services, round);
      services.clock.advance(DAY);
      await emptied(join(channelDir, "bucket"));
    }
    return liveObjects(KINDS);
  };
  try {
    createResidents(services);
    const before = await run(ROUNDS_BEFORE);
    const after = await run(ROUNDS_BEFORE + ROUNDS);
    const grown = Object.keys(before).filter((kind) => after[kind]! >= before[kind]! + ROUNDS / 2);
    expect(Object.fromEntries(grown.map((kind) => [kind, [before[kind], after[kind]]]))).toEqual({});
  } finally {
    await services.close();
    rmSync(channelDir, { recursive: true });
  }
});
