import { expect, test } from "vitest";
import { bytesInUse } from "../support/heap.ts";
import { ACCOUNT } from "../support/service-call.ts";
import { type TheServices, theServices } from "../support/the-services.ts";

const DAY = 24 * 60 * 60_000;
const MIB = 1024 * 1024;
/** What is put in where it is going to expire. */
const FILLING = 8 * MIB;
const TEXT_BYTES = 8 * 1024;
const TEXTS = FILLING / TEXT_BYTES;

/** A text that shares no memory with another one. */
const textOf = (number: number, bytes = TEXT_BYTES): string => Buffer.alloc(bytes, `${number} `).toString("latin1");

function sendTo({ sqs }: TheServices, QueueUrl: string, rest: (number: number) => object = () => ({})): void {
  for (let number = 0; number < TEXTS; number++) {
    sqs("SendMessage", { QueueUrl, MessageBody: textOf(number), ...rest(number) });
  }
}

const cases: Readonly<Record<string, (services: TheServices) => void>> = {
  "messages of a queue that nobody asks any more": (services) => {
    sendTo(services, services.sqs("CreateQueue", { QueueName: "idle" }).QueueUrl!);
  },
  "messages in flight and delayed": (services) => {
    const { QueueUrl } = services.sqs("CreateQueue", { QueueName: "idle" });
    sendTo(services, QueueUrl!, (number) => ({ DelaySeconds: number % 2 === 0 ? 900 : 0 }));
    for (let receive = 0; receive < 20; receive++)
      services.sqs("ReceiveMessage", { QueueUrl, MaxNumberOfMessages: 10 });
  },
  "deduplication ids of a FIFO queue": ({ sqs }) => {
    const Attributes = { FifoQueue: "true" };
    const { QueueUrl } = sqs("CreateQueue", { QueueName: "idle.fifo", Attributes });
    for (let number = 0; number < 20_000; number++) {
      const MessageDeduplicationId = `${"id".repeat(50)}-${number}`;
      sqs("SendMessage", { QueueUrl, MessageBody: "text", MessageGroupId: "group", MessageDeduplicationId });
    }
  },
  "records of a stream": ({ kinesis, clock }) => {
    kinesis("CreateStream", { StreamName: "idle", ShardCount: 1 });
    clock.advance(60_000);
    const Data = Buffer.alloc(FILLING / 32);
    for (let put = 0; put < 32; put++) {
      clock.advance(1000);
      kinesis("PutRecord", { StreamName: "idle", Data, PartitionKey: "key" });
    }
  },
  "a stream that is deleted, and its records": ({ kinesis, clock }) => {
    kinesis("CreateStream", { StreamName: "deleted", ShardCount: 1 });
    clock.advance(60_000);
    const Data = Buffer.alloc(FILLING / 32);
    for (let put = 0; put < 32; put++) {
      clock.advance(1000);
      kinesis("PutRecord", { StreamName: "deleted", Data, PartitionKey: "key" });
    }
    kinesis("IncreaseStreamRetentionPeriod", { StreamName: "deleted", RetentionPeriodHours: 8760 });
    clock.advance(60_000);
    kinesis("DeleteStream", { StreamName: "deleted" });
  },
  "subscriptions that nobody confirms": ({ sns }) => {
    for (let number = 0; number < 2000; number++) {
      const { TopicArn } = sns("CreateTopic", { Name: `topic-${number % 20}` });
      const FilterPolicy = JSON.stringify({ kind: [`${number}`.repeat(1000)] });
      const Endpoint = `${number}@example.com`;
      sns("Subscribe", { TopicArn, Protocol: "email-json", Endpoint, Attributes: { FilterPolicy } });
    }
    // What the outbox keeps for itself.
    for (let number = 0; number < 1000; number++) sns("Publish", { PhoneNumber: "+15551234567", Message: "text" });
  },
  "what a FIFO topic archived": ({ sns }) => {
    const ArchivePolicy = JSON.stringify({ MessageRetentionPeriod: "1" });
    const Attributes = { FifoTopic: "true", ArchivePolicy };
    const { TopicArn } = sns("CreateTopic", { Name: "archive.fifo", Attributes });
    // Far more than what the delivery log keeps for itself.
    for (let number = 0; number < 16 * TEXTS; number++) {
      const ids = { MessageGroupId: "group", MessageDeduplicationId: String(number) };
      sns("Publish", { TopicArn, Message: textOf(number, 500), ...ids });
    }
  },
  "subscriptions that were deleted with their topics": ({ sns }) => {
    for (let number = 0; number < 1000; number++) {
      const { TopicArn } = sns("CreateTopic", { Name: `topic-${number}` });
      const Endpoint = `arn:aws:sqs:us-east-1:${ACCOUNT}:${number}`;
      const FilterPolicy = JSON.stringify({ kind: [`${number}`.repeat(500)] });
      sns("Subscribe", { TopicArn, Protocol: "sqs", Endpoint, Attributes: { FilterPolicy } });
      sns("DeleteTopic", { TopicArn });
    }
  },
};

test.for(Object.keys(cases).flatMap((name) => (["relaxed", "aws"] as const).map((profile) => ({ name, profile }))))(
  "in profile $profile nothing is left of $name",
  async ({ name, profile }) => {
    const services = await theServices({ profile });
    const before = await bytesInUse();
    cases[name]!(services);
    services.clock.advance(1000);
    const filled = (await bytesInUse()) - before;
    services.clock.advance(5 * DAY);
    const left = (await bytesInUse()) - before;
    expect(filled / MIB).toBeGreaterThan(profile === "aws" || !name.includes("deleted, ") ? 4 : -1);
    expect(left / MIB).toBeLessThan(Math.max(2, filled / MIB / 2)); // besides what the logs keep, and V8 for its own use
    await services.close();
  },
);
