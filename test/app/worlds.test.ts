import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  ListSubscriptionsCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { createEmulator, type Emulator } from "../../src/index.ts";
import { answers, inTurn, keepsSilent, Receiver } from "../delivery/receiver.ts";

let emulator: Emulator;
beforeAll(async () => {
  emulator = await createEmulator();
});
afterAll(() => emulator.close());

let accounts = 0;

/** An account of its own for each test, and its clients. */
function anAccount() {
  const account = String(100_000_000_000 + accounts++);
  const settings = {
    endpoint: emulator.endpoint,
    region: "us-east-1",
    credentials: { accessKeyId: account, secretAccessKey: "any" },
  };
  return { account, sqs: new SQSClient(settings), sns: new SNSClient(settings) };
}

async function control(method: string, path: string, body?: string | object) {
  const response = await fetch(`${emulator.endpoint}/_waystation/${path}`, {
    method,
    ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const text = await response.text();
  const isJson = response.headers.get("content-type")?.startsWith("application/json");
  return { status: response.status, text, answer: isJson ? JSON.parse(text) : undefined };
}

/** A queue with one message in flight and one that is not. */
async function aBusyQueue({ sqs }: { readonly sqs: SQSClient }, name = "jobs") {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "one" }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "two" }));
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl }));
  return { QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle };
}

async function countsOf({ sqs }: { readonly sqs: SQSClient }, QueueUrl: string | undefined) {
  const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }));
  return [Attributes?.ApproximateNumberOfMessages, Attributes?.ApproximateNumberOfMessagesNotVisible];
}

describe("a snapshot", () => {
  test("brings back messages in flight, whose receipts go on working", async () => {
    const own = anAccount();
    const { QueueUrl, ReceiptHandle } = await aBusyQueue(own);
    const kept = await control("POST", "snapshots", { name: "busy", account: own.account });
    expect(kept.answer).toMatchObject({ name: "busy", account: own.account, entries: 5 });
    await own.sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "three" }));
    await own.sqs.send(new CreateQueueCommand({ QueueName: "later" }));

    expect((await control("POST", "snapshots/restore", { name: "busy" })).status).toBe(204);
    expect(await countsOf(own, QueueUrl)).toEqual(["1", "1"]);
    const { QueueUrls } = await own.sqs.send(new ListQueuesCommand({}));
    expect(QueueUrls).toEqual([QueueUrl]);
    await own.sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle }));
    expect(await countsOf(own, QueueUrl)).toEqual(["1", "0"]);
  });

  test("brings back the time, so that deadlines are as far ahead as they were", async () => {
    const own = anAccount();
    const clock = emulator.clock(own.account);
    clock.freeze();
    const start = clock.now();
    const { QueueUrl } = await aBusyQueue(own);
    await control("POST", "snapshots", { name: "timed", account: own.account });
    clock.advance("1h");
    expect(await countsOf(own, QueueUrl)).toEqual(["2", "0"]);
    await control("POST", "snapshots/restore", { name: "timed" });
    expect(clock.now()).toBe(start);
    expect(clock.isFrozen).toBe(true);
    clock.advance("29s");
    expect(await countsOf(own, QueueUrl)).toEqual(["1", "1"]);
    clock.advance("1s");
    expect(await countsOf(own, QueueUrl)).toEqual(["2", "0"]);
  });

  test("goes into a file and comes back from one, changed by hand", async () => {
    const own = anAccount();
    const { QueueUrl } = await aBusyQueue(own);
    const { text } = await control("GET", `snapshots/document?account=${own.account}`);
    const lines = text.trimEnd().split("\n");
    expect(JSON.parse(lines[0]!)).toMatchObject({ waystation: 1, account: own.account });
    const edited = text.replace('"body":"two"', '"body":"another"');
    expect((await control("POST", "snapshots/restore", edited)).status).toBe(204);
    const { Messages } = await own.sqs.send(new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10 }));
    expect(Messages?.map(({ Body }) => Body)).toEqual(["another"]);
    const kept = await control("POST", "snapshots/document?name=from-a-file", text);
    expect(kept.answer).toMatchObject({ name: "from-a-file", entries: lines.length - 1 });
  });

  test("owes the deliveries that were owed", async () => {
    const own = anAccount();
    await using receiver = await Receiver.open(inTurn(answers(200), keepsSilent, answers(200)));
    const { TopicArn } = await own.sns.send(new CreateTopicCommand({ Name: "news" }));
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: receiver.url("/") }));
    const { body: question } = await receiver.received(1);
    await own.sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: JSON.parse(question).Token }));
    await own.sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    const { body: first } = await receiver.received(2);
    const { text } = await control("GET", `snapshots/document?account=${own.account}`);
    expect(text).toContain('"type":"deliveryKept"');

    expect((await control("POST", "snapshots/restore", text)).status).toBe(204);
    const { body: second } = await receiver.received(3);
    expect(JSON.parse(second).MessageId).toBe(JSON.parse(first).MessageId);
  });

  test("shows the outbox and the log of deliveries as they were", async () => {
    const own = anAccount();
    const { TopicArn } = await own.sns.send(new CreateTopicCommand({ Name: "news" }));
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sms", Endpoint: "+15551234567" }));
    await own.sns.send(new SubscribeCommand({ TopicArn, Protocol: "email-json", Endpoint: "me@example.com" }));
    await own.sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    const shown = async () => [
      (await control("GET", `outbox?account=${own.account}`)).answer,
      (await control("GET", `deliveries?account=${own.account}`)).answer,
    ];
    const before = await shown();
    expect(before.map((answer) => Object.values(answer).flat().length)).toEqual([2, 3]);
    const { text } = await control("GET", `snapshots/document?account=${own.account}&withSecrets=true`);
    emulator.reset(own.account);
    await control("POST", "snapshots/restore", text);
    expect(await shown()).toEqual(before);
    expect(
      (await control("GET", `snapshots/document?account=${own.account}&withSecrets=true`)).text.split("\n").slice(2),
    ).toEqual(text.split("\n").slice(2));
  });

  test("that cannot be is refused with its line, and nothing is changed", async () => {
    const own = anAccount();
    const { QueueUrl } = await aBusyQueue(own);
    const { text } = await control("GET", `snapshots/document?account=${own.account}`);
    const wrong = text.replace('"senderId"', '"senderID"');
    const refused = await control("POST", "snapshots/restore", wrong);
    expect(refused).toMatchObject({
      status: 400,
      answer: { message: 'Line 4 of the snapshot: event.message has "senderID"; did you mean senderId?.' },
    });
    expect(await countsOf(own, QueueUrl)).toEqual(["1", "1"]);
  });

  test("is listed until it is deleted", async () => {
    const own = anAccount();
    await control("POST", "snapshots", { name: "listed", account: own.account });
    const named = async () =>
      (await control("GET", "snapshots")).answer.snapshots.map((one: { name: string }) => one.name);
    expect(await named()).toContain("listed");
    expect((await control("DELETE", "snapshots?name=listed")).status).toBe(204);
    expect(await named()).not.toContain("listed");
    expect(await control("POST", "snapshots/restore?name=listed")).toMatchObject({ status: 404 });
  });

  test("without a name gets one that is free", async () => {
    const own = anAccount();
    const { answer } = await control("POST", "snapshots", { account: own.account });
    expect(answer.name).toMatch(/^snapshot-\d+$/);
  });

  test("of one account leaves the others alone", async () => {
    const [own, other] = [anAccount(), anAccount()];
    await aBusyQueue(own);
    await control("POST", "snapshots", { name: "one-of-two", account: own.account });
    const { QueueUrl } = await aBusyQueue(other);
    await control("POST", "snapshots/restore", { name: "one-of-two" });
    expect(await countsOf(other, QueueUrl)).toEqual(["1", "1"]);
    const refused = await control("POST", "snapshots/restore", { name: "one-of-two", account: other.account });
    expect(refused.status).toBe(400);
  });
});

