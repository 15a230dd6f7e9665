import { X509Certificate } from "node:crypto";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { get } from "node:https";
import { text as wholeText } from "node:stream/consumers";
import { expect, test } from "vitest";
import { createEmulator, type Emulator, startEmulator } from "../../src/app/emulator.ts";
import { UsageError } from "../../src/app/settings/config.ts";
import { Signing } from "../../src/delivery/sns/signature/signing.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { AdvanceStopped } from "../../src/kernel/time/advance-stopped.ts";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { SystemClock } from "../../src/kernel/time/system-clock.ts";
import { TimeError } from "../../src/kernel/time/time-error.ts";
import { Interceptors } from "../../src/server/intercept.ts";
import { aLogger } from "../support/a-server.ts";
import { RawConnection } from "../support/raw-connection.ts";

/** Calls SQS the way the JSON protocol does, as that account. */
async function call(emulator: Emulator, operation: string, input: object, account = "000000000000") {
  const response = await fetch(emulator.endpoint, {
    method: "POST",
    headers: {
      "Content-Type": "application/x-amz-json-1.0",
      "X-Amz-Target": `AmazonSQS.${operation}`,
      Authorization: `AWS4-HMAC-SHA256 Credential=${account}/20261121/us-east-1/sqs/aws4_request, SignedHeaders=host, Signature=0`,
    },
    body: JSON.stringify(input),
  });
  const text = await response.text();
  return { status: response.status, output: text === "" ? {} : JSON.parse(text) };
}

/** A queue with one message in it. */
async function aFilledQueue(emulator: Emulator, account?: string): Promise<string> {
  const { output } = await call(emulator, "CreateQueue", { QueueName: "jobs" }, account);
  await call(emulator, "SendMessage", { QueueUrl: output.QueueUrl, MessageBody: "hello" }, account);
  return output.QueueUrl;
}

/** The bytes of such a call. */
function requestText(operation: string, input: object): string {
  const body = JSON.stringify(input);
  const type = "Content-Type: application/x-amz-json-1.0";
  return `POST / HTTP/1.1\r\nHost: here\r\n${type}\r\nX-Amz-Target: AmazonSQS.${operation}\r\nContent-Length: ${body.length}\r\n\r\n${body}`;
}

async function queueCount(emulator: Emulator, account?: string): Promise<number> {
  const { output } = await call(emulator, "ListQueues", {}, account);
  return output.QueueUrls?.length ?? 0;
}

test("an option that does not exist is refused, one that only a program can give is not", async () => {
  const misspelt: object = { profil: "aws" };
  await expect(createEmulator(misspelt)).rejects.toThrow(
    new UsageError("there is no option profil; did you mean profile?"),
  );
  await using emulator = await createEmulator({
    clock: new SystemClock(),
    ids: seededIds("any"),
    logger: aLogger("error").logger,
  });
  expect(emulator.port).toBeGreaterThan(0);
});

test("SQS answers at the endpoint, and its queues live under the configured account and region", async () => {
  await using emulator = await createEmulator({ account: "123456789012", region: "eu-west-1" });
  const response = await fetch(emulator.endpoint, {
    method: "POST",
    headers: { "Content-Type": "application/x-amz-json-1.0", "X-Amz-Target": "AmazonSQS.CreateQueue" },
    body: JSON.stringify({ QueueName: "jobs" }),
  });
  expect(await response.json()).toEqual({ QueueUrl: `${emulator.endpoint}/123456789012/jobs` });
});

test("emulators side by side share nothing", async () => {
  await using one = await createEmulator();
  await using other = await createEmulator();
  await aFilledQueue(one);
  expect(one.port).not.toBe(other.port);
  expect(await queueCount(one)).toBe(1);
  expect(await queueCount(other)).toBe(0);
});

