import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { AddPermissionCommand, LambdaClient, PutFunctionEventInvokeConfigCommand } from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

const attempts = [];
let downUntil = 0;

/** What is tested: sends a mail for each message, which fails while the mail server is down. */
async function notify({ Records: [{ Sns }] }) {
  const now = emulator.clock().now();
  attempts.push({ text: Sns.Message, at: now });
  if (now < downUntil) throw new Error("the mail server is down");
}

let emulator;

before(async () => {
  emulator = await createEmulator({ functions: { notify } });
});
after(() => emulator.close());

test("a mail is tried again after one and two minutes, and then put aside with the reason", async () => {
  const clock = emulator.clock();
  clock.freeze();
  const sns = emulator.client(SNSClient);
  const lambda = emulator.client(LambdaClient);
  await emulator.client(SQSClient).send(new CreateQueueCommand({ QueueName: "unsent" }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
  const FunctionName = "notify";
  const Endpoint = `arn:aws:lambda:us-east-1:000000000000:function:${FunctionName}`;
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint }));
  const grant = { Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com", SourceArn: TopicArn };
  await lambda.send(new AddPermissionCommand({ FunctionName, StatementId: "orders", ...grant }));
  const DestinationConfig = { OnFailure: { Destination: "arn:aws:sqs:us-east-1:000000000000:unsent" } };
  await lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, DestinationConfig }));
  const triesOf = (text, since) =>
    attempts.filter((attempt) => attempt.text === text).map(({ at }) => (at - since) / 1000);

  const first = clock.now();
  downUntil = first + 2 * 60_000;
  await sns.send(new PublishCommand({ TopicArn, Message: "order 1" }));
  await emulator.settled({ within: "1h" }); // from one attempt to the next, without a pause
  assert.deepEqual(triesOf("order 1", first), [0, 60, 180]);

  const second = clock.now();
  downUntil = Number.POSITIVE_INFINITY;
  await sns.send(new PublishCommand({ TopicArn, Message: "order 2" }));
  await emulator.settled({ within: "1h" });
  assert.deepEqual(triesOf("order 2", second), [0, 60, 180]);
  const unsent = (await emulator.queue("unsent").messages()).map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    unsent.map(({ requestPayload, requestContext, responsePayload }) => [
      requestPayload.Records[0].Sns.Message,
      requestContext.condition,
      responsePayload.errorMessage,
    ]),
    [["order 2", "RetriesExhausted", "the mail server is down"]],
  );
});
