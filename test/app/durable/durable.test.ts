import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { CreateStreamCommand, KinesisClient, PutRecordCommand } from "@aws-sdk/client-kinesis";
import {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  PublishCommand,
  SetSubscriptionAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import {
  CreateQueueCommand,
  DeleteMessageCommand,
  ListQueuesCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from "@aws-sdk/client-sqs";
import { expect, test } from "vitest";
import { type Emulator, startEmulator } from "../../../src/app/emulator.ts";
import { openLmdbStore } from "../../../src/store/lmdb-store.ts";
import type { Batch, Durability, Store } from "../../../src/store/store.ts";
import { answers, inTurn, keepsSilent, Receiver } from "../../delivery/receiver.ts";

const ACCOUNT = "111111111111";
const START = 1_767_225_600_000;
const HOUR_MS = 3_600_000;
const QUEUE_ARN = `arn:aws:sqs:us-east-1:${ACCOUNT}:jobs`;

class Folder implements Disposable {
  readonly path = mkdtempSync(join(tmpdir(), "waystation-durable-"));

  [Symbol.dispose](): void {
    rmSync(this.path, { recursive: true });
  }
}

function started({ path }: Folder, durability: Durability = "process"): Promise<Emulator> {
  return startEmulator({}, { openStore: () => openLmdbStore(path, durability) });
}

/** Clients of an account that take an answer for what it is. */
function clientsOf({ endpoint }: Emulator) {
  const credentials = { accessKeyId: ACCOUNT, secretAccessKey: "any" };
  const settings = { endpoint, region: "us-east-1", credentials, maxAttempts: 1 };
  return { sqs: new SQSClient(settings), sns: new SNSClient(settings), kinesis: new KinesisClient(settings) };
}

async function control({ endpoint }: Emulator, path: string, body?: object) {
  const response = await fetch(`${endpoint}/_waystation/${path}`, { method: "POST", body: JSON.stringify(body ?? {}) });
  expect(response.status, await response.text()).toBeLessThan(300);
}

/** All there is, but for when that was asked and for the log of deliveries, which does not last. */
async function stateOf({ endpoint }: Emulator): Promise<readonly string[]> {
  const text = await (await fetch(`${endpoint}/_waystation/snapshots/document?withSecrets=true`)).text();
  return text.split("\n").filter((line) => !line.startsWith('{"waystation"') && !line.includes(":delivery-log"));
}

function linesOf(lines: readonly string[], account: string): readonly string[] {
  return lines.filter((line) => line !== "" && JSON.parse(line).resource.split(":")[4] === account);
}

/** A queue with a dead-letter queue, behind a topic, and a stream; messages wait, are in flight and are gone. */
async function fill(emulator: Emulator): Promise<string | undefined> {
  const { sqs, sns, kinesis } = clientsOf(emulator);
  await sqs.send(new CreateQueueCommand({ QueueName: "dead" }));
  const deadLetterTargetArn = QUEUE_ARN.replace("jobs", "dead");
  const RedrivePolicy = JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 });
  const Attributes = { RedrivePolicy, VisibilityTimeout: "0" };
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs", Attributes }));
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint: QUEUE_ARN }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "email-json", Endpoint: "me@example.com" }));
  for (const Message of ["one", "two", "three", "four"]) await sns.send(new PublishCommand({ TopicArn, Message }));
  for (const VisibilityTimeout of [0, 600, 600]) {
    await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout }));
  }
  const { Messages } = await sqs.send(new ReceiveMessageCommand({ QueueUrl, VisibilityTimeout: 600 }));
  await sqs.send(new DeleteMessageCommand({ QueueUrl, ReceiptHandle: Messages?.[0]?.ReceiptHandle }));
  await sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "five", DelaySeconds: 60 }));
  await kinesis.send(new CreateStreamCommand({ StreamName: "clicks", ShardCount: 2 }));
  await kinesis.send(new PutRecordCommand({ StreamName: "clicks", PartitionKey: "a", Data: Buffer.from("click") }));
  return QueueUrl;
}