describe("a fork", () => {
  test("has the same things in another account, which go ways of their own", async () => {
    const [from, to] = [anAccount(), anAccount()];
    const { QueueUrl } = await aBusyQueue(from);
    const { TopicArn } = await from.sns.send(new CreateTopicCommand({ Name: "news" }));
    const queueArn = `arn:aws:sqs:us-east-1:${from.account}:jobs`;
    await from.sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: queueArn }));
    expect((await control("POST", "fork", { from: from.account, to: to.account })).status).toBe(204);

    const forkUrl = QueueUrl?.replace(from.account, to.account);
    expect(await countsOf(to, forkUrl)).toEqual(["1", "1"]);
    const { Subscriptions } = await to.sns.send(new ListSubscriptionsCommand({}));
    expect(Subscriptions).toMatchObject([{ Endpoint: `arn:aws:sqs:us-east-1:${to.account}:jobs`, Owner: to.account }]);
    await to.sns.send(new PublishCommand({ TopicArn: TopicArn?.replace(from.account, to.account), Message: "hello" }));
    expect(await countsOf(to, forkUrl)).toEqual(["2", "1"]);
    expect(await countsOf(from, QueueUrl)).toEqual(["1", "1"]);
  });

  test("goes into an account that has nothing", async () => {
    const [from, to] = [anAccount(), anAccount()];
    await aBusyQueue(from);
    await aBusyQueue(to, "taken");
    expect(await control("POST", "fork", { from: from.account, to: to.account })).toMatchObject({
      status: 409,
      answer: {
        message: `The account ${to.account} is to have nothing, and there is arn:aws:sqs:us-east-1:${to.account}:taken.`,
      },
    });
    expect(await control("POST", "fork", { from: from.account, to: from.account })).toMatchObject({ status: 400 });
  });
});
