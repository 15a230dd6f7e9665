import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

let emulator;
let sqs;

before(async () => {
  emulator = await createEmulator();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials, maxAttempts: 3 });
});
after(async () => {
  sqs.destroy();
  await emulator.close();
});

/** Asks for faults, or tells what they did. */
async function faults(method, rule) {
  const body = rule && JSON.stringify(rule);
  const response = await fetch(`${emulator.endpoint}/_waystation/faults`, { method, body });
  return (await response.json()).faults;
}

test("a producer that is throttled backs off, and its message arrives once", async () => {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  await faults("POST", { operation: "SendMessage", resource: "jobs", times: 2, effect: "throttle" });

  const { $metadata } = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));

  assert.equal($metadata.attempts, 3);
  assert.ok($metadata.totalRetryDelay > 0, "it waited before it tried again");
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  assert.deepEqual(
    Messages.map(({ Body }) => Body),
    ["hello"],
  );
  const [{ matched, fired }] = await faults("GET");
  assert.deepEqual({ matched, fired }, { matched: 3, fired: 2 });
});

test("a producer whose answer is lost sends its message twice, so its consumer has to bear that", async () => {
  await faults("DELETE");
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "bills" }));
  await faults("POST", { operation: "SendMessage", nth: 1, effect: { type: "drop", when: "after" } });

  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "pay" }));

  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  assert.deepEqual(
    Messages.map(({ Body }) => Body),
    ["pay", "pay"],
  );
});
