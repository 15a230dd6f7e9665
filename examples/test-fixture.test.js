import assert from "node:assert/strict";
import { createServer } from "node:http";
import { after, before, test } from "node:test";
import {
  CreateStreamCommand,
  KinesisClient,
  ListShardsCommand,
  PutRecordCommand,
  RegisterStreamConsumerCommand,
  SplitShardCommand,
  SubscribeToShardCommand,
} from "@aws-sdk/client-kinesis";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

let emulator;
const clients = [];
let accounts = 0;

before(async () => {
  emulator = await createEmulator();
});
after(async () => {
  for (const client of clients) client.destroy();
  await emulator.close();
});

/** An account that nobody used before, so that the test has the place to itself, and its time. */
function aFreshAccount() {
  const id = String(++accounts).padStart(12, "0");
  const options = {
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: id, secretAccessKey: "any" },
    maxAttempts: 1,
  };
  const account = emulator.account(id);
  account.clock().freeze();
  const [sqs, sns, kinesis] = [new SQSClient(options), new SNSClient(options), new KinesisClient(options)];
  clients.push(sqs, sns, kinesis);
  return { id, account, sqs, sns, kinesis };
}

test("a message that is received three times in vain ends in the dead-letter queue", async () => {
  const { id, account, sqs } = aFreshAccount();
  await sqs.send(new CreateQueueCommand({ QueueName: "dead-letters" }));
  const RedrivePolicy = JSON.stringify({
    deadLetterTargetArn: `arn:aws:sqs:us-east-1:${id}:dead-letters`,
    maxReceiveCount: 3,
  });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs", Attributes: { RedrivePolicy } }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: '{"order": 7}' }));

  const jobs = account.queue("jobs");
  for (let receives = 1; receives <= 3; receives++) {
    await jobs.wait("visible", { within: "30s" }); // the visibility timeout, which passes at once
    await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  }
  await jobs.wait("visible", { within: "30s" });
  await sqs.send(new ReceiveMessageCommand({ QueueUrl }));

  await jobs.wait("dead-lettered");
  await jobs.wait("empty");
  const [dead] = await account.queue("dead-letters").messages();
  assert.equal(dead.body, '{"order": 7}');
  assert.equal(dead.receiveCount, 3);
});

test("an endpoint that is down for an hour gets its message at last", async (t) => {
  const { account, sns } = aFreshAccount();
  const received = [];
  const url = await anEndpoint(t, async (message) => {
    if (message.Type === "SubscriptionConfirmation") await fetch(message.SubscribeURL);
    else received.push(message.Message);
  });
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
  const healthyRetryPolicy = { numRetries: 6, minDelayTarget: 600, maxDelayTarget: 600, backoffFunction: "linear" };
  const Attributes = { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: url, Attributes }));
  await account.topic("orders").settled();

  await account.faults.add({ effect: { type: "fail-delivery", status: 503 }, times: 6 });
  const start = account.clock().now();
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await account.topic("orders").settled({ within: "2h" });

  assert.deepEqual(received, ["hello"]);
  assert.equal(account.clock().now() - start, 3_600_000);
  const attempts = (await account.deliveries()).filter(({ type }) => type === "Notification");
  assert.deepEqual(
    attempts.map(({ result }) => result),
    [...Array(6).fill("retrying"), "delivered"],
  );
});

test("a message that nobody receives is gone after four days", async () => {
  const { account, sqs } = aFreshAccount();
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
  const jobs = account.queue("jobs");

  await account.clock().advance("3d23h59m59s");
  assert.equal((await jobs.counts()).visible, 1);
  await jobs.wait("empty", { within: "1s" });
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  assert.equal(Messages, undefined);
});

