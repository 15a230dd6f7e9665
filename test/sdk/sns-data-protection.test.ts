import {
  CreateTopicCommand,
  PublishBatchCommand,
  PublishCommand,
  PutDataProtectionPolicyCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { CreateQueueCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { aPolicy, mask, redact } from "../engine/topic/data-protection/policies.ts";
import { anEmulator } from "../support/emulator.ts";

/** A topic with that policy and a queue that subscribed to it. */
async function aProtectedTopic(DataProtectionPolicy: string) {
  const emulator = await anEmulator();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  const config = { endpoint: emulator.endpoint, region: "us-east-1", credentials };
  const [sns, sqs] = [new SNSClient(config), new SQSClient(config)];
  const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: TopicArn.replace(":sns:", ":sqs:") }));
  await sns.send(new PutDataProtectionPolicyCommand({ ResourceArn: TopicArn, DataProtectionPolicy }));
  return {
    sns,
    TopicArn,
    publish: (Message: string) => sns.send(new PublishCommand({ TopicArn, Message })),
    async received(): Promise<string[]> {
      const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
      return Messages.map(({ Body = "" }) => JSON.parse(Body).Message);
    },
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

test("a message the policy denies is refused and reaches nobody", async () => {
  await using topic = await aProtectedTopic(aPolicy());
  await expect(topic.publish("to joe@example.com")).rejects.toMatchObject({
    name: "AuthorizationErrorException",
    $metadata: { httpStatusCode: 403 },
  });
  await topic.publish("to joe");
  expect(await topic.received()).toEqual(["to joe"]);
});

test("of a batch only what the policy denies fails", async () => {
  await using topic = await aProtectedTopic(aPolicy());
  const PublishBatchRequestEntries = [
    { Id: "1", Message: "to joe@example.com" },
    { Id: "2", Message: "to joe" },
  ];
  const input = { TopicArn: topic.TopicArn, PublishBatchRequestEntries };
  const { Successful, Failed } = await topic.sns.send(new PublishBatchCommand(input));
  expect(Successful).toMatchObject([{ Id: "2" }]);
  expect(Failed).toMatchObject([{ Id: "1", Code: "AuthorizationError", SenderFault: true }]);
  expect(await topic.received()).toEqual(["to joe"]);
});

test.for([
  ["in", "Inbound", mask("#"), "to ###############"],
  ["out", "Outbound", redact, "to "],
] as const)("a message is de-identified on its way %s", async ([, DataDirection, Operation, message]) => {
  await using topic = await aProtectedTopic(aPolicy({ DataDirection, Operation }));
  await topic.publish("to joe@example.com");
  expect(await topic.received()).toEqual([message]);
});

test("a message the policy denies to its subscriber is published and reaches nobody", async () => {
  await using topic = await aProtectedTopic(aPolicy({ DataDirection: "Outbound" }));
  await topic.publish("to joe@example.com");
  expect(await topic.received()).toEqual([]);
});

test("a policy that cannot be is refused", async () => {
  await expect(aProtectedTopic(aPolicy({ Operation: {} }))).rejects.toMatchObject({
    name: "InvalidParameterException",
    message:
      "Invalid parameter: DataProtectionPolicy Reason: Statement[0].Operation must have exactly one of Audit, Deidentify, Deny",
  });
});
