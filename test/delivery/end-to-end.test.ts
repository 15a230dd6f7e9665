import {
  CreateTopicCommand,
  GetSubscriptionAttributesCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import type { EmulatorOptions, Logger } from "../../src/index.ts";
import { aLogger } from "../support/a-server.ts";
import { anEmulator } from "../support/emulator.ts";
import { answers, inTurn, Receiver } from "./receiver.ts";

const FUNCTION = "arn:aws:lambda:us-east-1:000000000000:function:handler";

/** What the control routes tell, as far as the tests look at it. */
interface Inspection {
  readonly messages?: readonly { readonly subscribeUrl?: string }[];
  readonly deliveries?: readonly unknown[];
}

/** A whole server with a topic, and the clients of somebody who knows nothing of it. */
async function anSns(options: EmulatorOptions = {}) {
  const emulator = await anEmulator(options);
  const { endpoint } = emulator;
  const client = { endpoint, region: "us-east-1", credentials: { accessKeyId: "test", secretAccessKey: "test" } };
  const sns = new SNSClient(client);
  const sqs = new SQSClient(client);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "topic" }));
  return {
    emulator,
    sns,
    sqs,
    TopicArn,
    ask: async (path: string) => (await fetch(`${endpoint}/_waystation/${path}`)).json() as Promise<Inspection>,
    publish: (Message: string) => sns.send(new PublishCommand({ TopicArn, Message })),
    subscribe: async (Protocol: string, Endpoint: string, Attributes: Readonly<Record<string, string>> = {}) => {
      const command = { TopicArn, Protocol, Endpoint, Attributes, ReturnSubscriptionArn: true };
      return (await sns.send(new SubscribeCommand(command))).SubscriptionArn;
    },
    [Symbol.asyncDispose]: async () => {
      sns.destroy();
      sqs.destroy();
      await emulator.close();
    },
  };
}

test("a message that is published can be received from a subscribed queue at once", async () => {
  await using sns = await anSns();
  const { sqs, publish, subscribe } = sns;
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "queue" }));
  const attributes = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] }));
  await subscribe("sqs", attributes.Attributes!.QueueArn!);
  const { MessageId } = await publish("Hello");
  const { Messages } = await sqs.send(
    new ReceiveMessageCommand({ QueueUrl, MessageSystemAttributeNames: ["All"], MessageAttributeNames: ["All"] }),
  );
  expect(Messages).toHaveLength(1);
  expect(JSON.parse(Messages![0]!.Body!)).toMatchObject({ Type: "Notification", MessageId, Message: "Hello" });
  expect(Object.keys(Messages![0]!.Attributes!).sort()).toEqual([
    "ApproximateFirstReceiveTimestamp",
    "ApproximateReceiveCount",
    "SenderId",
    "SentTimestamp",
  ]);
});

test("an HTTP endpoint confirms itself, misses a message, and gets it with the next attempt", async () => {
  await using receiver = await Receiver.open(inTurn(answers(200), answers(500), answers(200)));
  await using sns = await anSns();
  const healthyRetryPolicy = { numRetries: 1, numNoDelayRetries: 1, minDelayTarget: 1, maxDelayTarget: 1 };
  await sns.subscribe("http", receiver.url("/hook"), { DeliveryPolicy: JSON.stringify({ healthyRetryPolicy }) });
  const { body } = await receiver.received(1);
  expect((await fetch(JSON.parse(body).SubscribeURL)).status).toBe(200);
  const { MessageId } = await sns.publish("Hello");
  const [missed, taken] = [await receiver.received(2), await receiver.received(3)];
  expect(JSON.parse(missed.body)).toMatchObject({ Type: "Notification", MessageId, Message: "Hello" });
  expect(taken.body).toBe(missed.body);
});

test("a mail is found in the outbox, and its link confirms the subscription", async () => {
  await using sns = await anSns();
  const SubscriptionArn = await sns.subscribe("email", "a@example.com");
  const { messages } = await sns.ask("outbox?protocol=email&to=a@example.com");
  expect(messages).toMatchObject([{ type: "SubscriptionConfirmation", subscriptionArn: SubscriptionArn }]);
  expect((await fetch(messages![0]!.subscribeUrl!)).status).toBe(200);
  const command = new GetSubscriptionAttributesCommand({ SubscriptionArn });
  expect((await sns.sns.send(command)).Attributes).toMatchObject({ PendingConfirmation: "false" });
});

