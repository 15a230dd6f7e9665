import type { Profiler } from "node:inspector";
import { Session } from "node:inspector/promises";
import { join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { createEmulator, type Emulator } from "../src/index.ts";

const SRC = join(import.meta.dirname, "../src");

/** Whoever wants to understand a request reads these; `filterPolicy` are those of the policies it meets. AIM: 45 for SendMessage, 55 for Publish. */
const MOST_FILES = { sendMessage: 45, publish: 56, filterPolicy: 9 };

let emulator: Emulator;
let topicArn: string;
let queueUrl: string;

beforeAll(async () => {
  emulator = await createEmulator({ history: "off" });
  const created = await ask("sqs", "CreateQueue&QueueName=jobs");
  queueUrl = encodeURIComponent(/<QueueUrl>(.*)<\/QueueUrl>/.exec(created)![1]!);
  topicArn = /<TopicArn>(.*)<\/TopicArn>/.exec(await ask("sns", "CreateTopic&Name=news"))![1]!;
  await ask(
    "sns",
    `Subscribe&TopicArn=${topicArn}&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:jobs&Attributes.entry.1.key=RawMessageDelivery&Attributes.entry.1.value=true`,
  );
});

afterAll(() => emulator.close());

const VERSIONS = { sqs: "2012-11-05", sns: "2010-03-31" };

/** Requests are signed and say their version, as those of SDKs do. */
function signedFor(service: keyof typeof VERSIONS): string {
  return `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/${service}/aws4_request, SignedHeaders=host, Signature=0`;
}

async function ask(service: keyof typeof VERSIONS, action: string): Promise<string> {
  const response = await fetch(`${emulator.endpoint}/`, {
    method: "POST",
    headers: { "content-type": "application/x-www-form-urlencoded", authorization: signedFor(service) },
    body: `Version=${VERSIONS[service]}&Action=${action}`,
  });
  const text = await response.text();
  expect(response.status, text).toBe(200);
  return text;
}

async function sendMessage(): Promise<void> {
  const response = await fetch(`${emulator.endpoint}/`, {
    method: "POST",
    headers: {
      authorization: signedFor("sqs"),
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
    },
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
    await session.post("Debugger.enable");
    await session.post("Profiler.startPreciseCoverage", { callCount: true, detailed: false });
    await session.post("Profiler.takePreciseCoverage");
    const rounds: string[][] = [];
    for (let round = 0; round < 3; round++) {
      await request();
      const { result } = await session.post("Profiler.takePreciseCoverage");
      rounds.push(await pathsIn(session, result));
    }
    return rounds[0]!.filter((path) => rounds.every((paths) => paths.includes(path))).toSorted();
  } finally {
    session.disconnect();
  }
}

/** The path below `src`. */
function pathOf(url: string): string {
  return relative(SRC, url.startsWith("file:") ? fileURLToPath(url) : url);
}

/** What the test runner puts around every export, and calls whenever an import is read. */
const EXPORT = /^\(\) => \{ try \{ return \w+ \} catch \{\} \}$/;

/** The paths below `src` of the scripts of which functions are called. */
async function pathsIn(session: Session, scripts: readonly Profiler.ScriptCoverage[]): Promise<string[]> {
  const paths: string[] = [];
  for (const { scriptId, url, functions } of scripts) {
    const path = pathOf(url);
    const called = functions.flatMap(({ ranges: [whole] }) => (whole!.count > 0 ? [whole!] : []));
    if (path.startsWith("..") || called.length === 0) continue;
    const { scriptSource } = await session.post("Debugger.getScriptSource", { scriptId });
    if (called.some(({ startOffset, endOffset }) => !EXPORT.test(scriptSource.slice(startOffset, endOffset)))) {
      paths.push(path);
    }
  }
  return paths;
}

test("SendMessage goes through few files", async () => {
  const files = await filesOf(sendMessage);
  expect(files).toContain("service/sqs/operations/send-message.ts");
  expect(files.length, files.join("\n")).toBeLessThanOrEqual(MOST_FILES.sendMessage);
});

test("Publish past a filter policy goes through few files more", async () => {
  const filtered = /<TopicArn>(.*)<\/TopicArn>/.exec(await ask("sns", "CreateTopic&Name=filtered"))![1]!;
  const policy = encodeURIComponent(JSON.stringify({ color: ["red", { prefix: "b" }] }));
  await ask(
    "sns",
    `Subscribe&TopicArn=${filtered}&Protocol=sqs&Endpoint=arn:aws:sqs:us-east-1:000000000000:jobs&Attributes.entry.1.key=FilterPolicy&Attributes.entry.1.value=${policy}`,
  );
  const attribute = "MessageAttributes.entry.1";
  const color = `${attribute}.Name=color&${attribute}.Value.DataType=String&${attribute}.Value.StringValue=blue`;
  const files = await filesOf(async () => {
    await ask("sns", `Publish&TopicArn=${filtered}&Message=hello&${color}`);
  });
  expect(files).toContain("engine/pattern/matching/alternative.ts");
  const inPattern = files.filter((path) => path.startsWith("engine/pattern/"));
  expect(inPattern.length, inPattern.join("\n")).toBeLessThanOrEqual(MOST_FILES.filterPolicy);
});

test("Publish to a queue goes through few files", async () => {
  const files = await filesOf(async () => {
    await ask("sns", `Publish&TopicArn=${topicArn}&Message=hello`);
  });
  expect(files).toContain("delivery/target/queue.ts");
  expect(files.length, files.join("\n")).toBeLessThanOrEqual(MOST_FILES.publish);
});
