import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetSubscriptionAttributesCommand,
  ListTopicsCommand,
  NotFoundException,
  PublishBatchCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
  UnsubscribeCommand,
} from "@aws-sdk/client-sns";
import { expect, test } from "vitest";
import { anEmulator } from "../support/emulator.ts";
import { jsonCaller } from "../support/sqs-callers.ts";

/** A server with the SDK's client, a topic, and a queue that subscribes to it. */
async function aTopic({
  isFifo = false,
  attributes = {},
}: {
  isFifo?: boolean;
  attributes?: Record<string, string>;
} = {}) {
  const emulator = await anEmulator();
  const { endpoint } = emulator;
  const sns = new SNSClient({
    endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: "test", secretAccessKey: "test" },
    maxAttempts: 1,
  });
  const sqs = jsonCaller(endpoint);
  const suffix = isFifo ? ".fifo" : "";
  const fifo = isFifo ? { FifoTopic: "true", ContentBasedDeduplication: "true" } : {};
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: `events${suffix}`, Attributes: fifo }));
  const queueAttributes = isFifo ? { FifoQueue: "true" } : {};
  const { QueueUrl } = await sqs.call("CreateQueue", { QueueName: `inbox${suffix}`, Attributes: queueAttributes });
  const Endpoint = `arn:aws:sqs:us-east-1:000000000000:inbox${suffix}`;
  const { SubscriptionArn } = await sns.send(
    new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes: attributes }),
  );
  const receive = async (): Promise<readonly { Body: string; MessageAttributes?: unknown }[]> => {
    const input = { QueueUrl, MaxNumberOfMessages: 10, MessageAttributeNames: ["All"] };
    return ((await sqs.call("ReceiveMessage", input)).Messages ?? []) as never;
  };
  return {
    emulator,
    sns,
    sqs,
    TopicArn,
    SubscriptionArn,
    receive,
    async [Symbol.asyncDispose]() {
      sns.destroy();
      sqs[Symbol.dispose]();
      await emulator.close();
    },
  };
}

test("what is published can be received at once, in its envelope", async () => {
  await using topic = await aTopic();
  const { sns, TopicArn } = topic;
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: "hé\nllo", Subject: "greeting" }));
  const [message] = await topic.receive();
  expect(JSON.parse(message!.Body)).toMatchObject({
    Type: "Notification",
    MessageId,
    TopicArn,
    Subject: "greeting",
    Message: "hé\nllo",
    SignatureVersion: "1",
  });
});

test("raw delivery carries the text and the attributes alone", async () => {
  await using topic = await aTopic({ attributes: { RawMessageDelivery: "true" } });
  const MessageAttributes = { attr1: { DataType: "Number", StringValue: "19.12" } };
  await topic.sns.send(new PublishCommand({ TopicArn: topic.TopicArn, Message: "raw", MessageAttributes }));
  expect(await topic.receive()).toMatchObject([
    { Body: "raw", MessageAttributes, MD5OfMessageAttributes: "1f07082409022a373fa2a2601f82b3cb" }, // [aws-recorded]
  ]);
});

test("a filter policy keeps out what it does not name", async () => {
  await using topic = await aTopic({ attributes: { FilterPolicy: JSON.stringify({ colour: ["red"] }) } });
  const publish = (colour: string) =>
    topic.sns.send(
      new PublishCommand({
        TopicArn: topic.TopicArn,
        Message: colour,
        MessageAttributes: { colour: { DataType: "String", StringValue: colour } },
      }),
    );
  await publish("blue");
  await publish("red");
  expect((await topic.receive()).map(({ Body }) => JSON.parse(Body).Message)).toEqual(["red"]);
});

test("a FIFO topic keeps order and drops duplicates on the way to its queue", async () => {
  await using topic = await aTopic({ isFifo: true, attributes: { RawMessageDelivery: "true" } });
  const entries = ["one", "two", "one"].map((Message, index) => ({ Id: String(index), Message, MessageGroupId: "g" }));
  const { Successful = [] } = await topic.sns.send(
    new PublishBatchCommand({ TopicArn: topic.TopicArn, PublishBatchRequestEntries: entries }),
  );
  expect(Successful.map(({ SequenceNumber }) => SequenceNumber?.length)).toEqual([20, 20, 20]);
  expect((await topic.receive()).map(({ Body }) => Body)).toEqual(["one", "two"]);
});

test("errors come as the SDK's own classes", async () => {
  await using topic = await aTopic();
  const missing = new PublishCommand({ TopicArn: `${topic.TopicArn}-not`, Message: "x" });
  await expect(topic.sns.send(missing)).rejects.toThrow(NotFoundException);
});

test("an e-mail subscription is confirmed with the token from the outbox", async () => {
  await using topic = await aTopic();
  const { sns, TopicArn, emulator } = topic;
  const subscribe = new SubscribeCommand({ TopicArn, Protocol: "email", Endpoint: "a@example.com" });
  expect(await sns.send(subscribe)).toMatchObject({ SubscriptionArn: "pending confirmation" });
  const outbox = await (await fetch(`${emulator.endpoint}/_waystation/outbox?protocol=email&to=a@example.com`)).text();
  const Token = /Token=([0-9a-f]+)/.exec(outbox)![1];
  const { SubscriptionArn } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
  const { Attributes } = await sns.send(new GetSubscriptionAttributesCommand({ SubscriptionArn }));
  expect(Attributes).toMatchObject({ PendingConfirmation: "false", Protocol: "email" });
});

test("after Unsubscribe nothing comes any more, and a deleted topic is no longer listed", async () => {
  await using topic = await aTopic();
  const { sns, TopicArn, SubscriptionArn } = topic;
  await sns.send(new UnsubscribeCommand({ SubscriptionArn }));
  await sns.send(new PublishCommand({ TopicArn, Message: "late" }));
  expect(await topic.receive()).toEqual([]);
  await sns.send(new DeleteTopicCommand({ TopicArn }));
  expect((await sns.send(new ListTopicsCommand({}))).Topics ?? []).toEqual([]);
});
