import { CreateStreamCommand, KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  InvokeCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { flowKey, functionFlow } from "../../src/console/page/home/map/flow-key.ts";
import { ACCOUNT, arnOf } from "../support/lambda.ts";
import { aLambdaServer, lambdaClient } from "../support/lambda-server.ts";

test("a message is followed into the function that it was for", async () => {
  const handler = async ({ Records }: { readonly Records: readonly { readonly body?: string }[] }) => {
    if (Records.some(({ body }) => body === "bad")) throw new Error("no");
    return Records.length;
  };
  await using emulator = await aLambdaServer({ functions: { f: handler } });
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
  const sqs = new SQSClient({ endpoint: emulator.endpoint, region: "us-east-1", credentials });
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const EventSourceArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
  await lambdaClient(emulator).send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn }));
  const sent = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "bad" }));
  const other = await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "good" }));
  await emulator.settled();
  const invoked = async (id: string) => {
    const { steps } = await emulator.explain(id);
    return steps.filter(({ kind }) => kind === "invoked");
  };
  const [own] = await emulator.invocations({ message: sent.MessageId! });
  expect(own).toMatchObject({
    cause: "mapping",
    source: EventSourceArn,
    messageIds: [sent.MessageId],
    outcome: "failed",
  });
  expect(await invoked(sent.MessageId!)).toEqual([
    expect.objectContaining({
      text: expect.stringMatching(/^The function f failed after \d+ ms: \{"errorType":"Error","errorMessage":"no"/),
      resource: arnOf("f"),
      related: own?.requestId,
    }),
  ]);
  expect(await invoked(other.MessageId!)).toEqual([
    expect.objectContaining({ text: expect.stringMatching(/^The function f answered 1 after \d+ ms\./) }),
  ]);
});

/** A server with functions that note nothing, and a client of each service. */
async function aWorld(handler: (event: unknown) => unknown) {
  const emulator = await aLambdaServer({ functions: { f: async (event: unknown) => handler(event) } });
  return {
    emulator,
    lambda: lambdaClient(emulator),
    sqs: emulator.client(SQSClient),
    sns: emulator.client(SNSClient),
    kinesis: emulator.client(KinesisClient),
    told: async (id: string) => (await emulator.explain(id)).steps.map(({ kind, text }) => `${kind}: ${text}`),
    [Symbol.asyncDispose]: () => emulator.close(),
  };
}

const filtering = (pattern: object) => ({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify(pattern) }] } });

test("a message that a function does not want says so, and one that it wants who polled it", async () => {
  await using world = await aWorld(() => null);
  const { QueueUrl } = await world.sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  const EventSourceArn = `arn:aws:sqs:us-east-1:${ACCOUNT}:q`;
  const wanted = filtering({ body: { a: [1] } });
  await world.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn, ...wanted }));
  const send = (a: number) => world.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: JSON.stringify({ a }) }));
  const [good, bad] = [await send(1), await send(2)];
  await world.emulator.settled();
  expect(await world.told(good.MessageId!)).toEqual([
    expect.stringMatching(/^sent: /),
    expect.stringMatching(/^received: /),
    `polled: Message ${good.MessageId} of q was polled for the function f.`,
    expect.stringMatching(/^deleted: /),
    expect.stringMatching(/^invoked: The function f answered null after \d+ ms\./),
  ]);
  const reason = `Message ${bad.MessageId} of q was filtered out for the function f: its FilterCriteria do not accept it.`;
  expect(await world.told(bad.MessageId!)).toEqual([
    ...[expect.stringMatching(/^sent: /), expect.stringMatching(/^received: /)],
    ...[`filtered-out: ${reason}`, expect.stringMatching(/^deleted: /)],
  ]);
  expect((await world.emulator.explain(bad.MessageId!)).text).toContain(reason);
});

