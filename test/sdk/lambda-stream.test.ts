import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Kinesis } from "@aws-sdk/client-kinesis";
import {
  CreateEventSourceMappingCommand,
  type CreateEventSourceMappingCommandInput,
  DeleteEventSourceMappingCommand,
  GetEventSourceMappingCommand,
  UpdateEventSourceMappingCommand,
} from "@aws-sdk/client-lambda";
import { SQS } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, onTestFinished, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { hasLmdb } from "../support/has-lmdb.ts";
import { ACCOUNT, ROLE } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";

// Lambda reference 6, 8 and 9

const STREAM = `arn:aws:kinesis:us-east-1:${ACCOUNT}:stream/s`;
const FAILED = `arn:aws:sqs:us-east-1:${ACCOUNT}:failed`;

let emulator: Emulator;
let caller: FunctionCaller;
let kinesis: Kinesis;
let sqs: SQS;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "secret" };
  const config = { endpoint: emulator.endpoint, region: "us-east-1", credentials };
  kinesis = new Kinesis(config);
  sqs = new SQS(config);
});
afterAll(async () => {
  kinesis.destroy();
  sqs.destroy();
  await emulator.close();
});
beforeEach(async () => {
  emulator.reset();
  emulator.clock().freeze();
  await kinesis.createStream({ StreamName: "s", ShardCount: 1 });
  for (const QueueName of ["seen", "failed"]) await sqs.createQueue({ QueueName });
});

const url = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;
/** A handler that tells of each event in the queue `seen`, and then does as it is told with the texts of its records. */
const telling = (then: string) => `
  exports.handler = async (event) => {
    const body = new URLSearchParams({ Action: "SendMessage", MessageBody: JSON.stringify(event) });
    await fetch(process.env.AWS_ENDPOINT_URL + "/${ACCOUNT}/seen", { method: "POST", body });
    const texts = event.Records.map(({ kinesis }) => Buffer.from(kinesis.data, "base64").toString());
    ${then}
  };`;
const map = (more: Partial<CreateEventSourceMappingCommandInput> = {}) =>
  caller.client.send(
    new CreateEventSourceMappingCommand({
      FunctionName: "f",
      EventSourceArn: STREAM,
      StartingPosition: "LATEST",
      ...more,
    }),
  );
const put = (
  texts: readonly string[],
  more: { readonly PartitionKey?: string; readonly ExplicitHashKey?: string } = {},
) =>
  kinesis.putRecords({
    StreamName: "s",
    Records: texts.map((text) => ({ Data: Buffer.from(text), PartitionKey: "a", ...more })),
  });

interface SeenEvent {
  readonly Records: readonly { readonly kinesis: { readonly data: string; readonly sequenceNumber: string } }[];
  readonly state?: unknown;
  readonly isFinalInvokeForWindow?: boolean;
}

/** The next message of a queue. */
async function next(queue: string): Promise<string> {
  const input = { QueueUrl: url(queue), WaitTimeSeconds: 20 };
  const { Messages: [message] = [] } = await sqs.receiveMessage(input);
  await sqs.deleteMessage({ QueueUrl: url(queue), ReceiptHandle: message?.ReceiptHandle });
  return message?.Body ?? "";
}

const seen = async () => JSON.parse(await next("seen")) as SeenEvent;
const textsOf = ({ Records }: SeenEvent) =>
  Records.map(({ kinesis: { data } }) => Buffer.from(data, "base64").toString());
/** The texts of the next batches. */
async function seenTexts(count: number): Promise<readonly (readonly string[])[]> {
  const batches = [];
  for (let number = 0; number < count; number++) batches.push(textsOf(await seen()));
  return batches;
}

test("Records are handed to the function, and the mapping says how that went", async () => {
  await caller.create(telling(""));
  const { UUID, LastProcessingResult } = await map();
  expect(LastProcessingResult).toBe("No records processed");
  const { Records = [] } = await put(["a", "Grüße"]);
  expect(await seen()).toEqual({
    Records: ["YQ==", "R3LDvMOfZQ=="].map((data, place) => ({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey: "a",
        sequenceNumber: Records[place]?.SequenceNumber,
        data,
        approximateArrivalTimestamp: emulator.clock().now() / 1000,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: `shardId-000000000000:${Records[place]?.SequenceNumber}`,
      eventName: "aws:kinesis:record",
      invokeIdentityArn: ROLE,
      awsRegion: "us-east-1",
      eventSourceARN: STREAM,
    })),
  });
  await put(["b"]);
  await seen();
  const shown = await caller.client.send(new GetEventSourceMappingCommand({ UUID }));
  expect(shown).toMatchObject({ UUID, State: "Enabled", LastProcessingResult: "OK" });
});

test("A poison record is found by bisecting, told of in the queue, and holds up nothing for ever", async () => {
  await caller.create(telling(`if (texts.includes("poison")) throw new Error("no");`));
  const DestinationConfig = { OnFailure: { Destination: FAILED } };
  await map({ BisectBatchOnFunctionError: true, MaximumRetryAttempts: 1, DestinationConfig });
  const { Records = [] } = await put(["a", "poison", "c"]);
  expect(await seenTexts(1)).toEqual([["a", "poison", "c"]]);
  await emulator.clock().advance("10s");
  expect(await seenTexts(5)).toEqual([["a"], ["poison", "c"], ["poison"], ["poison"], ["c"]]);
  const document = JSON.parse(await next("failed"));
  expect(document).toMatchObject({
    requestContext: { condition: "RetryAttemptsExhausted", approximateInvokeCount: 2 },
    responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
    KinesisBatchInfo: { batchSize: 1, startSequenceNumber: Records[1]?.SequenceNumber, streamArn: STREAM },
  });
});

