import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  ListEventSourceMappingsCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import {
  CreateQueueCommand,
  GetQueueAttributesCommand,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { ACCOUNT, arnOf } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";

// Lambda reference 6 and 7

const QUEUE = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;

let emulator: Emulator;
let caller: FunctionCaller;
let sqs: SQSClient;
beforeAll(async () => {
  emulator = await aLambdaServer({ history: "on" });
  caller = new FunctionCaller(emulator);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "secret" };
  sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.reset();
  // AWS: as long as the function may take, at least.
  const Attributes = { VisibilityTimeout: "60" };
  for (const QueueName of ["q", "seen"]) await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
});

const url = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;
/** A handler that tells of each event in the queue `seen`, and then does as it is told. */
const telling = (then: string, first = "") => `
  exports.handler = async (event) => {
    ${first}
    const body = new URLSearchParams({ Action: "SendMessage", MessageBody: JSON.stringify(event) });
    await fetch(process.env.AWS_ENDPOINT_URL + "/${ACCOUNT}/seen", { method: "POST", body });
    ${then}
  };`;
const map = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  caller.client.send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn: QUEUE, ...more }));
const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl: url("q"), MessageBody }));

/** The next event that the handler tells of. */
async function seen() {
  const input = { QueueUrl: url("seen"), WaitTimeSeconds: 20, VisibilityTimeout: 43_200 };
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand(input));
  return JSON.parse(Messages[0]!.Body!) as { readonly Records: readonly Readonly<Record<string, unknown>>[] };
}

/** Waits until the condition holds. */
async function until(condition: object): Promise<void> {
  const body = JSON.stringify({ timeout: "30s", ...condition });
  const response = await fetch(`${emulator.endpoint}/_waystation/wait`, { method: "POST", body });
  expect(await response.json()).toMatchObject({ holds: true });
}

test("A message is handed to the function and deleted when the handler is done", async () => {
  await caller.create(telling(""));
  const { UUID } = await map();
  const { MessageId } = await send("Grüße");
  expect(await seen()).toEqual({
    Records: [
      {
        messageId: MessageId,
        receiptHandle: expect.any(String),
        body: "Grüße",
        attributes: {
          ApproximateReceiveCount: "1",
          SentTimestamp: expect.any(String),
          SenderId: expect.any(String),
          ApproximateFirstReceiveTimestamp: expect.any(String),
        },
        messageAttributes: {},
        md5OfBody: expect.stringMatching(/^[0-9a-f]{32}$/),
        eventSource: "aws:sqs",
        eventSourceARN: QUEUE,
        awsRegion: "us-east-1",
      },
    ],
  });
  await until({ until: "empty", queue: "q" });
  const shown = await caller.client.send(new GetEventSourceMappingCommand({ UUID }));
  expect(shown).toMatchObject({ UUID, State: "Enabled", FunctionArn: arnOf("f") });
});

test("A handle in the event is one that SQS takes", async () => {
  await caller.create(
    telling(
      `throw new Error("again");`,
      `const { receiptHandle: ReceiptHandle } = event.Records[0];
      const change = { Action: "ChangeMessageVisibility", ReceiptHandle, VisibilityTimeout: "7" };
      const url = process.env.AWS_ENDPOINT_URL + "/${ACCOUNT}/q";
      await fetch(url, { method: "POST", body: new URLSearchParams(change) });`,
    ),
  );
  await map();
  await send("a");
  await seen();
  await emulator.clock().advance("7s");
  const { Records } = await seen();
  expect(Records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "2" } });
});

test("A message that a handler fails on goes to the dead-letter queue by the count of the queue", async () => {
  await caller.create(telling(`throw new Error("no");`));
  await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const redrive = { deadLetterTargetArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:dead`, maxReceiveCount: 2 };
  const Attributes = { RedrivePolicy: JSON.stringify(redrive), VisibilityTimeout: "60" };
  await sqs.send(new CreateQueueCommand({ QueueName: "redriven", Attributes }));
  await map({ EventSourceArn: `arn:aws:sqs:us-east-1:${ACCOUNT}:redriven` });
  const { MessageId } = await sqs.send(new SendMessageCommand({ QueueUrl: url("redriven"), MessageBody: "bad" }));
  for (const ApproximateReceiveCount of ["1", "2"]) {
    expect((await seen()).Records[0]).toMatchObject({ attributes: { ApproximateReceiveCount } });
    await emulator.clock().advance("60s");
  }
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url("dead"), WaitTimeSeconds: 20 }));
  expect(Messages).toEqual([expect.objectContaining({ MessageId, Body: "bad" })]);
});

test("Messages that were reported stay, the others are deleted", async () => {
  await caller.create(
    telling(`return { batchItemFailures: event.Records.filter(({ body }) => body === "bad")
      .map(({ messageId }) => ({ itemIdentifier: messageId })) };`),
  );
  await map({ FunctionResponseTypes: ["ReportBatchItemFailures"] });
  const Entries = ["good", "bad"].map((MessageBody) => ({ Id: MessageBody, MessageBody }));
  await sqs.send(new SendMessageBatchCommand({ QueueUrl: url("q"), Entries }));
  expect((await seen()).Records.map(({ body }) => body)).toEqual(["good", "bad"]);
  await until({ until: "deleted", queue: "q", count: 1 });
  await emulator.clock().advance("60s");
  expect((await seen()).Records.map(({ body }) => body)).toEqual(["bad"]);
});

test("What a filter does not accept is deleted without an invocation", async () => {
  await caller.create(telling(""));
  await map({ FilterCriteria: { Filters: [{ Pattern: '{"body":{"kind":["order"]}}' }] } });
  await send('{"kind":"note"}');
  await send("text");
  await send('{"kind":"order"}');
  expect((await seen()).Records.map(({ body }) => body)).toEqual(['{"kind":"order"}']);
  await until({ until: "empty", queue: "q" });
});

test("With a window, messages of ten seconds are one batch", async () => {
  await caller.create(telling(""));
  await map({ BatchSize: 100, MaximumBatchingWindowInSeconds: 10 });
  for (const body of ["a", "b"]) await send(body);
  await emulator.clock().advance("5s");
  await send("c");
  await emulator.clock().advance("5s");
  expect((await seen()).Records.map(({ body }) => body)).toEqual(["a", "b", "c"]);
});

test("A thousand messages are handled, ten at a time at most", async () => {
  await caller.create("exports.handler = async (event) => { if (event.Records.length > 10) throw new Error(); };");
  const { UUID } = await map({ Enabled: false });
  const all = Array.from({ length: 100 }, async (_, batch) => {
    const Entries = Array.from({ length: 10 }, (__, number) => ({ Id: String(number), MessageBody: `${batch}` }));
    await sqs.send(new SendMessageBatchCommand({ QueueUrl: url("q"), Entries }));
  });
  await Promise.all(all);
  const attributes = { QueueUrl: url("q"), AttributeNames: ["ApproximateNumberOfMessages" as const] };
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand(attributes));
  expect(Attributes).toEqual({ ApproximateNumberOfMessages: "1000" });
  await caller.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  await until({ until: "empty", queue: "q" });
});

test("A mapping that is deleted hands over nothing more", async () => {
  await caller.create(telling(""));
  const { UUID } = await map();
  await caller.client.send(new DeleteEventSourceMappingCommand({ UUID }));
  await send("a");
  await until({ until: "visible", queue: "q" });
  const { EventSourceMappings } = await caller.client.send(new ListEventSourceMappingsCommand({}));
  expect(EventSourceMappings).toEqual([]);
});
