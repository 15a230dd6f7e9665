import { afterEach, beforeEach, expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import { type WaystationMatchers, waystationMatchers } from "../../src/testing.ts";
import { anEmulator } from "../support/emulator.ts";
import { TestClient } from "./test-client.ts";

declare module "vitest" {
  // biome-ignore lint/suspicious/noExplicitAny: vitest declares it so.
  interface Matchers<T = any> extends WaystationMatchers<T> {}
}

expect.extend(waystationMatchers);

let emulator: Emulator;
let aws: TestClient;
beforeEach(async () => {
  emulator = await anEmulator();
  aws = new TestClient(emulator);
  await aws.sqs("CreateQueue", { QueueName: "dead" });
  const deadLetterTargetArn = "arn:aws:sqs:us-east-1:000000000000:dead";
  await aws.sqs("CreateQueue", {
    QueueName: "jobs",
    "Attribute.1.Name": "RedrivePolicy",
    "Attribute.1.Value": JSON.stringify({ deadLetterTargetArn, maxReceiveCount: 1 }),
  });
});
afterEach(() => emulator.close());

const QueueUrl = () => aws.url("jobs");
const send = (body: string) => aws.sqs("SendMessage", { QueueUrl: QueueUrl(), MessageBody: body });
const receive = () => aws.sqs("ReceiveMessage", { QueueUrl: QueueUrl() });
const reasonOf = (promise: Promise<unknown>) =>
  promise.then(
    () => "",
    ({ message }: Error) => message,
  );
/** Whoever waits at all waits for longer than a test may take. */
const NOW = { timeout: "0s" };

test("toHaveMessage passes once one was sent, and is told what was sent instead", async () => {
  const waiting = expect(emulator.queue("jobs")).toHaveMessage({ order: 7 }, { timeout: "10m" });
  await send('{"order": 7, "state": "paid"}');
  await waiting;
  expect(await reasonOf(expect(emulator.queue("jobs")).toHaveMessage({ order: 8 }, NOW))).toBe(
    '0 of 1 messages that match were sent to jobs; 1 other did not match, with body {"order": 7, "state": "paid"}.',
  );
  await send(`\u202e${"x".repeat(200)}`);
  expect(await reasonOf(expect(emulator.queue("jobs")).toHaveMessage({ order: 8 }, NOW))).toBe(
    `0 of 1 messages that match were sent to jobs; 2 others did not match, the last with body \ufffd${"x".repeat(119)}….`,
  );
});

test("toHaveMessage tells of what a filter policy kept from the queue", async () => {
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:events";
  await aws.sns("CreateTopic", { Name: "events" });
  const publish = (type: string) =>
    aws.sns("Publish", {
      TopicArn,
      Message: type,
      "MessageAttributes.entry.1.Name": "type",
      "MessageAttributes.entry.1.Value.DataType": "String",
      "MessageAttributes.entry.1.Value.StringValue": type,
    });
  await publish("none is subscribed yet");
  await emulator.clock("000000000000").advance("1s");
  await aws.sns("Subscribe", {
    TopicArn,
    Protocol: "sqs",
    Endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs",
    "Attributes.entry.1.key": "FilterPolicy",
    "Attributes.entry.1.value": '{"type": ["a", "b"]}',
  });
  const reason = () => reasonOf(expect(emulator.queue("jobs")).toHaveMessage({ order: 8 }, NOW));
  expect(await reason()).toBe("0 of 1 messages that match were sent to jobs.");
  await publish("c");
  const demand = "but the filter demands that it is one of a and b.";
  const missed = "0 of 1 messages that match were sent to jobs. jobs is subscribed to events, of which";
  expect(await reason()).toBe(`${missed} 1 message did not come through: Attribute type is c, ${demand}`);
  await publish("d");
  expect(await reason()).toBe(
    `${missed} 2 messages did not come through, the last one for this: Attribute type is d, ${demand}`,
  );
  await publish("a");
  expect(await reason()).toContain("1 other did not match");
});

test("not.toHaveMessage has time pass, and names the one that came", async () => {
  const start = emulator.clock("000000000000").now();
  await expect(emulator.queue("jobs")).not.toHaveMessage("bad", { within: "1h" });
  expect(emulator.clock("000000000000").now()).toBe(start + 3_600_000);
  await send("bad");
  expect(await reasonOf(expect(emulator.queue("jobs")).not.toHaveMessage("bad"))).toMatch(
    /^Message [\w-]+ was sent at .*Z, and none was to be\.$/,
  );
  await expect(emulator.queue("jobs")).not.toHaveMessage("bad", { count: 2 });
  expect(await reasonOf(expect(emulator.queue("jobs")).toHaveMessage("bad", { count: 2, ...NOW }))).toContain("1 of 2");
});

test("messages are received, deleted, and end as dead letters", async () => {
  const jobs = emulator.queue("jobs");
  await expect(jobs).not.toHaveReceived();
  await send("x");
  const received = await receive();
  await expect(jobs).toHaveReceived("x");
  await expect(jobs).not.toHaveDeleted("x");
  await expect(jobs).not.toHaveDeadLetters();
  await emulator.clock("000000000000").advance("30s");
  await receive();
  await expect(jobs).toHaveDeadLetters(1, NOW);
  expect(await reasonOf(expect(jobs).not.toHaveDeadLetters())).toBe(
    "The queue jobs has 1 dead letter, and was not to.",
  );
  const ReceiptHandle = /<ReceiptHandle>(.*)<\/ReceiptHandle>/.exec(received)?.[1] ?? "";
  expect(ReceiptHandle).not.toBe("");
});

test("toBeEmpty waits until all are gone", async () => {
  const jobs = emulator.queue("jobs");
  await expect(jobs).toBeEmpty();
  expect(await reasonOf(expect(jobs).not.toBeEmpty())).toBe("The queue jobs is empty, and was not to.");
  await send("x");
  await expect(jobs).not.toBeEmpty();
  const waiting = expect(jobs).toBeEmpty({ timeout: "10m" });
  const [, handle = ""] = /<ReceiptHandle>(.*)<\/ReceiptHandle>/.exec(await receive()) ?? [];
  await aws.sqs("DeleteMessage", { QueueUrl: QueueUrl(), ReceiptHandle: handle });
  await waiting;
  await expect(jobs).toHaveDeleted("x");
});

test("topics deliver, streams have records", async () => {
  await aws.sns("CreateTopic", { Name: "news" });
  const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
  await aws.sns("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs" });
  await expect(emulator.topic("news")).not.toHaveDelivered("hello");
  await aws.sns("Publish", { TopicArn, Message: "hello" });
  await expect(emulator.topic("news")).toHaveMessage("hello");
  await expect(emulator.topic("news")).toHaveDelivered(/^hel+o$/);
  await aws.kinesis("CreateStream", { StreamName: "clicks", ShardCount: 1 });
  await expect(emulator.stream("clicks")).not.toHaveMessage();
});

test("what is asked in vain of what is not there is refused, not passed", async () => {
  expect(await reasonOf(expect(emulator.queue("job")).not.toBeEmpty())).toContain("did you mean jobs?");
  expect(await reasonOf(expect("jobs").toBeEmpty())).toContain("expect() takes what emulator.queue");
});
