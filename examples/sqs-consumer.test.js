import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

/** What is tested: takes what there is, and deletes what could be handled. */
async function consume(sqs, QueueUrl, handle) {
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
  for (const { Body, ReceiptHandle } of Messages) {
    try {
      handle(Body);
    } catch {
      continue; // SQS shows it again after the visibility timeout
    }
    await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
  }
}

let emulator;
let sqs;

before(async () => {
  emulator = await createEmulator();
  const credentials = { accessKeyId: "test", secretAccessKey: "test" };
  sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
});
after(async () => {
  sqs.destroy();
  await emulator.close();
});

test("a message that cannot be handled is tried three times, then goes to the dead-letter queue", async () => {
  const clock = emulator.clock();
  clock.freeze();
  const deadLetters = await sqs.send(new CreateQueueCommand({ QueueName: "dead-letters" }));
  const { QueueUrl } = await sqs.send(
    new CreateQueueCommand({
      QueueName: "jobs",
      Attributes: {
        VisibilityTimeout: "30",
        RedrivePolicy: JSON.stringify({
          deadLetterTargetArn: "arn:aws:sqs:us-east-1:000000000000:dead-letters",
          maxReceiveCount: 3,
        }),
      },
    }),
  );
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "broken" }));

  let tries = 0;
  const handle = () => {
    tries++;
    throw new Error("no such job");
  };
  for (const expected of [1, 2, 3]) {
    await consume(sqs, QueueUrl, handle);
    assert.equal(tries, expected);
    await consume(sqs, QueueUrl, handle);
    assert.equal(tries, expected, "it is in flight, so nobody gets it");
    await clock.advance(30_000);
  }

  await consume(sqs, QueueUrl, handle);
  assert.equal(tries, 3);
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: deadLetters.QueueUrl }));
  assert.deepEqual(
    Messages?.map(({ Body }) => Body),
    ["broken"],
  );
});
