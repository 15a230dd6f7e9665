import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { CreateStreamCommand, KinesisClient, PutRecordsCommand } from "@aws-sdk/client-kinesis";
import { CreateEventSourceMappingCommand, LambdaClient } from "@aws-sdk/client-lambda";
import { CreateQueueCommand, SQSClient } from "@aws-sdk/client-sqs";
import { createEmulator } from "waystation";

let total = 0;

/** What is tested: adds up a whole batch, or fails before it has counted any of it. */
async function count({ Records }) {
  const clicks = Records.map(({ kinesis }) => JSON.parse(Buffer.from(kinesis.data, "base64")));
  total += clicks.reduce((sum, { n }) => sum + n, 0);
}

let emulator;

before(async () => {
  emulator = await createEmulator({ functions: { count } });
});
after(() => emulator.close());

test("one broken record among many is found, told of and passed over", async () => {
  emulator.clock().freeze();
  const kinesis = emulator.client(KinesisClient);
  const StreamName = "clicks";
  await kinesis.send(new CreateStreamCommand({ StreamName, ShardCount: 1 }));
  await emulator.client(SQSClient).send(new CreateQueueCommand({ QueueName: "broken" }));
  await emulator.client(LambdaClient).send(
    new CreateEventSourceMappingCommand({
      FunctionName: "count",
      EventSourceArn: `arn:aws:kinesis:us-east-1:000000000000:stream/${StreamName}`,
      StartingPosition: "TRIM_HORIZON",
      BisectBatchOnFunctionError: true,
      MaximumRetryAttempts: 2,
      DestinationConfig: { OnFailure: { Destination: "arn:aws:sqs:us-east-1:000000000000:broken" } },
    }),
  );

  const texts = ['{"n":1}', '{"n":2}', '{"n":3}', '{"n":', '{"n":5}', '{"n":6}', '{"n":7}', '{"n":8}'];
  const Records = texts.map((text) => ({ PartitionKey: "a", Data: Buffer.from(text) }));
  const put = await kinesis.send(new PutRecordsCommand({ StreamName, Records }));
  await emulator.queue("broken").wait("visible", { within: "5m" }); // the backoff, which passes at once
  await emulator.settled({ within: "5m" });
  assert.equal(total, 1 + 2 + 3 + 5 + 6 + 7 + 8);

  const told = (await emulator.queue("broken").messages()).map(({ body }) => JSON.parse(body));
  assert.deepEqual(
    told.map(({ KinesisBatchInfo: { batchSize, startSequenceNumber } }) => [batchSize, startSequenceNumber]),
    [[1, put.Records[3].SequenceNumber]],
  );
  assert.equal(told[0].requestContext.condition, "RetryAttemptsExhausted");
});
