import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import {
  AddPermissionCommand,
  InvokeCommand,
  PutFunctionConcurrencyCommand,
  PutFunctionEventInvokeConfigCommand,
} from "@aws-sdk/client-lambda";
import { CreateTopicCommand, PublishCommand, SNSClient, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, type Message, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/app/emulator.ts";
import { formatIso8601 } from "../../src/kernel/time/iso8601.ts";
import { ACCOUNT, arnOf, f, queueArn, REGION } from "../support/lambda.ts";
import { aLambdaServer, FunctionCaller } from "../support/lambda-server.ts";
import { CodeFolder } from "../support/runtime.ts";

// Lambda reference 5 and 10

const MINUTE = 60_000;
const FAILS = `exports.handler = async (event, { awsRequestId }) => { throw new Error("no " + JSON.stringify(event)); };`;
const ANSWERS = "exports.handler = async (event) => ({ got: event });";

let emulator: Emulator;
let caller: FunctionCaller;
let sqs: SQSClient;
let sns: SNSClient;
beforeAll(async () => {
  emulator = await aLambdaServer();
  caller = new FunctionCaller(emulator);
  sqs = emulator.client(SQSClient);
  sns = emulator.client(SNSClient);
});
afterAll(() => emulator.close());
beforeEach(() => {
  emulator.reset();
  emulator.clock().freeze();
});

const queueUrl = (name: string) => `${emulator.endpoint}/${ACCOUNT}/${name}`;

async function createQueues(...names: readonly string[]): Promise<void> {
  for (const QueueName of names) await sqs.send(new CreateQueueCommand({ QueueName }));
}

const now = () => emulator.clock().now();

/** What is in a queue, of which nothing is expected that is not there already. */
async function messagesIn(name: string): Promise<readonly Message[]> {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl(name),
      MaxNumberOfMessages: 10,
      MessageAttributeNames: ["All"],
      MessageSystemAttributeNames: ["All"],
    }),
  );
  return Messages;
}

/** Lets time pass from one thing that is due to the next until nothing is owed to anybody. */
const settle = (within = "1h") => emulator.settled({ within, timeout: "1m" });

function invokeLater(event: unknown, FunctionName = "f") {
  const Payload = JSON.stringify(event);
  return caller.client.send(new InvokeCommand({ FunctionName, InvocationType: "Event", Payload }));
}

function configure(given: Omit<PutFunctionEventInvokeConfigCommand["input"], "FunctionName">, FunctionName = "f") {
  return caller.client.send(new PutFunctionEventInvokeConfigCommand({ FunctionName, ...given }));
}