test("a consumer with enhanced fan-out goes on with the shards that its shard was split into", async () => {
  const { account, kinesis } = aFreshAccount();
  const StreamName = "clicks";
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  const [{ arn: StreamARN }] = await account.streams();
  const { Consumer } = await kinesis.send(new RegisterStreamConsumerCommand({ StreamARN, ConsumerName: "reader" }));
  const put = (text) =>
    kinesis.send(new PutRecordCommand({ StreamName, PartitionKey: text, Data: new TextEncoder().encode(text) }));

  const seen = [];
  let sawLast;
  const last = new Promise((resolve) => {
    sawLast = resolve;
  });
  const read = async (ShardId) => {
    const { EventStream } = await kinesis.send(
      new SubscribeToShardCommand({
        ConsumerARN: Consumer.ConsumerARN,
        ShardId,
        StartingPosition: { Type: "TRIM_HORIZON" },
      }),
    );
    for await (const { SubscribeToShardEvent: event } of EventStream) {
      for (const { Data } of event?.Records ?? []) seen.push(new TextDecoder().decode(Data));
      if (seen.length === 5) sawLast();
      if (event?.ChildShards?.length > 0) return event.ChildShards.map(({ ShardId: child }) => child);
    }
  };

  await put("before");
  const reading = read("shardId-000000000000");
  await account.stream(StreamName).caughtUp("reader");
  const NewStartingHashKey = String(2n ** 127n);
  await kinesis.send(new SplitShardCommand({ StreamName, ShardToSplit: "shardId-000000000000", NewStartingHashKey }));
  const children = await reading;
  const { Shards } = await kinesis.send(new ListShardsCommand({ StreamName }));
  assert.deepEqual(
    children.toSorted(),
    Shards.slice(1)
      .map(({ ShardId }) => ShardId)
      .toSorted(),
  );

  for (const text of ["a", "b", "c", "d"]) await put(text);
  for (const child of children) void read(child).catch(() => {});
  await last;
  await account.stream(StreamName).caughtUp("reader");
  assert.deepEqual(seen.toSorted(), ["a", "b", "before", "c", "d"]);
});

/** What is tested: puts a record, and backs off while it is throttled, each time for twice as long. */
async function produce(kinesis, record, pause) {
  for (let delayMs = 100; ; delayMs *= 2) {
    try {
      return await kinesis.send(new PutRecordCommand(record));
    } catch (error) {
      if (error.name !== "ProvisionedThroughputExceededException") throw error;
      await pause(delayMs);
    }
  }
}

test("a producer that is throttled backs off", async () => {
  const { account, kinesis } = aFreshAccount();
  await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 1 }));
  await account.faults.add({ operation: "PutRecord", effect: "throttle", times: 3 });

  const start = account.clock().now();
  const record = { StreamName: "clicks", PartitionKey: "a", Data: new TextEncoder().encode("hello") };
  await produce(kinesis, record, (delayMs) => account.clock().advance(delayMs));

  await account.stream("clicks").waitForRecord("hello");
  assert.equal(account.clock().now() - start, 700);
  const calls = await account.calls({ operation: "PutRecord" });
  const throttled = "ProvisionedThroughputExceededException";
  assert.deepEqual(
    calls.map(({ outcome }) => outcome),
    [throttled, throttled, throttled, "OK"],
  );
});

test("a message that does not come is explained", async () => {
  const { id, account, sqs, sns } = aFreshAccount();
  await sqs.send(new CreateQueueCommand({ QueueName: "paid-orders" }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
  const Endpoint = `arn:aws:sqs:us-east-1:${id}:paid-orders`;
  const Attributes = { FilterPolicy: JSON.stringify({ state: ["paid"] }) };
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
  const { MessageId } = await sns.send(new PublishCommand({ TopicArn, Message: "order 7" }));

  await account.queue("paid-orders").expectNoMessage("order 7", { within: "1h" });
  const { text } = await account.explain(MessageId);
  assert.match(
    text,
    /Filtered out for queue paid-orders: The message has no attributes, which a filter on attributes needs/,
  );
});

/** The URL of a server that a topic can deliver to, until the test is over. */
async function anEndpoint(t, handle) {
  const server = createServer(async (request, response) => {
    let body = "";
    for await (const chunk of request) body += chunk;
    await handle(JSON.parse(body)); // before it answers, so that what is settled is confirmed as well
    response.end();
  });
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return `http://127.0.0.1:${server.address().port}/`;
}