test.for<Durability>(["process", "full"])(
  "with durability %s all there was is there after a restart",
  async (durability) => {
    using folder = new Folder();
    let before: readonly string[];
    {
      await using emulator = await started(folder, durability);
      emulator.clock(ACCOUNT).freeze();
      await fill(emulator);
      await control(emulator, "clock/advance", { account: ACCOUNT, duration: "1h" });
      before = await stateOf(emulator);
      expect(before.length).toBeGreaterThan(10);
    }
    await using again = await started(folder, durability);
    expect(await stateOf(again)).toEqual(before);
    expect(again.clock(ACCOUNT).isFrozen).toBe(true);
  },
);

test("time that was moved and runs goes on where it would be", async () => {
  using folder = new Folder();
  let real = START;
  const clock = { now: () => real, at: () => () => {} };
  const openStore = () => openLmdbStore(folder.path, "process");
  {
    await using emulator = await startEmulator({ clock }, { openStore });
    await control(emulator, "clock/advance", { account: ACCOUNT, duration: "1h" });
    await control(emulator, "clock/advance", { duration: "1d" });
  }
  real += 60_000;
  await using again = await startEmulator({ clock }, { openStore });
  expect(again.clock(ACCOUNT).now()).toBe(START + 25 * HOUR_MS + 60_000);
  expect(again.clock("222222222222").now()).toBe(START + 24 * HOUR_MS + 60_000);
});

test("what was reset stays gone, of one account or of all", async () => {
  using folder = new Folder();
  {
    await using emulator = await started(folder);
    await fill(emulator);
    await control(emulator, "fork", { from: ACCOUNT, to: "222222222222" });
    await control(emulator, "reset", { account: ACCOUNT });
  }
  {
    await using emulator = await started(folder);
    const lines = await stateOf(emulator);
    expect(linesOf(lines, ACCOUNT)).toEqual([]);
    expect(linesOf(lines, "222222222222").length).toBeGreaterThan(10);
    await control(emulator, "reset");
  }
  await using again = await started(folder);
  expect(await stateOf(again)).toEqual([""]);
});

test("text messages that were forgotten stay gone, and the others are there", async () => {
  using folder = new Folder();
  {
    await using before = await started(folder);
    const { sns } = clientsOf(before);
    for (const PhoneNumber of ["+15551234567", "+15557654321"]) {
      await sns.send(new PublishCommand({ PhoneNumber, Message: "hello" }));
    }
    const query = `accountId=${ACCOUNT}&phoneNumber=%2B15551234567`;
    await fetch(`${before.endpoint}/_aws/sns/sms-messages?${query}`, { method: "DELETE" });
  }
  await using after = await started(folder);
  const shown = await fetch(`${after.endpoint}/_aws/sns/sms-messages?accountId=${ACCOUNT}`);
  const { sms_messages } = (await shown.json()) as { readonly sms_messages: object };
  expect(Object.keys(sms_messages)).toEqual(["+15557654321"]);
});

test("what was restored is there after a restart", async () => {
  using folder = new Folder();
  let before: readonly string[];
  {
    await using emulator = await started(folder);
    emulator.clock().freeze();
    const QueueUrl = await fill(emulator);
    await control(emulator, "snapshots", { name: "full" });
    before = await stateOf(emulator);
    await clientsOf(emulator).sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "six" }));
    await control(emulator, "snapshots/restore", { name: "full" });
    expect(await stateOf(emulator)).toEqual(before);
  }
  await using again = await started(folder);
  expect(await stateOf(again)).toEqual(before);
});

test("a world is kept as one batch, once it was brought back, so that nobody finds the half of one", async () => {
  using folder = new Folder();
  const store = await openLmdbStore(folder.path, "process");
  const batches: (readonly string[])[] = [];
  const append = store.append.bind(store);
  store.append = (batch: Batch) => {
    batches.push(Array.from(batch.entries, ({ event }) => event.type));
    return append(batch);
  };
  await using emulator = await startEmulator({}, { openStore: async () => store });
  await fill(emulator);
  await control(emulator, "snapshots", { name: "full" });
  const [snapshot] = await emulator.snapshots();
  batches.length = 0;
  await control(emulator, "snapshots/restore", { name: "full" });
  expect(batches.length).toBe(1);
  expect(batches[0]?.slice(0, 2)).toEqual(["forgotten", "clockKept"]);
  expect(batches[0]?.length).toBeGreaterThan((snapshot?.entries ?? 0) / 2);
  batches.length = 0;
  await control(emulator, "fork", { from: ACCOUNT, to: "222222222222" });
  expect(batches.length).toBe(1);
  expect(batches[0]).toContain("messageKept");
});