describe("an Event", () => {
  test("is answered with 202 and nothing, before the function has run", async () => {
    await caller.create(ANSWERS);
    const { StatusCode, Payload, ExecutedVersion, FunctionError } = await invokeLater({ a: 1 });
    expect([StatusCode, Payload?.length ?? 0, ExecutedVersion, FunctionError]).toEqual([202, 0, undefined, undefined]);
    await settle();
  });

  test("that fails is told of by a file where a folder stands in the place of buckets", async () => {
    using folder = new CodeFolder({});
    await using own = await aLambdaServer({ channelDir: folder.path });
    const maker = new FunctionCaller(own);
    await maker.create(FAILS);
    const OnFailure = { Destination: "arn:aws:s3:::failed" };
    await maker.client.send(new PutFunctionEventInvokeConfigCommand({ ...f, DestinationConfig: { OnFailure } }));
    await maker.client.send(new InvokeCommand({ ...f, InvocationType: "Event", Payload: '{"a":1}' }));
    await own.settled({ within: "1h", timeout: "1m" });
    const files = readdirSync(join(folder.path, "failed/aws/lambda/async/f"), { recursive: true, encoding: "utf8" });
    const [name = ""] = files.filter((path) => path.split("/").length === 4);
    const text = readFileSync(join(folder.path, "failed/aws/lambda/async/f", name), "utf8");
    expect(JSON.parse(text)).toMatchObject({ requestPayload: { a: 1 }, requestContext: { approximateInvokeCount: 3 } });
  });

  test("that fails is tried three times within three minutes; then destination and dead-letter queue are told", async () => {
    await createQueues("failed", "dead");
    await caller.create(FAILS, { DeadLetterConfig: { TargetArn: queueArn("dead") } });
    await configure({ DestinationConfig: { OnFailure: { Destination: queueArn("failed") } } });
    const startedAt = now();
    const { $metadata } = await invokeLater({ a: 1 });
    await settle();
    expect(now() - startedAt).toBe(3 * MINUTE);
    const [record, ...others] = await messagesIn("failed");
    expect(others).toEqual([]);
    const body = JSON.parse(record?.Body ?? "");
    expect(body).toEqual({
      version: "1.0",
      timestamp: formatIso8601(startedAt + 3 * MINUTE),
      requestContext: {
        requestId: $metadata.requestId,
        functionArn: `${arnOf("f")}:$LATEST`,
        condition: "RetriesExhausted",
        approximateInvokeCount: 3,
      },
      requestPayload: { a: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST", functionError: "Unhandled" },
      responsePayload: { errorType: "Error", errorMessage: 'no {"a":1}', trace: expect.any(Array) },
    });
    expect(Object.keys(body)).toEqual([
      ...["version", "timestamp", "requestContext", "requestPayload", "responseContext", "responsePayload"],
    ]);
    expect(record?.MessageAttributes).toBeUndefined();
    expect(record?.Attributes).toMatchObject({ AWSTraceHeader: expect.stringContaining("Root=1-") });
    const [deadLetter] = await messagesIn("dead");
    expect(deadLetter?.Body).toBe('{"a":1}');
    expect(deadLetter?.MessageAttributes).toEqual({
      RequestID: { DataType: "String", StringValue: $metadata.requestId },
      ErrorCode: { DataType: "Number", StringValue: "200" },
      ErrorMessage: { DataType: "String", StringValue: 'no {"a":1}' },
    });
  });

  test("can be looked at while it waits for its retry, and is among what is due", async () => {
    await caller.create(FAILS);
    const { $metadata } = await invokeLater("x");
    await emulator.settled({ within: "59s" }).catch(() => {}); // nor does it
    const events = await emulator.functionEvents({ function: "f" });
    expect(events).toEqual([
      {
        ...{ requestId: $metadata.requestId, functionArn: arnOf("f"), account: ACCOUNT, region: REGION },
        ...{ failures: 1, state: "waiting", payloadBytes: 3, acceptedAt: expect.any(String) },
        ...{ ageSeconds: 59, nextAttemptTime: formatIso8601(now() + 1000) },
      },
    ]);
  });

  test("is in a snapshot while it waits, and is owed again once that is restored", async () => {
    await caller.create(FAILS);
    await invokeLater("x");
    await emulator.settled({ within: "1s" }).catch(() => {});
    const waiting = await emulator.functionEvents();
    expect(waiting).toMatchObject([{ failures: 1, state: "waiting" }]);
    await emulator.snapshot("waiting");
    emulator.reset();
    expect(await emulator.functionEvents()).toEqual([]);
    await emulator.restore("waiting");
    expect(await emulator.functionEvents()).toEqual(waiting);
    expect(await emulator.due()).toMatchObject([{ kind: "event-is-attempted", messageId: waiting[0]?.requestId }]);
  });

  test("that succeeds is told of to a topic, and from there to a function", async () => {
    await createQueues("told");
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "done" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn("told") }));
    await caller.create(ANSWERS);
    await configure({ DestinationConfig: { OnSuccess: { Destination: TopicArn } } });
    await invokeLater({ a: 1 });
    await settle();
    const [message] = await messagesIn("told");
    const envelope = JSON.parse(message?.Body ?? "");
    expect(envelope).toMatchObject({ Type: "Notification", TopicArn });
    expect(JSON.parse(envelope.Message)).toMatchObject({
      requestContext: { condition: "Success", approximateInvokeCount: 1 },
      responseContext: { statusCode: 200, executedVersion: "$LATEST" },
      responsePayload: { got: { a: 1 } },
    });
  });

  test("that succeeds invokes the function it names, which is told in its turn", async () => {
    await createQueues("told");
    await caller.create(ANSWERS);
    await caller.create(ANSWERS, { FunctionName: "g" });
    await configure({ DestinationConfig: { OnSuccess: { Destination: arnOf("g") } } });
    await configure({ DestinationConfig: { OnSuccess: { Destination: queueArn("told") } } }, "g");
    await invokeLater({ a: 1 });
    await settle();
    const [message] = await messagesIn("told");
    expect(JSON.parse(message?.Body ?? "")).toMatchObject({
      requestPayload: { requestPayload: { a: 1 }, responsePayload: { got: { a: 1 } } },
    });
  });

  test("with a maximum age of 90 seconds is tried twice", async () => {
    await createQueues("failed");
    await caller.create(FAILS);
    await configure({
      MaximumEventAgeInSeconds: 90,
      DestinationConfig: { OnFailure: { Destination: queueArn("failed") } },
    });
    await invokeLater({});
    await settle();
    const [message] = await messagesIn("failed");
    expect(JSON.parse(message?.Body ?? "").requestContext).toMatchObject({
      condition: "EventAgeExceeded",
      approximateInvokeCount: 2,
    });
  });

  test("of a function that nobody may run ends at once", async () => {
    await createQueues("failed");
    await caller.create(FAILS);
    await caller.client.send(new PutFunctionConcurrencyCommand({ ...f, ReservedConcurrentExecutions: 0 }));
    await configure({ DestinationConfig: { OnFailure: { Destination: queueArn("failed") } } });
    await invokeLater({});
    await settle("0s");
    const [message] = await messagesIn("failed");
    expect(JSON.parse(message?.Body ?? "").requestContext.condition).toBe("ZeroReservedConcurrency");
  });
});