test("a text message to a phone number is found in the outbox", async () => {
  await using sns = await anSns();
  const { MessageId } = await sns.sns.send(new PublishCommand({ PhoneNumber: "+15551234567", Message: "Hello" }));
  expect(await sns.ask("outbox?to=+15551234567")).toMatchObject({
    messages: [{ protocol: "sms", body: "Hello", messageId: MessageId }],
  });
});

test("a function with a URL is invoked", async () => {
  await using receiver = await Receiver.open();
  await using sns = await anSns({ lambda: { [FUNCTION]: receiver.url("/invocations") } });
  await sns.subscribe("lambda", FUNCTION);
  await sns.publish("Hello");
  const { path, body } = await receiver.received();
  expect(path).toBe("/invocations");
  expect(JSON.parse(body).Records[0].Sns.Message).toBe("Hello");
});

test("a secure endpoint with a certificate of its own gets messages where that is chosen", async () => {
  await using receiver = await Receiver.open(undefined, { isSecure: true });
  await using sns = await anSns({ insecureHttpsDelivery: true });
  await sns.subscribe("https", receiver.url());
  expect(JSON.parse((await receiver.received()).body)).toMatchObject({ Type: "SubscriptionConfirmation" });
});

test("a filtered message is in the log with its reason", async () => {
  await using sns = await anSns();
  const FilterPolicy = JSON.stringify({ color: ["blue"] });
  await sns.subscribe("sms", "+15551234567", { FilterPolicy });
  await sns.publish("Hello");
  expect(await sns.ask(`deliveries?topic=${sns.TopicArn}`)).toMatchObject({
    deliveries: [{ result: "filtered", reason: "NoMessageAttributes" }],
  });
});

test("a reset empties outbox and log", async () => {
  await using sns = await anSns();
  await sns.subscribe("sms", "+15551234567");
  await sns.publish("Hello");
  sns.emulator.reset();
  expect(await sns.ask("outbox")).toEqual({ messages: [] });
  expect(await sns.ask("deliveries")).toEqual({ deliveries: [] });
});

test("closing does not wait for endpoints", async () => {
  await using receiver = await Receiver.open(() => {});
  const sns = await anSns();
  await sns.subscribe("http", receiver.url());
  const { response } = await receiver.received();
  const hungUp = new Promise((resolve) => response.on("close", resolve));
  await sns[Symbol.asyncDispose]();
  await hungUp;
});

test("a delivery that reaches nobody has a line in the log, which says which and why, and not what was in it", async () => {
  const { lines, logger } = aLogger("warn", "error");
  await using sns = await anSns({ logger });
  const SubscriptionArn = await sns.subscribe("sqs", "arn:aws:sqs:us-east-1:000000000000:none");
  const { MessageId } = await sns.publish("a secret");
  expect(lines).toEqual([
    {
      level: "warn",
      text: "delivery dropped",
      fields: {
        topic: sns.TopicArn,
        subscription: SubscriptionArn,
        protocol: "sqs",
        endpoint: "arn:aws:sqs:us-east-1:000000000000:none",
        type: "Notification",
        messageId: MessageId,
        attempt: 1,
        statusCode: undefined,
        reason: expect.stringMatching(/./),
      },
    },
  ]);
});

test("nobody has the server post to its own control routes through a subscription", async () => {
  let tell: (fields: object) => void = () => {};
  const told = new Promise<object>((resolve) => {
    tell = resolve;
  });
  const logger: Logger = { isEnabled: (level) => level === "warn", log: (_level, fields) => tell(fields) };
  await using sns = await anSns({ logger });
  await sns.subscribe("http", `${sns.emulator.endpoint}/_waystation/reset`);
  const reason = "The endpoint is a control route: nothing is delivered below /_waystation/";
  expect(await told).toMatchObject({ type: "SubscriptionConfirmation", reason });
  expect(await sns.publish("the topic is still there")).toMatchObject({ MessageId: expect.any(String) });
});