test("while a write fails requests are refused with 500, and once it can be made nothing is lost", async () => {
  using folder = new Folder();
  const faulty = await aFaultyStore(folder);
  {
    await using emulator = await startEmulator({}, { openStore: async () => faulty.store });
    const { sqs } = clientsOf(emulator);
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const send = (MessageBody: string) => sqs.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    await send("one");
    faulty.failure = new Error("ENOSPC: no space left on device, write");
    for (const body of ["two", "three"]) {
      await expect(send(body)).rejects.toMatchObject({
        message: "State cannot be kept: ENOSPC: no space left on device, write",
        $metadata: { httpStatusCode: 500 },
      });
    }
    faulty.failure = undefined;
    await send("four");
  }
  await using again = await started(folder);
  const messages = (await stateOf(again)).filter((line) => line.includes('"body"'));
  // "two" happened before anybody knew; "three" was not let in.
  expect(messages.map((line) => JSON.parse(line).event.message.body)).toEqual(["one", "two", "four"]);
});

test("while a write fails control routes are refused before they do anything", async () => {
  using folder = new Folder();
  const faulty = await aFaultyStore(folder);
  await using emulator = await startEmulator({}, { openStore: async () => faulty.store });
  const { sqs } = clientsOf(emulator);
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
  faulty.failure = new Error("ENOSPC: no space left on device, write");
  const sent = sqs.send(new SendMessageCommand({ QueueUrl, MessageBody: "one" }));
  await expect(sent).rejects.toThrow("ENOSPC");
  for (const path of ["reset", "clock/freeze"]) {
    const response = await fetch(`${emulator.endpoint}/_waystation/${path}`, { method: "POST" });
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining("State cannot be kept")]);
  }
  faulty.failure = undefined;
  expect((await sqs.send(new ListQueuesCommand({}))).QueueUrls).toEqual([QueueUrl]);
  expect(emulator.clock().isFrozen).toBe(false);
});

test("what happened while nothing could be kept for long is there after a restart, whatever became of it", async () => {
  using folder = new Folder();
  const faulty = await aFaultyStore(folder);
  const other = "222222222222";
  let [before, now]: [readonly string[], number] = [[], 0];
  {
    await using emulator = await startEmulator({}, { openStore: async () => faulty.store });
    const { sqs } = clientsOf(emulator);
    await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    faulty.failure = new Error("ENOSPC: no space left on device, write");
    const clock = emulator.clock(other);
    await expect(clock.freeze()).rejects.toThrow("ENOSPC");
    const moves = Array.from({ length: 1001 }, () => clock.advance(1));
    for (const { status } of await Promise.allSettled(moves)) expect(status).toBe("rejected");
    await expect(emulator.reset(ACCOUNT)).rejects.toThrow("ENOSPC");
    faulty.failure = undefined;
    await emulator.clock(ACCOUNT).freeze();
    await sqs.send(new CreateQueueCommand({ QueueName: "others" }));
    [before, now] = [await stateOf(emulator), clock.now()];
  }
  await using again = await started(folder);
  expect(await stateOf(again)).toEqual(before);
  expect(before.filter((line) => line.includes('"created"'))).toEqual([expect.stringContaining(":others")]);
  expect(again.clock(other).now()).toBe(now);
});

test("a server that was superseded delivers nothing more, refuses everything, and keeps nothing in memory for later", async () => {
  using folder = new Folder();
  await using receiver = await Receiver.open(inTurn(answers(200), answers(500)));
  const faulty = await aFaultyStore(folder);
  let supersede: (cause: Error) => void = () => {};
  faulty.store.whenSuperseded = (superseded) => {
    supersede = superseded;
  };
  const heard: Error[] = [];
  const superseded = (cause: Error) => void heard.push(cause);
  await using emulator = await startEmulator({}, { openStore: async () => faulty.store, superseded });
  const { sns } = clientsOf(emulator);
  const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
  await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: receiver.url("/") }));
  const { body: question } = await receiver.received(1);
  await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: JSON.parse(question).Token }));
  const clock = emulator.clock(ACCOUNT);
  clock.freeze();
  await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
  await receiver.received(2);
  const batches = faulty.store.nextBatch;
  faulty.failure = new Error("another server has the database");
  supersede(faulty.failure);
  expect(heard).toEqual([faulty.failure]);
  await expect(clock.advance("1h")).rejects.toThrow("Time was stopped");
  await expect(sns.send(new PublishCommand({ TopicArn, Message: "again" }))).rejects.toThrow(
    "State cannot be kept: another server has the database",
  );
  faulty.failure = undefined; // it would be kept if it were tried
  await expect(sns.send(new PublishCommand({ TopicArn, Message: "again" }))).rejects.toThrow(
    "State cannot be kept: another server has the database",
  );
  expect([faulty.store.nextBatch, clock.pending]).toEqual([batches, 0]);
});

