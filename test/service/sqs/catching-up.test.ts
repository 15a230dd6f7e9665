import { expect, test } from "vitest";
import { SETTLED_PER_TURN } from "../../../src/kernel/time/catching-up.ts";
import { anEmulator } from "../../support/emulator.ts";

const MANY = SETTLED_PER_TURN + 10;

test("a question about a queue of which very much has expired waits, and is answered as of its instant", async () => {
  await using emulator = await anEmulator();
  const ask = async (operation: string, input: object) => {
    const headers = { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": `AmazonSQS.${operation}` };
    const response = await fetch(emulator.endpoint, { method: "POST", headers, body: JSON.stringify(input) });
    return (await response.json()) as Record<string, never>;
  };
  const { QueueUrl } = await ask("CreateQueue", { QueueName: "jobs", Attributes: { MessageRetentionPeriod: "60" } });
  for (let sent = 0; sent < MANY; sent += 10) {
    const Entries = Array.from({ length: 10 }, (_, number) => ({ Id: String(number), MessageBody: "old" }));
    await ask("SendMessageBatch", { QueueUrl, Entries });
  }
  await emulator.clock().advance("30s");
  await ask("SendMessage", { QueueUrl, MessageBody: "new" });
  await emulator.clock().advance("30s");
  const attribute = { DataType: "Binary", BinaryValue: Buffer.from("bytes").toString("base64") };
  const [sent, received, attributes] = await Promise.all([
    ask("SendMessage", { QueueUrl, MessageBody: "newer", MessageAttributes: { attribute } }),
    ask("ReceiveMessage", { QueueUrl, VisibilityTimeout: 0 }),
    ask("GetQueueAttributes", { QueueUrl, AttributeNames: ["ApproximateNumberOfMessages"] }),
  ]);
  expect(sent).toHaveProperty("MessageId");
  expect(received).toMatchObject({ Messages: [{ Body: "new" }] });
  expect(attributes).toEqual({ Attributes: { ApproximateNumberOfMessages: "2" } });
  const { Messages } = await ask("ReceiveMessage", {
    QueueUrl,
    MaxNumberOfMessages: 10,
    MessageAttributeNames: ["All"],
  });
  expect(Messages).toMatchObject([{ Body: "new" }, { Body: "newer", MessageAttributes: { attribute } }]);
});