describe("a topic with a function", () => {
  /** A topic whose function tells a queue what it got. */
  async function aTopic({ permits = true, makes = true } = {}) {
    await createQueues("told", "dead");
    if (makes) await caller.create(ANSWERS);
    else await caller.create(ANSWERS, { FunctionName: "other" });
    const { TopicArn = "" } = await sns.send(new CreateTopicCommand({ Name: "orders" }));
    if (makes) await configure({ DestinationConfig: { OnSuccess: { Destination: queueArn("told") } } });
    if (permits) {
      const permission = { StatementId: "sns", Action: "lambda:InvokeFunction", Principal: "sns.amazonaws.com" };
      await caller.client.send(new AddPermissionCommand({ ...f, ...permission, SourceArn: TopicArn }));
    }
    const { SubscriptionArn = "" } = await sns.send(
      new SubscribeCommand({
        ...{ TopicArn, Protocol: "lambda", Endpoint: arnOf("f"), ReturnSubscriptionArn: true },
        Attributes: { RedrivePolicy: JSON.stringify({ deadLetterTargetArn: queueArn("dead") }) },
      }),
    );
    return { TopicArn, SubscriptionArn };
  }

  test("invokes it with each message, and the record tells of the event", async () => {
    const { TopicArn, SubscriptionArn } = await aTopic();
    const { MessageId } = await sns.send(
      new PublishCommand({
        ...{ TopicArn, Message: "Hello" },
        MessageAttributes: { color: { DataType: "String", StringValue: "red" } },
      }),
    );
    await settle();
    const [message] = await messagesIn("told");
    const { requestPayload, responsePayload } = JSON.parse(message?.Body ?? "");
    expect(responsePayload).toEqual({ got: requestPayload });
    expect(requestPayload.Records).toHaveLength(1);
    const [{ Sns, ...record }] = requestPayload.Records;
    expect(record).toEqual({ EventSource: "aws:sns", EventVersion: "1.0", EventSubscriptionArn: SubscriptionArn });
    expect(Object.keys(Sns)).toEqual([
      ...["Type", "MessageId", "TopicArn", "Subject", "Message", "Timestamp", "SignatureVersion", "Signature"],
      ...["SigningCertUrl", "UnsubscribeUrl", "MessageAttributes"],
    ]);
    expect(Sns).toMatchObject({
      MessageId,
      Subject: null,
      MessageAttributes: { color: { Type: "String", Value: "red" } },
    });
    const deliveries = await emulator.deliveries({ topic: TopicArn });
    expect(deliveries).toMatchObject([{ protocol: "lambda", result: "delivered", statusCode: 202, attempt: 1 }]);
    expect(await emulator.invocations({ message: MessageId ?? "" })).toMatchObject([{ functionArn: arnOf("f") }]);
  });

  test.for([
    { what: "without a permission", given: { permits: false }, statusCode: 403, reason: "AddPermission" },
    { what: "that does not exist", given: { makes: false, permits: false }, statusCode: 404, reason: "not exist" },
  ])(
    "$what gives the message to the subscription's dead-letter queue at once",
    async ({ given, statusCode, reason }) => {
      const { TopicArn } = await aTopic(given);
      const { MessageId = "" } = await sns.send(new PublishCommand({ TopicArn, Message: "Hello" }));
      await settle("0s");
      const [message] = await messagesIn("dead");
      expect(JSON.parse(message?.Body ?? "")).toMatchObject({ Type: "Notification", MessageId, Message: "Hello" });
      const deliveries = await emulator.deliveries({ topic: TopicArn });
      expect(deliveries).toMatchObject([{ result: "deadLettered", statusCode, attempt: 1 }]);
      expect(deliveries[0]?.reason).toContain(reason);
      expect(JSON.stringify(await emulator.explain(MessageId))).toContain(reason);
    },
  );
});
