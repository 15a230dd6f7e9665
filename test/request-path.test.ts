import { Session } from "node:inspector/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmulator, type Emulator } from "../src/index.ts";

const SRC = join(import.meta.dirname, "../src");

/** Whoever wants to understand a request reads these. AIM: 45 for SendMessage, 55 for Publish. */
const MOST_FILES = { sendMessage: 59, publish: 90 };

let emulator: Emulator;
let topicArn: string;
let queueUrl: string;

beforeAll(async () => {
  emulator = await createEmulator();
  const created = await ask("CreateQueue&QueueName=jobs");
  queueUrl = encodeURIComponent(/<QueueUrl>(.*)<\/QueueUrl>/.exec(created)![1]!);
  topicArn = /<TopicArn>(.*)<\/TopicArn>/.exec(await ask("CreateTopic&Name=news"))![1]!;
  await ask(
    `Subscribe&TopicArn=${topicArn}&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:jobs&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true`,
  );
});

afterAll(() => emulator.close());

async function ask(action: string): Promise<string> {
  const response = await fetch(`${emulator.endpoint}/`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: `Action=${action}`,
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text;
}

async function sendMessage(): Promise<void> {
  const response = await fetch(`${emulator.endpoint}/`, {
    method: "POST",
    headers: { "content-type": "application/x-amz-json-1.0", "x-amz-target": "AmazonSQS.SendMessage" },
    body: JSON.stringify({ QueueUrl: decodeURIComponent(queueUrl), MessageBody: "hello" }),
  });
  expect(response.status, await response.text()).toBe(200);
}

/**
 * Files of `src` of which a function is called, by V8's count, until the request is answered. What is made once is made before, and
 * what is made for many requests at a time is not counted: each of three requests has to go through a file.
 */
async function filesOf(request: () => Promise<void>): Promise<readonly string[]> {
  for (let round = 0; round < 3; round++) await request();
  const session = new Session();
  session.connect();
  try {
    await session.post("Profiler.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await session.post("Profiler.takePreciseCoverage");
    const rounds: string[][] = [];
    for (let round = 0; round < 3; round++) {
      await request();
      const { result } = await session.post("Profiler.takePreciseCoverage");
      rounds.push(result.filter(({ functions }) => functions.some(isCalled)).map(({ url }) => pathOf(url)));
    }
    const isInEach = (path: string) => rounds.every((paths) => paths.includes(path));
    return rounds[0]!.filter((path) => !path.startsWith("..") && isInEach(path)).toSorted();
  } finally {
    session.disconnect();
  }
}

/** The path below `src`. */
function pathOf(url: string): string {
  return relative(SRC, url.startsWith("file:") ? fileURLToPath(url) : url);
}

/** Reading an import calls a `get` that the test runner puts around every export. */
function isCalled({ functionName, ranges }: { functionName: string; ranges: { count: number }[] }): boolean {
  return functionName !== "get" && ranges.some(({ count }) => count > 0);
}

test("SendMessage goes through few files", async () => {
  const files = await filesOf(sendMessage);
  expect(files).toContain("service/sqs/operations/send-message.ts");
  expect(files.length, files.join("\n")).toBeLessThanOrEqual(MOST_FILES.sendMessage);
});

test("Publish to a queue goes through few files", async () => {
  const files = await filesOf(async () => {
    await ask(`Publish&TopicArn=${topicArn}&Message=hello`);
  });
  expect(files).toContain("delivery/target/queue.ts");
  expect(files.length, files.join("\n")).toBeLessThanOrEqual(MOST_FILES.publish);
});