test("moving an account's clock makes a hidden message visible again", async () => {
  await using emulator = await createEmulator();
  const QueueUrl = await aFilledQueue(emulator);
  emulator.clock().freeze();
  await call(emulator, "ReceiveMessage", { QueueUrl, VisibilityTimeout: 30 });
  await emulator.clock().advance(29_999);
  expect((await call(emulator, "ReceiveMessage", { QueueUrl })).output).toEqual({});
  await emulator.clock().advance(1);
  expect((await call(emulator, "ReceiveMessage", { QueueUrl })).output.Messages).toHaveLength(1);
});

test("moving one account's clock leaves the others'", async () => {
  await using emulator = await createEmulator();
  const QueueUrl = await aFilledQueue(emulator, "111111111111");
  await call(emulator, "ReceiveMessage", { QueueUrl, VisibilityTimeout: 43_200 }, "111111111111");
  await emulator.clock("222222222222").advance(43_200_000);
  expect((await call(emulator, "ReceiveMessage", { QueueUrl }, "111111111111")).output).toEqual({});
  await emulator.clock("111111111111").advance(43_200_000);
  expect((await call(emulator, "ReceiveMessage", { QueueUrl }, "111111111111")).output.Messages).toHaveLength(1);
});

test("a reset forgets everything", async () => {
  await using emulator = await createEmulator();
  await aFilledQueue(emulator, "111111111111");
  await aFilledQueue(emulator, "222222222222");
  emulator.reset();
  expect([await queueCount(emulator, "111111111111"), await queueCount(emulator, "222222222222")]).toEqual([0, 0]);
});

test("a reset of one account leaves the others", async () => {
  await using emulator = await createEmulator();
  await aFilledQueue(emulator, "111111111111");
  await aFilledQueue(emulator, "222222222222");
  emulator.reset("111111111111");
  expect([await queueCount(emulator, "111111111111"), await queueCount(emulator, "222222222222")]).toEqual([0, 1]);
});

test.for(["test", "12345678901", "1234567890123", ""])("%j is no account to move or to forget", async (account) => {
  await using emulator = await createEmulator();
  const refusal = new UsageError(`an account id has 12 digits, not "${account}"`);
  expect(() => emulator.clock(account)).toThrow(refusal);
  expect(() => emulator.reset(account)).toThrow(refusal);
});

test("closing stops time that is being advanced, where it has got to", async () => {
  const emulator = await createEmulator();
  const clock = emulator.clock();
  clock.freeze();
  const end = clock.now() + 1e12;
  /** Something falls due at every millisecond, without end. */
  const busy = (): unknown => clock.at(clock.now() + 1, busy);
  busy();
  const advanced = clock.advance(1e12, { signal: new AbortController().signal });
  await emulator.close();
  await expect(advanced).rejects.toThrow(AdvanceStopped);
  expect(clock.now()).toBeLessThan(end);
});

test("a reset puts the clock back on the time it follows", async () => {
  const base = new ControlledClock(new SystemClock());
  base.freeze();
  await using emulator = await createEmulator({ clock: base });
  const clock = emulator.clock();
  await clock.advance(60_000);
  expect(clock.now()).toBe(base.now() + 60_000);
  emulator.reset();
  expect(clock.now()).toBe(base.now());
});

test.for([undefined, "000000000000"])(
  "a clock kept over a reset of %s still moves its account's time",
  async (account) => {
    await using emulator = await createEmulator();
    const clock = emulator.clock(account);
    clock.freeze();
    emulator.reset(account);
    expect(clock.isFrozen).toBe(false);
    clock.freeze();
    const QueueUrl = await aFilledQueue(emulator);
    await call(emulator, "ReceiveMessage", { QueueUrl });
    await clock.advance(30_000);
    expect((await call(emulator, "ReceiveMessage", { QueueUrl })).output.Messages).toHaveLength(1);
  },
);

