import { createRequire } from "node:module";
import {
  CreateEventSourceMappingCommand,
  GetFunctionRecursionConfigCommand,
  InvokeCommand,
  PutFunctionRecursionConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateQueueCommand, ReceiveMessageCommand, SendMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { MOST_PASSES, passedThrough } from "../../src/engine/function/lineage.ts";
import { ACCOUNT, arnOf, f, queueArn } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";

// Lambda reference 7.6

const SDK = createRequire(import.meta.url).resolve("@aws-sdk/client-sqs");
/** Sends what it is told on, one less, to the queue that it came from, as long as that is something. */
const LOOPING = `
  const { SQSClient, SendMessageCommand } = require(${JSON.stringify(SDK)});
  const sqs = new SQSClient({});
  exports.handler = async ({ Records }) => {
    for (const { body } of Records) {
      const MessageBody = String(Number(body) - 1);
      const QueueUrl = process.env.AWS_ENDPOINT_URL + "/${ACCOUNT}/q";
      if (MessageBody !== "0") await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
  };`;

let emulator: Emulator;
let caller: FunctionCaller;
let sqs: SQSClient;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
  sqs = emulator.client(SQSClient);
});
afterAll(() => emulator.close());
beforeEach(async () => {
  emulator.reset();
  emulator.clock().freeze();
  await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: queueArn("dead"), maxReceiveCount: 1 });
  await sqs.send(new CreateQueueCommand({ QueueName: "q", Attributes: { VisibilityTimeout: "60", RedrivePolicy } }));
  await caller.create(LOOPING);
  await caller.client.send(new CreateEventSourceMappingCommand({ ...f, EventSourceArn: queueArn("q") }));
});

const url = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;

/** Has a message go round so often, and says what came of the invocations and what is in the dead-letter queue. */
async function roundTrips(count: number) {
  await sqs.send(new SendMessageCommand({ QueueUrl: url("q"), MessageBody: String(count) }));
  await emulator.settled({ within: "10m", timeout: "2m" });
  const { Messages = [] } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url("dead") }));
  // A message is stopped before the function that sent it has answered.
  const outcomes = (await emulator.invocations()).map(({ outcome }) => outcome).sort();
  return { outcomes, dead: Messages.map(({ Body }) => Body) };
}

test("a message that comes back to its function is stopped after sixteen rounds, and goes to the dead-letter queue", async () => {
  const { outcomes, dead } = await roundTrips(20);
  expect(outcomes).toEqual([...Array(MOST_PASSES).fill("answered"), "recursive"]);
  expect(dead).toEqual(["4"]);
});

test("a function that may loop does, as far as it likes", async () => {
  await caller.client.send(new PutFunctionRecursionConfigCommand({ ...f, RecursiveLoop: "Allow" }));
  expect(await caller.client.send(new GetFunctionRecursionConfigCommand(f))).toMatchObject({ RecursiveLoop: "Allow" });
  const { outcomes, dead } = await roundTrips(20);
  expect(outcomes).toEqual(Array(20).fill("answered"));
  expect(dead).toEqual([]);
});

test("a client that waits is told, and a function of another name runs", async () => {
  await caller.create("exports.handler = async () => process.env._X_AMZN_TRACE_ID", { FunctionName: "g" });
  let trace = "Root=1-2-3";
  for (let pass = 0; pass < MOST_PASSES; pass++) trace = passedThrough(arnOf("f"), trace);
  const invoke = (FunctionName: string) => {
    const command = new InvokeCommand({ FunctionName, Payload: '{"Records":[]}' });
    command.middlewareStack.add(
      (next) => (args) => {
        (args.request as { headers: Record<string, string> }).headers["X-Amzn-Trace-Id"] = trace;
        return next(args);
      },
      { step: "build" },
    );
    return caller.client.send(command);
  };
  await expect(invoke("f")).rejects.toMatchObject({
    name: "RecursiveInvocationException",
    message: expect.stringContaining("in a recursive loop"),
    $metadata: { httpStatusCode: 400 },
  });
  const { Payload = new Uint8Array() } = await invoke("g");
  expect(JSON.parse(Buffer.from(Payload).toString())).toBe(passedThrough(arnOf("g"), trace));
});
