import { connect as connectHttp2 } from "node:http2";
import { connect } from "node:net";
import { text as wholeText } from "node:stream/consumers";
import { cbor } from "@smithy/core/cbor";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import { aLogger } from "../support/a-server.ts";
import { anEmulator } from "../support/emulator.ts";
import { aKinesis } from "../support/kinesis.ts";
import { cborOf } from "./cbor-writer.ts";
import { populate } from "./kinesis-population.ts";
import { CBOR_TYPE, EVENT_TYPE, JSON_TYPE, type Known, type OddRequest, oddRequest } from "./kinesis-requests.ts";

const SIGNED = "AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/kinesis/aws4_request, SignedHeaders=a, Signature=0";

interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
}

function goodRequest(operation: string, type: string, body: Buffer): OddRequest {
  const target = `Kinesis_20131202.${operation}`;
  const signature = { authorization: SIGNED, "x-amz-date": "20260101T000000Z" };
  return { method: "POST", path: "/", headers: { "x-amz-target": target, "content-type": type, ...signature }, body };
}

/** Sends one request on a connection of its own, byte by byte as it is; hangs up on events once they have begun. */
function answerTo({ method, path, headers, body }: OddRequest, { port }: Emulator): Promise<Answer> {
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  const head = [`${method} ${path} HTTP/1.1`, "Host: 127.0.0.1", "Connection: close", ...lines];
  const bytes = Buffer.from(`${[...head, `Content-Length: ${body.length}`].join("\r\n")}\r\n\r\n`, "latin1");
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => socket.write(Buffer.concat([bytes, body])));
    const heard: Buffer[] = [];
    socket.on("data", (chunk) => {
      heard.push(chunk);
      if (heard.length < 5 && isStreaming(Buffer.concat(heard))) socket.destroy();
    });
    socket.on("error", reject);
    socket.on("close", () => resolve(answerOf(Buffer.concat(heard))));
  });
}

/** Whether what was heard is the beginning of events, which would go on for minutes. */
function isStreaming(heard: Buffer): boolean {
  return heard.includes(`content-type: ${EVENT_TYPE}\r\n`) && heard.includes("initial-response");
}

function answerOf(heard: Buffer): Answer {
  const end = heard.indexOf("\r\n\r\n");
  const [first = "", ...lines] = heard.toString("latin1", 0, end).split("\r\n");
  const headers = lines.map((line) => [
    line.slice(0, line.indexOf(":")).toLowerCase(),
    line.slice(line.indexOf(":") + 2),
  ]);
  return {
    status: Number(/^HTTP\/1\.1 (\d{3}) /.exec(first)?.[1]),
    headers: Object.fromEntries(headers),
    body: heard.subarray(end + 4),
  };
}

const XML = [
  "<AccessDeniedException>\n  <Message>Unable to determine service/operation name to be authorized</Message>\n</AccessDeniedException>\n",
  "<UnknownOperationException/>\n",
  "<UnknownOperationException/>", // of whom nothing says for whom it is
];

/**
 * Kinesis reference 1.3, 1.4, 1.11: answers are in the format they say, and refusals are of AWS's form. AWS itself
 * stumbles, with a 500, over sequence numbers of the oldest version (5.3); a failure of ours would be logged.
 */
