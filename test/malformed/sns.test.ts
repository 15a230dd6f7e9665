import fc from "fast-check";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import { aLogger } from "../support/a-server.ts";
import { anEmulator } from "../support/emulator.ts";
import { QueryClient } from "../support/query-client.ts";
import { RawConnection } from "../support/raw-connection.ts";
import { aService } from "../support/sns.ts";
import { type OddRequest, oddRequest, TOPIC_ARN } from "./sns-requests.ts";

const SIGNED = `AWS4-HMAC-SHA256 Credential=test/20260101/us-east-1/sns/aws4_request, SignedHeaders=host, Signature=0`;
const FORM = "application/x-www-form-urlencoded; charset=utf-8";
const ENTRY = "PublishBatchRequestEntries.member";
/** What the front end says when it cannot tell which service a request is for. */
const FRONT_END = /^<(?:UnknownOperation|AccessDenied)Exception\b/;
const ABOUT = { name: "Waystation" };
const parser = new XMLParser({ parseTagValue: false });

interface Answer {
  readonly status: number;
  readonly body: string;
}

/** Sends one request on a connection of its own, byte by byte as it is. */
async function answerTo(
  { method, query, contentType, body, isSigned }: OddRequest,
  { port }: Emulator,
): Promise<Answer> {
  using connection = await RawConnection.to(port);
  const head = [
    `${method} /${query === "" ? "" : `?${query}`} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: close",
    ...(isSigned ? [`Authorization: ${SIGNED}`] : []),
    ...(contentType === "" ? [] : [`Content-Type: ${contentType}`]),
    `Content-Length: ${body.length}`,
  ].join("\r\n");
  await connection.say(Buffer.concat([Buffer.from(`${head}\r\n\r\n`, "latin1"), body]));
  const text = Buffer.from(await connection.hearsToTheEnd(), "latin1").toString();
  const [, status = "0"] = /^HTTP\/1\.1 (\d{3}) /.exec(text) ?? [];
  return { status: Number(status), body: text.slice(text.indexOf("\r\n\r\n") + 4) };
}

/** §1.4: every refusal has the envelope of SNS or, where nobody can tell whom it is for, the front end's one element. */
function expectToBeAws({ status, body }: Answer): void {
  expect([200, 400, 403, 404, 413]).toContain(status);
  if (body === "" || FRONT_END.test(body)) return;
  if (body.startsWith("{")) {
    // A GET that names no operation and no service is told what answers here.
    return expect(JSON.parse(body)).toEqual(
      expect.objectContaining(status === 200 ? ABOUT : { __type: expect.any(String) }),
    );
  }
  expect(XMLValidator.validate(body)).toBe(true);
  const document = parser.parse(body);
  if (status === 200) return;
  const { Error: error, RequestId } = document.ErrorResponse;
  expect(RequestId).toMatch(/^[0-9a-f-]{36}$/);
  expect(error).toMatchObject({
    Type: "Sender",
    Code: expect.stringMatching(/^[A-Z]\w+$/),
    Message: expect.anything(),
  });
  expect(body).not.toMatch(/\.[jt]s:\d+/);
}

test("thousands of bad requests are refused in SNS's words, none as our own failure, and good ones still work", async () => {
  const { lines, logger } = aLogger("error");
  await using emulator = await anEmulator({ logger });
  await expectToWork(emulator);
  const operations = [...aService().service.operations.values()];
  await fc.assert(
    fc.asyncProperty(fc.array(oddRequest(operations), { minLength: 10, maxLength: 10 }), async (requests) => {
      const answers = await Promise.all(requests.map((request) => answerTo(request, emulator)));
      answers.forEach(expectToBeAws);
    }),
    { numRuns: 400 },
  );
  expect(lines.filter(({ level }) => level === "error")).toEqual([]);
  await expectToWork(emulator);
});

const LIST = 20_000;
const TOPIC = `&TopicArn=${TOPIC_ARN}`;

function numbered(count: number, parameter: (number: number) => string): string {
  return Array.from({ length: count }, (_, index) => `&${parameter(index + 1)}`).join("");
}

test.for<[title: string, form: string, status: number]>([
  ["many bad tag keys", `UntagResource&ResourceArn=${TOPIC_ARN}${numbered(LIST, (n) => `TagKeys.member.${n}=`)}`, 413],
  ["many tags without a value", `TagResource&ResourceArn=x${numbered(LIST, (n) => `Tags.member.${n}.Key=a`)}`, 413],
  ["many entries", `PublishBatch${TOPIC}${numbered(LIST, (n) => `${ENTRY}.${n}.Id=a`)}`, 400],
  [
    "many whole entries",
    `PublishBatch${TOPIC}${numbered(LIST, (n) => `${ENTRY}.${n}.Id=${n}&${ENTRY}.${n}.Message=x`)}`,
    400,
  ],
  [
    "many attributes",
    `Publish${TOPIC}&Message=x${numbered(LIST, (n) => `MessageAttributes.entry.${n}.Name=${n}`)}`,
    413,
  ],
  ["many settings", `CreateTopic&Name=a${numbered(LIST, (n) => `Attributes.entry.${n}.key=${n}`)}`, 413],
  ["one key many times", `CreateTopic&Name=a${numbered(LIST, (n) => `Attributes.entry.${n}.key=DisplayName`)}`, 413],
  ["many unknown names", `ListTopics${numbered(LIST, (n) => `a.b.c.d.e.f.${n}.h.i.j=1`)}`, 413],
  ["long unknown names", `ListTopics${numbered(450, (n) => `${"x".repeat(17_000)}${100_000 + n}=1`)}`, 200],
  ["more bytes than SNS takes", `ListTopics${numbered(900, (n) => `${"x".repeat(17_000)}${100_000 + n}=1`)}`, 413],
  ["a name of nothing but dots", `ListTopics&${".".repeat(5_000_000)}=1`, 200],
  ["a long topic name", `CreateTopic&Name=${"a".repeat(5_000_000)}`, 400],
  ["a long token", `ListTopics&NextToken=${"a".repeat(5_000_000)}`, 400],
  ["an ARN of many parts", `GetTopicAttributes&TopicArn=${":".repeat(5_000_000)}`, 400],
  ["a long phone number", `Publish&Message=x&PhoneNumber=${"1".repeat(5_000_000)}`, 400],
  ["a long subject", `Publish${TOPIC}&Message=x&Subject=${"a".repeat(5_000_000)}`, 400],
  ["a long address", `Subscribe${TOPIC}&Protocol=email&Endpoint=${"a@".repeat(2_000_000)}`, 400],
  ["a long SMS endpoint", `Subscribe${TOPIC}&Protocol=sms&Endpoint=${"1-".repeat(2_000_000)}`, 400],
  ["nothing but escapes", `Publish${TOPIC}&Message=${"%20".repeat(300_000)}`, 400],
])("%s are too much, at most, and soon answered", async ([, form, status]) => {
  await using emulator = await anEmulator();
  await expectToWork(emulator);
  const body = Buffer.from(`Action=${form}&Version=2010-03-31`);
  const answer = await answerTo({ method: "POST", contentType: FORM, query: "", body, isSigned: true }, emulator);
  expect(answer.status).toBe(status);
  expectToBeAws(answer);
  await expectToWork(emulator);
});

test("a request that breaks off is nobody's, and the next one is answered", async () => {
  await using emulator = await anEmulator();
  using connection = await RawConnection.to(emulator.port);
  await connection.say(
    `POST / HTTP/1.1\r\nHost: x\r\nContent-Type: ${FORM}\r\nContent-Length: 100\r\n\r\nAction=CreateTo`,
  );
  connection.socket.end();
  expect(await connection.hearsToTheEnd()).not.toMatch(/^HTTP\/1\.1 [25]/);
  await expectToWork(emulator);
});

/** A good request, by somebody who knows nothing of the bad ones. */
async function expectToWork({ endpoint }: Emulator): Promise<void> {
  const client = new QueryClient({ name: "sns", version: "2010-03-31" }, endpoint);
  await client.call("CreateTopic", { Name: "orders" });
  const published = await client.call("Publish", { TopicArn: TOPIC_ARN, Message: "good" });
  expect(published).toHaveProperty("MessageId");
}
