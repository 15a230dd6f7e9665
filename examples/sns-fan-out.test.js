import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

let emulator;
let sns;
let sqs;

before(async () => {
  emulator = await createEmulator();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: emulator.endpoint, region: "us-east-1", credentials };
  sns = new SNSClient(config);
  sqs = new SQSClient(config);
});
after(async () => {
  sns.destroy();
  sqs.destroy();
  await emulator.close();
});

/** A queue that is subscribed to the topic. */
async function subscribed(TopicArn, QueueName, Attributes) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName }));
  const Endpoint = `arn:aws:sqs:us-east-1:000000000000:${QueueName}`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint, Attributes }));
  return QueueUrl;
}

async function bodies(QueueUrl) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  return Messages.map(({ Body }) => Body);
}

test("every queue gets what its filter policy lets through, at once", async () => {
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
  const all = await subscribed(TopicArn, "all-orders", { RawMessageDelivery: "true" });
  const large = await subscribed(TopicArn, "large-orders", {
    RawMessageDelivery: "true",
    FilterPolicy: JSON.stringify({ amount: [{ numeric: [">=", 1000] }], country: [{ "anything-but": "XX" }] }),
  });

  const publish = (Message, amount, country) =>
    sns.send(
      new PublishCommand({
        TopicArn,
        Message,
        MessageAttributes: {
          amount: { DataType: "Number", StringValue: String(amount) },
          country: { DataType: "String", StringValue: country },
        },
      }),
    );
  await publish("a book", 20, "DE");
  await publish("a car", 20_000, "DE");
  await publish("a fake", 5_000, "XX");

  // A publish to queues has arrived when it is answered: no waiting, no asking again.
  assert.deepEqual((await bodies(all)).sort(), ["a book", "a car", "a fake"]);
  assert.deepEqual(await bodies(large), ["a car"]);
});