test("a record is followed into the function, or says that that does not want it", async () => {
  await using world = await aWorld(() => ({ seen: true }));
  await world.kinesis.send(new CreateStreamCommand({ StreamName: "s", ShardCount: 1 }));
  const EventSourceArn = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`;
  const given = { FunctionName: "f", EventSourceArn, StartingPosition: "TRIM_HORIZON" } as const;
  const wanted = filtering({ data: { a: [1] } });
  await world.lambda.send(new CreateEventSourceMappingCommand({ ...given, ...wanted }));
  const put = async (a: number) => {
    const Data = Buffer.from(JSON.stringify({ a }));
    const { SequenceNumber = "" } = await world.kinesis.send(
      new PutRecordCommand({ StreamName: "s", PartitionKey: "k", Data }),
    );
    return SequenceNumber;
  };
  const [good, bad] = [await put(1), await put(2)];
  await world.emulator.settled();
  expect(await world.told(good)).toEqual([
    expect.stringMatching(/^put: /),
    `polled: Record ${good} of s was polled for the function f.`,
    expect.stringMatching(/^invoked: The function f answered \{"seen":true\} after/),
  ]);
  expect(await world.told(bad)).toEqual([
    expect.stringMatching(/^put: /),
    `filtered-out: Record ${bad} of s was filtered out for the function f: its FilterCriteria do not accept it.`,
  ]);
});

test("a publish is followed through the queue of events to its retries, log and end", async () => {
  let calls = 0;
  await using world = await aWorld(() => {
    if (calls++ === 0) throw new Error("not yet");
    return "done";
  });
  const { TopicArn } = await world.sns.send(new CreateTopicCommand({ Name: "news" }));
  await world.sns.send(new SubscribeCommand({ TopicArn, Protocol: "lambda", Endpoint: arnOf("f") }));
  const permission = { StatementId: "s", Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
  await world.lambda.send(new AddPermissionCommand({ FunctionName: "f", ...permission }));
  const { MessageId = "" } = await world.sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await world.emulator.settled({ within: "1h" });
  const told = (await world.told(MessageId)).filter((line) => !/^(?:published|delivered): /.test(line));
  expect(told.sort()).toEqual([
    expect.stringMatching(/^event-ended: Event \S+ of the function f was handled\.$/),
    expect.stringMatching(
      new RegExp(`^event-queued: Event \\S+ waits for the function f with message ${MessageId}\\.$`),
    ),
    expect.stringMatching(/^event-retried: Event \S+ failed in the function f, and is tried again at \S+\.$/),
    expect.stringMatching(/^invoked: The function f answered "done" after/),
    expect.stringMatching(/^invoked: The function f failed after \d+ ms: .*not yet/),
  ]);
});

test("the map of the console shows what flows into functions, and from them to destinations", async () => {
  await using world = await aWorld(() => "done");
  const { QueueUrl } = await world.sqs.send(new CreateQueueCommand({ QueueName: "q" }));
  await world.sqs.send(new CreateQueueCommand({ QueueName: "done" }));
  const [EventSourceArn, Destination] = ["q", "done"].map((name) => `arn:aws:sqs:us-east-1:${ACCOUNT}:${name}`);
  await world.lambda.send(new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn }));
  const DestinationConfig = { OnSuccess: { Destination } };
  await world.lambda.send(new PutFunctionEventInvokeConfigCommand({ FunctionName: "f", DestinationConfig }));
  await world.lambda.send(new InvokeCommand({ FunctionName: "f", InvocationType: "Event" }));
  await world.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "a" }));
  await world.emulator.settled();
  const steps = await world.emulator.history();
  const keys = steps.map(({ kind, resource, related = "" }) => flowKey(kind, resource, related));
  const flows = [functionFlow.reading(arnOf("f"), EventSourceArn!), functionFlow.succeeded(arnOf("f"), Destination!)];
  for (const flow of flows) expect(keys.filter((key) => key === flow)).toHaveLength(1);
  const invoked = steps.filter(({ kind }) => kind === "invoked");
  expect(invoked.map(({ resource }) => resource)).toEqual([arnOf("f"), arnOf("f")]);
});
