import {
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { XMLParser } from "fast-xml-parser";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Emulator, startWaystation } from "../../../src/index.ts";

const PATH = "/_aws/sqs/messages";
const xml = new XMLParser({ ignoreDeclaration: true, parseTagValue: false });

let aws: Emulator;
let sqs: SQSClient;
let url: string;
beforeEach(async () => {
  aws = await startWaystation();
  sqs = aws.client(SQSClient);
  url = (await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }))).QueueUrl!;
});
afterEach(() => aws.close());

async function ask(path: string, init?: RequestInit): Promise<{ status: number; type: string | null; text: string }> {
  const response = await fetch(`${aws.endpoint}${path}`, init);
  return { status: response.status, type: response.headers.get("content-type"), text: await response.text() };
}

async function bodiesAt(query: string): Promise<string[]> {
  const { text } = await ask(`${PATH}?QueueUrl=${encodeURIComponent(url)}${query}`);
  return [...text.matchAll(/<Body>([^<]*)/g)].map(([, body]) => body!);
}

const send = (MessageBody: string, DelaySeconds?: number) =>
  sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody, ...(DelaySeconds && { DelaySeconds }) }));

describe("the messages of a queue, as LocalStack shows them", () => {
  test("come as ReceiveMessage gives them, with all attributes, and none is received", async () => {
    const color = { DataType: "String", StringValue: "red" };
    await sqs.send(new SendMessageCommand({ QueueUrl: url, MessageBody: "hello", MessageAttributes: { color } }));
    const { status, type, text } = await ask(`${PATH}?QueueUrl=${encodeURIComponent(url)}`);
    expect([status, type]).toEqual([200, "text/xml"]);
    const { Message } = xml.parse(text).ReceiveMessageResponse.ReceiveMessageResult;
    expect(Message).toMatchObject({
      Body: "hello",
      MD5OfBody: "5d41402abc4b2a76b9719d911017c592",
      MessageAttribute: { Name: "color", Value: { DataType: "String", StringValue: "red" } },
    });
    const names = Message.Attribute.map(({ Name }: { Name: string }) => Name);
    expect(names).toEqual(["SenderId", "SentTimestamp", "ApproximateReceiveCount"]);
    const { Messages } = await sqs.send(
      new ReceiveMessageCommand({ QueueUrl: url, MessageSystemAttributeNames: ["ApproximateReceiveCount"] }),
    );
    expect(Messages).toMatchObject([{ Body: "hello", Attributes: { ApproximateReceiveCount: "1" } }]);
  });

  test("are all that can be received, beyond the ten of a receive", async () => {
    for (let count = 0; count < 12; count++) await send(`m${count}`);
    expect(await bodiesAt("")).toEqual(Array.from({ length: 12 }, (_, count) => `m${count}`));
  });

  test("in flight or delayed are among them where that is asked for, and marked", async () => {
    await send("taken");
    const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl: url }));
    await send("late", 60);
    await send("there");
    expect(await bodiesAt("")).toEqual(["there"]);
    expect(await bodiesAt("&ShowInvisible=true")).toEqual(["there", "taken"]);
    expect(await bodiesAt("&ShowDelayed=1")).toEqual(["there", "late"]);
    expect(await bodiesAt("&ShowDelayed=false&ShowInvisible=False")).toEqual(["there"]);
    const { text } = await ask(`${PATH}?QueueUrl=${encodeURIComponent(url)}&ShowInvisible=true&ShowDelayed=true`);
    const marks = xml
      .parse(text)
      .ReceiveMessageResponse.ReceiveMessageResult.Message.map(({ Body, Attribute }: never) => [
        Body,
        ...(Attribute as { Name: string; Value: string }[])
          .filter(({ Name }) => Name.startsWith("Is"))
          .map(({ Value }) => Value),
      ]);
    expect(marks).toEqual([
      ["there", "true", "false"],
      ["taken", "false", "false"],
      ["late", "true", "true"],
    ]);
    // The receipt of whoever received it stays good.
    const ReceiptHandle = Messages![0]!.ReceiptHandle;
    await sqs.send(new ChangeMessageVisibilityCommand({ QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 }));
    expect(await bodiesAt("")).toEqual(["taken", "there"]);
  });

  test("have a receipt that is good for nothing", async () => {
    await send("hello");
    const { text } = await ask(`${PATH}/us-east-1/000000000000/jobs`);
    const { ReceiptHandle } = xml.parse(text).ReceiveMessageResponse.ReceiveMessageResult.Message as Message;
    const change = { QueueUrl: url, ReceiptHandle, VisibilityTimeout: 0 };
    await expect(sqs.send(new ChangeMessageVisibilityCommand(change))).rejects.toThrow("not a valid receipt handle");
  });

  test("are found by the path, which says region and account", async () => {
    const other = aws.client(SQSClient, { region: "eu-west-1", account: "111111111111" });
    const { QueueUrl } = await other.send(new CreateQueueCommand({ QueueName: "far" }));
    await other.send(new SendMessageCommand({ QueueUrl, MessageBody: "hello" }));
    expect((await ask(`${PATH}/eu-west-1/111111111111/far`)).text).toContain("<Body>hello</Body>");
    expect((await ask(`${PATH}/us-east-1/111111111111/far`)).text).toContain("NonExistentQueue");
  });

  test("come in JSON where that is accepted", async () => {
    await send("hello");
    const headers = { accept: "application/json" };
    const { type, text } = await ask(`${PATH}/us-east-1/000000000000/jobs`, { headers });
    expect(type).toBe("application/json");
    expect(JSON.parse(text)).toMatchObject({
      ReceiveMessageResponse: { ReceiveMessageResult: { messages: [{ Body: "hello" }] } },
    });
  });

  test("come by a form that is posted, with or without an action", async () => {
    await send("hello");
    const form = (fields: Record<string, string>) => ({ method: "POST", body: new URLSearchParams(fields) });
    expect((await ask(PATH, form({ QueueUrl: url }))).text).toContain("<Body>hello</Body>");
    expect((await ask(PATH, form({ Action: "ReceiveMessage", QueueUrl: url }))).text).toContain("<Body>hello</Body>");
    expect((await ask(PATH, form({ Action: "DeleteQueue", QueueUrl: url }))).text).toContain("InvalidAction");
    expect(await bodiesAt("")).toEqual(["hello"]);
  });

  test("come to a client of the SDK whose endpoint is the path", async () => {
    await send("hello");
    const looking = aws.client(SQSClient, { endpoint: `${aws.endpoint}${PATH}`, useQueueUrlAsEndpoint: false });
    const { Messages } = await looking.send(new ReceiveMessageCommand({ QueueUrl: url }));
    expect(Messages).toMatchObject([{ Body: "hello" }]);
    expect(await bodiesAt("")).toEqual(["hello"]);
  });

  test.for([
    "",
    "?QueueUrl=",
    "?QueueUrl=http://localhost:4566/000000000000/none",
    "/us-east-1/000000000000/none",
    "/x",
  ])("are missed in AWS's words where there is no queue: %s", async (rest) => {
    const { status, text } = await ask(`${PATH}${rest}`);
    expect(status).toBe(400);
    expect(xml.parse(text).ErrorResponse.Error).toMatchObject({
      Code: "AWS.SimpleQueueService.NonExistentQueue",
      Message: "The specified queue does not exist for this wsdl version.",
    });
  });

  test("are closed to pages of other sites", async () => {
    const headers = { origin: "https://example.com" };
    expect(await ask(`${PATH}/us-east-1/000000000000/jobs`, { headers })).toMatchObject({ status: 403 });
  });
});
