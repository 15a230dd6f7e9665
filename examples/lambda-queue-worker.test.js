import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SendMessageBatchCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

const shipped = [];

/** What is tested: ships what it can of a batch, and says what it could not. */
async function ship({ Records }) {
  const batchItemFailures = [];
  for (const { messageId, body } of Records) {
    const { order, address } = JSON.parse(body);
    if (address === undefined) batchItemFailures.push({ itemIdentifier: messageId });
    else shipped.push(order);
  }
  return { batchItemFailures };
}

let emulator;

before(async () => {
  emulator = await createEmulator({ functions: { ship } });
});
after(() => emulator.close());

test("an order that cannot be shipped holds up no other, and is put aside after three tries", async () => {
  emulator.clock().freeze();
  const sqs = emulator.client(SQSClient);
  const lambda = emulator.client(LambdaClient);
  await sqs.send(new CreateQueueCommand({ QueueName: "unshipped" }));
  const arnOf = (name) => `arn:aws:sqs:us-east-1:000000000000:${name}`;
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arnOf("unshipped"), maxReceiveCount: 3 });
  const Attributes = { VisibilityTimeout: "60", RedrivePolicy };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "orders", Attributes }));
  await lambda.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "ship",
      EventSourceArn: arnOf("orders"),
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
  );

  const orders = [{ order: 1, address: "Rome" }, { order: 2 }, { order: 3, address: "Oslo" }];
  const Entries = orders.map((order, at) => ({ Id: String(at), MessageBody: JSON.stringify(order) }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl, Entries }));
  await emulator.settled();
  assert.deepEqual(shipped, [1, 3]);
  const { visible, inFlight } = await emulator.queue("orders").counts();
  assert.deepEqual({ visible, inFlight }, { visible: 0, inFlight: 1 });

  await emulator.queue("unshipped").wait("visible", { within: "3m" }); // three visibility timeouts, which pass at once
  const [message] = await emulator.queue("unshipped").messages();
  assert.equal(message.body, '{"order":2}');
  const invocations = await emulator.invocations({ function: "ship", message: message.id });
  assert.equal(invocations.length, 3);
  assert.deepEqual(shipped, [1, 3]);
});