function expectToBeAws({ status, headers, body }: Answer): void {
  expect([200, 400, 403, 404, 500]).toContain(status);
  expect(headers["x-amzn-requestid"]).toMatch(/^[0-9a-f-]{36}$/);
  const type = headers["content-type"];
  if (type === EVENT_TYPE) return expect(body.toString("latin1")).toContain("initial-response");
  if (body.length === 0) return;
  if (type === undefined) return expect(XML).toContain(body.toString());
  // Nothing says that the request is for Kinesis, and it could be a form.
  if (type === "text/xml") return expect(body.toString()).toContain("<Code>MalformedQueryString</Code>");
  const answer = type === CBOR_TYPE ? cbor.deserialize(body) : JSON.parse(body.toString());
  if (status === 200) return;
  const { __type: code, ...rest } = type === "application/json" ? answer.Output : answer;
  expect(code).toMatch(/^(com\.amazon\.coral\.service#)?[A-Z]\w+$/);
  for (const [key, message] of Object.entries(rest)) {
    expect(key).toBe(code === "SerializationException" ? "Message" : "message");
    expect(message).not.toMatch(/\.[jt]s:\d+|TypeError|RangeError|undefined/);
  }
}

/** Has something come into being over the wire; yields what leads to it. */
function populateOver(emulator: Emulator): Promise<Known> {
  return populate(async (operation, input) => {
    const { body } = await answerTo(goodRequest(operation, JSON_TYPE, Buffer.from(JSON.stringify(input))), emulator);
    return body.length === 0 ? {} : JSON.parse(body.toString());
  });
}

/** Puts a record in each of the formats. */
async function expectToWork(emulator: Emulator): Promise<void> {
  await answerTo(goodRequest("CreateStream", JSON_TYPE, Buffer.from('{"StreamName":"good","ShardCount":1}')), emulator);
  const json = Buffer.from('{"StreamName":"good","Data":"AA==","PartitionKey":"k"}');
  expect(await answerTo(goodRequest("PutRecord", JSON_TYPE, json), emulator)).toMatchObject({ status: 200 });
  const input = { StreamName: "good", Data: new Uint8Array(1), PartitionKey: "k" };
  expect(await answerTo(goodRequest("PutRecord", CBOR_TYPE, cborOf(input, true)), emulator)).toMatchObject({
    status: 200,
  });
}

/** What the server logged as its own mistakes. */
function failuresIn(lines: ReturnType<typeof aLogger>["lines"]): readonly unknown[] {
  return lines.filter(({ fields }) => fields.err !== undefined);
}

const all = [...aKinesis().service.operations.values()];
/** Those that answer at once. */
const operations = all.filter(({ name }) => !/^Receive/.test(name));
/** Of these, those that leave the rest something to work on. */
const destructive = ["DeleteStream", "DeregisterStreamConsumer", "DeleteQueue"];
const harmless = operations.filter(({ name }) => !destructive.includes(name));
/** Those of queues, which wait, and what gives them something to wait for. */
const ofQueues = all.filter(({ name }) => /Queue|^PutRecord$/.test(name) && name !== "DeleteQueue");

test("thousands of bad requests are refused in AWS's words, none as our own failure, and good ones still work", async () => {
  const { lines, logger } = aLogger("error");
  await using emulator = await anEmulator({ logger });
  const known = await populateOver(emulator);
  await fc.assert(
    fc.asyncProperty(fc.array(oddRequest(harmless, known), { minLength: 10, maxLength: 10 }), async (requests) => {
      const answers = await Promise.all(requests.map((request) => answerTo(request, emulator)));
      answers.forEach(expectToBeAws);
    }),
    { numRuns: 400, endOnFailure: true },
  );
  expect(failuresIn(lines)).toEqual([]);
  await expectToWork(emulator);
});

test("the same over HTTP/2, many on one connection", async () => {
  const { lines, logger } = aLogger("error");
  await using emulator = await anEmulator({ logger });
  const known = await populateOver(emulator);
  const session = connectHttp2(`http://127.0.0.1:${emulator.port}`);
  session.on("error", () => {});
  const send = async ({ method, path, headers, body }: OddRequest): Promise<Answer> => {
    const stream = session.request({ ":method": method, ":path": path, ...headers }, { endStream: false });
    const answered = new Promise<Record<string, string>>((resolve) => {
      stream.on("response", (fields) => resolve(fields as unknown as Record<string, string>));
    });
    stream.end(body);
    const fields = await answered;
    const isEvents = fields["content-type"] === EVENT_TYPE;
    const text = isEvents ? "initial-response" : await wholeText(stream.setEncoding("latin1"));
    if (isEvents) stream.close();
    return { status: Number(fields[":status"]), headers: fields, body: Buffer.from(text, "latin1") };
  };
  await fc.assert(
    fc.asyncProperty(fc.array(oddRequest(operations, known), { minLength: 10, maxLength: 10 }), async (requests) => {
      (await Promise.all(requests.map(send))).forEach(expectToBeAws);
    }),
    { numRuns: 100, endOnFailure: true },
  );
  session.destroy();
  expect(failuresIn(lines)).toEqual([]);
  await expectToWork(emulator);
});

test("those of queues are refused likewise, or answered when what they wait for comes or time is up", async () => {
  const { lines, logger } = aLogger("error");
  await using emulator = await anEmulator({ logger });
  const known = await populateOver(emulator);
  const ping = goodRequest("ListStreams", JSON_TYPE, Buffer.from("{}"));
  await fc.assert(
    fc.asyncProperty(fc.array(oddRequest(ofQueues, known), { minLength: 10, maxLength: 10 }), async (requests) => {
      let left = requests.length;
      const answers = requests.map((request) => answerTo(request, emulator).finally(() => left--));
      while (left > 0) {
        // Every round trip lets the server read on, so in the end all are waiting or answered.
        await answerTo(ping, emulator);
        await emulator.clock().advance(1000);
      }
      (await Promise.all(answers)).forEach(expectToBeAws);
    }),
    { numRuns: 100, endOnFailure: true },
  );
  expect(failuresIn(lines)).toEqual([]);
  await expectToWork(emulator);
});

describe("one request that is a burden is refused like any other", () => {
  const MANY = 1_000_000;
  const json = (before: string, part: string, after: string, count = MANY) =>
    Buffer.from(`${before}${part.repeat(count)}${after}`);

  test.for<[title: string, operation: string, type: string, body: () => Buffer, code: string]>([
    [
      "a million keys that are too short",
      "RemoveTagsFromStream",
      JSON_TYPE,
      () => json('{"StreamName":"s","TagKeys":["a"', ',""', "]}"),
      "ValidationException",
    ],
    [
      "a million records that are nothing",
      "PutRecords",
      JSON_TYPE,
      () => json('{"StreamName":"s","Records":[{}', ",{}", "]}"),
      "ValidationException",
    ],
    ["the same in CBOR", "PutRecords", CBOR_TYPE, () => bare(0xa0, MANY - 100), "ValidationException"],
    [
      "an ARN that could begin anywhere",
      "DescribeStream",
      JSON_TYPE,
      () => json('{"StreamARN":"arn:aws', ":kinesis:000000000000:stream/", ' "}', 200_000),
      "ValidationException",
    ],
    [
      "a name of six megabytes",
      "DescribeStream",
      JSON_TYPE,
      () => json('{"StreamName":"', "x".repeat(6), '"}'),
      "ValidationException",
    ],
    [
      "a hash key of six megabytes",
      "SplitShard",
      JSON_TYPE,
      () => json('{"StreamName":"s","ShardToSplit":"0","NewStartingHashKey":"', "1".repeat(6), '"}'),
      "ValidationException",
    ],
    ["lists without end", "PutRecords", JSON_TYPE, () => json('{"Records":', "[", ""), "SerializationException"],
    [
      "lists a million deep",
      "PutRecords",
      JSON_TYPE,
      () => json('{"Records":', "[", `${"]".repeat(MANY)}}`),
      "SerializationException",
    ],
    ["lists without end in CBOR", "PutRecords", CBOR_TYPE, () => bare(0x9f, MANY), "SerializationException"],
    ["nothing but tags", "PutRecords", CBOR_TYPE, () => bare(0xc1, MANY), "SerializationException"],
  ])("%s", async ([, operation, type, body, code]) => {
    const { lines, logger } = aLogger("error");
    await using emulator = await anEmulator({ logger });
    const answer = await answerTo(goodRequest(operation, type, body()), emulator);
    expectToBeAws(answer);
    const { __type } = type === CBOR_TYPE ? cbor.deserialize(answer.body) : JSON.parse(answer.body.toString());
    expect([answer.status, __type]).toEqual([400, code]);
    expect(lines).toEqual([]);
    await expectToWork(emulator);
  });
});

/** A map whose one member, Records, is a list of that many bytes, each an item. */
function bare(byte: number, count: number): Buffer {
  const before = Buffer.from("bf675265636f7264739f", "hex");
  return Buffer.concat([before, Buffer.alloc(count, byte), Buffer.from("ffff", "hex")]);
}