test("a start that fails later lets go of the folder", async () => {
  using folder = new Folder();
  await using other = await startEmulator({}, {});
  const openStore = () => openLmdbStore(folder.path, "process");
  await expect(startEmulator({ port: other.port }, { openStore })).rejects.toMatchObject({ code: "EADDRINUSE" });
  await (await started(folder)).close();
});

test("what a program does to time or to all there is, is kept when that resolves", async () => {
  using folder = new Folder();
  const faulty = await aFaultyStore(folder);
  const emulator = await startEmulator({}, { openStore: async () => faulty.store });
  const clock = emulator.clock(ACCOUNT);
  const before = faulty.store.nextBatch;
  const moves = [() => clock.freeze(), () => clock.advance("1h"), () => clock.resume(), () => emulator.reset(ACCOUNT)];
  for (const [index, move] of moves.entries()) {
    await move();
    expect(faulty.store.nextBatch, `${index}`).toBeGreaterThan(before + index);
  }
  faulty.failure = new Error("ENOSPC: no space left on device, write");
  await expect(clock.advance("1h")).rejects.toThrow("State cannot be kept: ENOSPC");
  faulty.failure = undefined;
  await emulator.close();
});

test("a delivery under way goes on after a restart, and what comes of it is in one place", async () => {
  using folder = new Folder();
  await using receiver = await Receiver.open(inTurn(answers(200), keepsSilent, keepsSilent, answers(400)));
  {
    await using emulator = await started(folder);
    const { sns, sqs } = clientsOf(emulator);
    await sqs.send(new CreateQueueCommand({ QueueName: "jobs" }));
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "news" }));
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint: receiver.url("/") }));
    const { Token } = JSON.parse((await receiver.received(1)).body);
    const { SubscriptionArn } = await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token }));
    const policy = {
      AttributeName: "RedrivePolicy",
      AttributeValue: JSON.stringify({ deadLetterTargetArn: QUEUE_ARN }),
    };
    await sns.send(new SetSubscriptionAttributesCommand({ SubscriptionArn, ...policy }));
    await sns.send(new PublishCommand({ TopicArn, Message: "hello" }));
    await receiver.received(2);
  }
  {
    await using emulator = await started(folder);
    await receiver.received(3);
    expect((await stateOf(emulator)).filter((line) => line.includes('"deliveryKept"'))).toHaveLength(1);
  }
  {
    await using emulator = await started(folder);
    await control(emulator, "wait", { until: "deliveries-settled", topic: "news" });
  }
  await using again = await started(folder);
  const lines = await stateOf(again);
  expect(lines.filter((line) => line.includes('"deliveryKept"'))).toEqual([]);
  expect(lines.filter((line) => line.includes(":sqs:") && line.includes("hello"))).toHaveLength(1);
  expect(receiver.requests).toHaveLength(4);
});

/** A store on a disk that is full for as long as there is a failure. */
async function aFaultyStore({ path }: Folder) {
  const store = await openLmdbStore(path, "process");
  const faulty: { failure: Error | undefined; readonly store: Store } = {
    failure: undefined,
    store: {
      append(batch: Batch) {
        if (faulty.failure !== undefined) throw faulty.failure;
        return store.append(batch);
      },
      get nextBatch() {
        return store.nextBatch;
      },
      get appendedBytes() {
        return store.appendedBytes;
      },
      isGrown: (held) => store.isGrown(held),
      load: () => store.load(),
      compact: (bases, held) => store.compact(bases, held),
      close: () => store.close(),
    },
  };
  return faulty;
}