test.for([Number.NaN, undefined, Number.POSITIVE_INFINITY, 1e18, -5, 0.5, null, 10n])(
  "time is not advanced by %s, and goes on as before",
  async (ms) => {
    await using emulator = await createEmulator();
    const clock = emulator.clock();
    clock.freeze();
    const before = clock.now();
    const refusal = `Time is advanced by a whole number of milliseconds from 0 to 1000000000000, not by ${ms}.`;
    await expect(clock.advance(ms as number)).rejects.toThrow(new TimeError(refusal));
    expect(clock.now()).toBe(before);
    expect((await call(emulator, "CreateQueue", { QueueName: "jobs" })).status).toBe(200);
  },
);

test("a control route resets one account", async () => {
  await using emulator = await createEmulator();
  await aFilledQueue(emulator, "111111111111");
  await aFilledQueue(emulator, "222222222222");
  const url = `${emulator.endpoint}/_waystation/reset?account=222222222222`;
  expect((await fetch(url, { method: "POST" })).status).toBe(204);
  expect([await queueCount(emulator, "111111111111"), await queueCount(emulator, "222222222222")]).toEqual([1, 0]);
});

test("a control route tells the package's version and the services", async () => {
  await using emulator = await createEmulator();
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const health = await (await fetch(`${emulator.endpoint}/_waystation/health`)).json();
  expect(health).toMatchObject({ status: "ok", version, services: { sqs: "running" } });
});

test("closing answers a waiting long poll with nothing, at once", async () => {
  const emulator = await createEmulator();
  emulator.clock().freeze(); // time alone would never end the poll
  const { output } = await call(emulator, "CreateQueue", { QueueName: "jobs" });
  using client = await RawConnection.to(emulator.port);
  await client.say(requestText("ReceiveMessage", { QueueUrl: output.QueueUrl, WaitTimeSeconds: 20 }));
  await call(emulator, "GetQueueUrl", { QueueName: "jobs" }); // what was sent before it has been read by now
  await emulator.close();
  expect(await client.hearsToTheEnd()).toMatch(/^HTTP\/1\.1 200 OK\r\n[\s\S]*\r\n\r\n\{\}$/);
});

test("closing twice is closing once", async () => {
  const emulator = await createEmulator();
  await Promise.all([emulator.close(), emulator.close()]);
  await emulator.close();
  await expect(fetch(emulator.endpoint)).rejects.toThrow();
});

test("the same ids make the same answers", async () => {
  const send = async (): Promise<unknown> => {
    await using emulator = await createEmulator({
      ids: seededIds("same"),
      clock: new ControlledClock(new SystemClock()),
    });
    const { output } = await call(emulator, "CreateQueue", { QueueName: "jobs" });
    return (await call(emulator, "SendMessage", { QueueUrl: output.QueueUrl, MessageBody: "hello" })).output;
  };
  expect(await send()).toEqual(await send());
});

test.for([
  ["relaxed", 200],
  ["aws", 403],
] as const)("in the profile %s a second purge is answered with %i", async ([profile, status]) => {
  await using emulator = await createEmulator({ profile });
  const QueueUrl = await aFilledQueue(emulator);
  await call(emulator, "PurgeQueue", { QueueUrl });
  expect((await call(emulator, "PurgeQueue", { QueueUrl })).status).toBe(status);
});

test("the in-flight limit is the configured one", async () => {
  await using emulator = await createEmulator({ inFlightLimit: 1 });
  const QueueUrl = await aFilledQueue(emulator);
  await call(emulator, "SendMessage", { QueueUrl, MessageBody: "second" });
  expect((await call(emulator, "ReceiveMessage", { QueueUrl })).status).toBe(200);
  expect((await call(emulator, "ReceiveMessage", { QueueUrl })).status).toBe(403);
});

test("the body limit is the configured one", async () => {
  await using emulator = await createEmulator({ maxBodyBytes: 10 });
  const response = await fetch(emulator.endpoint, { method: "POST", body: "x".repeat(11) });
  expect(response.status).toBe(413);
});