test("Reported failures are tried again from the first of them on, and told of as no function error", async () => {
  await caller.create(
    telling(`
      const failed = event.Records[texts.indexOf("c")];
      return { batchItemFailures: failed ? [{ itemIdentifier: failed.kinesis.sequenceNumber }] : [] };`),
  );
  const DestinationConfig = { OnFailure: { Destination: FAILED } };
  await map({ FunctionResponseTypes: ["ReportBatchItemFailures"], MaximumRetryAttempts: 1, DestinationConfig });
  await put(["a", "b", "c", "d"]);
  await seen();
  await emulator.clock().advance("10s");
  expect(await seenTexts(2)).toEqual([
    ["c", "d"],
    ["c", "d"],
  ]);
  expect(JSON.parse(await next("failed"))).toMatchObject({
    responseContext: { functionError: null },
    KinesisBatchInfo: { batchSize: 2 },
  });
});

test("A tumbling window sums up what was put in it, call by call", async () => {
  await caller.create(
    telling("return { state: { sum: texts.reduce((sum, text) => sum + Number(text), event.state.sum ?? 0) } };"),
  );
  await map({ TumblingWindowInSeconds: 60 });
  await put(["1", "2"]);
  expect(await seen()).toMatchObject({ state: {}, isFinalInvokeForWindow: false });
  await put(["3"]);
  expect(await seen()).toMatchObject({ state: { sum: 3 }, isFinalInvokeForWindow: false });
  await emulator.clock().advance("60s");
  expect(await seen()).toMatchObject({ Records: [], state: { sum: 6 }, isFinalInvokeForWindow: true });
});

test("What was put before a split comes before what was put after it", async () => {
  await caller.create(telling(""));
  await map({ BatchSize: 1, StartingPosition: "TRIM_HORIZON" });
  await put(["parent", "parent"]);
  const [middle, upper] = ["1000", String(2n ** 127n)];
  await kinesis.splitShard({ StreamName: "s", ShardToSplit: "shardId-000000000000", NewStartingHashKey: middle });
  await put(["child"], { ExplicitHashKey: upper });
  expect(await seenTexts(3)).toEqual([["parent"], ["parent"], ["child"]]);
});

test("Records that filters do not want make no call", async () => {
  await caller.create(telling(""));
  await map({ FilterCriteria: { Filters: [{ Pattern: JSON.stringify({ data: { event_type: ["function_1"] } }) }] } });
  await put(['{"event_type":"function_2"}', "no JSON", '{"event_type":"function_1","n":1}']);
  expect(await seenTexts(1)).toEqual([['{"event_type":"function_1","n":1}']]);
});

test("A mapping that is disabled goes on where it was, and one that is deleted does nothing any more", async () => {
  await caller.create(telling(""));
  const { UUID } = await map();
  await put(["a"]);
  await seen();
  await caller.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: false }));
  await put(["b"]);
  await caller.client.send(new UpdateEventSourceMappingCommand({ UUID, Enabled: true }));
  expect(await seenTexts(1)).toEqual([["b"]]);
  await caller.client.send(new DeleteEventSourceMappingCommand({ UUID }));
  await put(["c"]);
  await map();
  await put(["d"]);
  expect(await seenTexts(1)).toEqual([["d"]]);
});

test("A registered consumer can be what is read by", async () => {
  await caller.create(telling(""));
  const { Consumer } = await kinesis.registerStreamConsumer({ StreamARN: STREAM, ConsumerName: "reader" });
  await map({ EventSourceArn: Consumer?.ConsumerARN });
  await put(["a"]);
  expect(await seenTexts(1)).toEqual([["a"]]);
});

test.skipIf(!hasLmdb())("Another process with the same data goes on where the one before was", async () => {
  const dataDir = mkdtempSync(join(tmpdir(), "waystation-mapping-"));
  onTestFinished(() => rmSync(dataDir, { recursive: true }));
  const started = async () => {
    const server = await aLambdaServer({ dataDir });
    const functions = new FunctionCaller(server);
    const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "secret" };
    const client = new Kinesis({ endpoint: server.endpoint, region: "us-east-1", credentials });
    const putOne = (text: string) => client.putRecord({ StreamName: "s", Data: Buffer.from(text), PartitionKey: "a" });
    const invoked = async () => {
      await fetch(`${server.endpoint}/_waystation/wait`, {
        method: "POST",
        body: '{"until":"settled","timeout":"30s"}',
      });
      const response = await fetch(`${server.endpoint}/_waystation/invocations`);
      const { invocations } = (await response.json()) as {
        readonly invocations: readonly { readonly event: string }[];
      };
      return invocations.map(({ event }) => textsOf(JSON.parse(event)));
    };
    const close = async () => {
      client.destroy();
      await server.close();
    };
    return { functions, client, putOne, invoked, close };
  };
  const first = await started();
  await first.client.createStream({ StreamName: "s", ShardCount: 1 });
  await first.functions.create("exports.handler = async () => null;");
  await first.functions.client.send(
    new CreateEventSourceMappingCommand({ FunctionName: "f", EventSourceArn: STREAM, StartingPosition: "LATEST" }),
  );
  await first.putOne("a");
  expect(await first.invoked()).toEqual([["a"]]);
  await first.close();
  const second = await started();
  await second.putOne("b");
  expect((await second.invoked()).flat()).toEqual(["b"]);
  await second.close();
});
