import { connect } from "node:net";
import fc from "fast-check";
import { expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import { anEmulator } from "../support/emulator.ts";

const OPERATIONS = [
  "SendMessage",
  "ReceiveMessage",
  "CreateQueue",
  "DeleteMessageBatch",
  "SetQueueAttributes",
  "Nonsense",
];
const CONTENT_TYPES = ["application/x-amz-json-1.0", "application/x-www-form-urlencoded", "text/plain", "", "a/b; c"];
const MEMBERS = [
  "QueueUrl",
  "MessageBody",
  "Entries",
  "Attributes",
  "ReceiptHandle",
  "DelaySeconds",
  "MessageAttributes",
];

/** What goes into a member: anything but, most of the time, what belongs there. */
const oddValue = fc.oneof(
  fc.anything({ maxDepth: 3 }).filter((value) => typeof value !== "bigint"),
  fc.constantFrom(
    "orders",
    "/000000000000/orders",
    "\u0000",
    "\ud800",
    -1,
    Number.MAX_VALUE,
    2 ** 53,
    null,
    [],
    {},
    "__proto__",
  ),
  fc.string({ maxLength: 200 }),
);

const oddDocument = fc
  .dictionary(fc.constantFrom(...MEMBERS), oddValue)
  .map((members) => JSON.stringify(members, (_, value) => (typeof value === "bigint" ? String(value) : value)));

const oddForm = fc
  .array(
    fc.tuple(
      fc.constantFrom(
        "Action",
        "Version",
        "QueueUrl",
        "Attribute.1.Name",
        "Attribute.x",
        "Attribute.999999999.Name",
        "%zz",
      ),
      fc.oneof(fc.constantFrom(...OPERATIONS), fc.string({ maxLength: 50 })),
    ),
    { maxLength: 8 },
  )
  .map((pairs) => pairs.map(([name, value]) => `${name}=${value}`).join("&"));

const oddBody = fc.oneof(
  oddDocument.map((text) => Buffer.from(text)),
  oddDocument.chain((text) => fc.nat(text.length).map((end) => Buffer.from(text.slice(0, end)))),
  oddForm.map((text) => Buffer.from(text)),
  fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
  fc.nat(5_000).map((depth) => Buffer.from("[".repeat(depth))),
);

const oddRequest = fc.record({
  method: fc.constantFrom("POST", "POST", "POST", "GET", "PUT", "DELETE", "HEAD", "OPTIONS", "PATCH"),
  path: fc.constantFrom(
    "/",
    "/000000000000/orders",
    "/queue/orders",
    "/%",
    "/?Action=%",
    "//",
    "/a/b/c/d/e",
    "/?".padEnd(500, "&"),
  ),
  target: fc.oneof(
    fc.constantFrom(...OPERATIONS).map((operation) => `AmazonSQS.${operation}`),
    fc.constantFrom("", "AmazonSQS", "AmazonSQS.", ".", "Other.Thing", "AmazonSQS.toString", "AmazonSQS.__proto__"),
  ),
  contentType: fc.constantFrom(...CONTENT_TYPES),
  body: oddBody,
});

type OddRequest = typeof oddRequest extends fc.Arbitrary<infer T> ? T : never;

/** Sends one request on a connection of its own, as it is; answers with the status line. */
function statusOf({ method, path, target, contentType, body }: OddRequest, { port }: Emulator): Promise<string> {
  const head = [
    `${method} ${path} HTTP/1.1`,
    "Host: 127.0.0.1",
    "Connection: close",
    ...(target === "" ? [] : [`X-Amz-Target: ${target}`]),
    ...(contentType === "" ? [] : [`Content-Type: ${contentType}`]),
    `Content-Length: ${body.length}`,
  ].join("\r\n");
  return new Promise((resolve, reject) => {
    const socket = connect(port, "127.0.0.1", () => {
      socket.write(`${head}\r\n\r\n`);
      socket.write(body);
    });
    const chunks: Buffer[] = [];
    socket.on("data", (chunk) => chunks.push(chunk));
    socket.on("error", reject);
    socket.on("close", () => resolve(Buffer.concat(chunks).toString("latin1").split("\r\n", 1)[0]!));
  });
}

test("thousands of bad requests are each answered, none as our own failure, and the server stays healthy", async () => {
  await using emulator = await anEmulator();
  const create = new URLSearchParams({ Action: "CreateQueue", QueueName: "orders", Version: "2012-11-05" });
  await fetch(`${emulator.endpoint}/`, { method: "POST", body: create });
  await fc.assert(
    fc.asyncProperty(fc.array(oddRequest, { minLength: 10, maxLength: 10 }), async (requests) => {
      const statuses = await Promise.all(requests.map((request) => statusOf(request, emulator)));
      for (const status of statuses) expect(status).toMatch(/^HTTP\/1\.1 [24]\d\d /);
    }),
    { numRuns: 300 },
  );
  const health = await fetch(`${emulator.endpoint}/_waystation/health`);
  expect(await health.json()).toMatchObject({ status: "ok" });
});