test("a logger that is handed in gets one line for each request", async () => {
  const { lines, logger } = aLogger("debug", "info", "error");
  await using emulator = await createEmulator({ logger });
  await call(emulator, "ListQueues", {});
  await call(emulator, "GetQueueUrl", { QueueName: "none" });
  expect(lines).toMatchObject([
    { level: "debug", fields: { service: "sqs", operation: "ListQueues", status: 200 } },
    {
      level: "info",
      fields: {
        operation: "GetQueueUrl",
        resource: "none",
        account: "000000000000",
        region: "us-east-1",
        status: 400,
        errorCode: "QueueDoesNotExist",
        errorMessage: "The specified queue does not exist.",
      },
    },
  ]);
});

const TITLES = ["Amazon SQS", "Amazon SNS", "Amazon Kinesis Data Streams", "AWS CloudFormation"];

test.for([
  ["/", expect.arrayContaining(TITLES)],
  ["/health", expect.objectContaining({ sqs: "running", cloudformation: "running" })],
] as const)("%s says what this is", async ([path, services]) => {
  const { lines, logger } = aLogger("info", "error");
  await using emulator = await createEmulator({ logger });
  const { version } = JSON.parse(readFileSync(new URL("../../package.json", import.meta.url), "utf8"));
  const response = await fetch(`${emulator.endpoint}${path}`);
  expect([response.status, response.headers.get("content-type")]).toEqual([200, "application/json"]);
  expect(await response.json()).toMatchObject({
    name: "Waystation",
    version,
    status: "ok",
    services,
  });
  const head = await fetch(`${emulator.endpoint}${path}`, { method: "HEAD" });
  expect([head.status, await head.text()]).toEqual([200, ""]);
  expect(lines).toEqual([]);
});

test("with a self-signed certificate the endpoint says https, and plain clients share the port", async () => {
  await using emulator = await createEmulator({ tls: "self-signed" });
  expect(emulator.endpoint).toBe(`https://127.0.0.1:${emulator.port}`);
  const request = get(`${emulator.endpoint}/_waystation/health`, { rejectUnauthorized: false, agent: false });
  const [response] = await once(request, "response");
  expect(JSON.parse(await wholeText(response))).toMatchObject({ status: "ok" });
  expect((await fetch(`http://127.0.0.1:${emulator.port}/?Action=ListQueues`)).status).toBe(200);
});

test("an option that is no good is refused", async () => {
  await expect(createEmulator({ account: "me" })).rejects.toThrow(UsageError);
});

test("a port that is taken is reported by Node's own error", async () => {
  await using emulator = await createEmulator();
  await expect(createEmulator({ port: emulator.port })).rejects.toMatchObject({ code: "EADDRINUSE" });
});

test("the certificate that SNS messages are signed with is served on the port", async () => {
  await using emulator = await createEmulator({ region: "eu-west-1" });
  const path = new Signing("eu-west-1").certificatePath("eu-west-1");
  const response = await fetch(`${emulator.endpoint}${path}`);
  expect(new X509Certificate(await response.text()).subject).toBe("CN=sns.amazonaws.com");
});

test("interceptors have a say in a running server for as long as they are there", async () => {
  const interceptors = new Interceptors();
  await using emulator = await startEmulator({}, { interceptors });
  await aFilledQueue(emulator);
  const remove = interceptors.add(({ operation }, next) => (operation.name === "ListQueues" ? {} : next()));
  expect(await queueCount(emulator)).toBe(0);
  remove();
  expect(await queueCount(emulator)).toBe(1);
});

test.for([
  ["own", /\r\nDate: .*\r\nContent-Length: 2\r\n/s],
  ["node", /\r\nContent-Length: 2\r\nDate: /],
] as const)("with the HTTP reader %s, that one answers", async ([httpReader, order]) => {
  await using emulator = await createEmulator({ httpReader });
  using client = await RawConnection.to(emulator.port);
  await client.say(requestText("ListQueues", {}));
  expect(await client.hears("{}")).toMatch(order);
});
