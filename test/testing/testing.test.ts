import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Emulator } from "../../src/index.ts";
import { connect, WaystationError } from "../../src/testing.ts";
import { anEmulator } from "../support/emulator.ts";
import { TestClient } from "./test-client.ts";

let emulator: Emulator;
let aws: TestClient;
beforeEach(async () => {
  emulator = await anEmulator();
  aws = new TestClient(emulator);
  await aws.sqs("CreateQueue", { QueueName: "jobs" });
});
afterEach(() => emulator.close());

const send = (body: string) => aws.sqs("SendMessage", { QueueUrl: aws.url("jobs"), MessageBody: body });
const ORDER = JSON.stringify({ order: { id: 7, state: "paid" } });

describe.for(["in the process", "from afar"])("%s", (place) => {
  const fixture = () => (place === "from afar" ? connect(emulator.endpoint) : emulator);
  const failureOf = (promise: Promise<unknown>) =>
    promise.then(
      () => undefined,
      (error: unknown) => error,
    );

  test("queues are looked at, and nothing is received", async () => {
    await send("hello");
    const queue = fixture().queue("jobs");
    expect(await queue.counts()).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(await queue.messages()).toMatchObject([{ body: "hello", state: "visible", receiveCount: 0 }]);
    expect(await queue.describe()).toMatchObject({ name: "jobs", settings: { visibilityTimeoutSeconds: 30 } });
    expect(await fixture().queues()).toMatchObject([{ name: "jobs" }]);
  });

  test.for([
    ["a text", ORDER],
    ["a regular expression", /PAID"\}+$/i],
    ["a part of the JSON", { order: { id: 7 } }],
    ["a match", { json: { order: { id: 7 } } }],
    ["another match", { path: "order.state", equals: "paid", contains: "paid" }],
  ] as const)("a message is waited for by %s", async ([, expected]) => {
    await send("something else");
    const waiting = fixture().queue("jobs").waitForMessage(expected, { timeout: "10m" });
    await send(ORDER);
    expect(await waiting).toMatchObject({ kind: "sent", body: ORDER });
  });

  test("members that a match has, too, are of the JSON where their values are none of a match", async () => {
    await send('{"id": 7}');
    expect(await fixture().queue("jobs").waitForMessage({ id: 7 })).toMatchObject({ body: '{"id": 7}' });
  });

  test("a wait that does not hold says what is missing", async () => {
    await send("something else");
    const failure = await failureOf(fixture().queue("jobs").waitForMessages(2, /e/, { timeout: "0s" }));
    expect(failure).toBeInstanceOf(WaystationError);
    expect(failure).toMatchObject({
      message: "1 of 2 messages that match was sent to jobs.",
      status: 409,
      details: { count: 1, wanted: 2, messages: [{ body: "something else" }] },
    });
  });

  test("a message that comes within that much time is waited for", async () => {
    await aws.sqs("SendMessage", { QueueUrl: aws.url("jobs"), MessageBody: "late", DelaySeconds: "60" });
    await fixture().queue("jobs").wait("visible", { within: "5m" });
    expect(await fixture().queue("jobs").counts()).toMatchObject({ visible: 1 });
  });

  test("no message is expected, and what comes all the same is told", async () => {
    const queue = fixture().queue("jobs");
    const start = emulator.clock("000000000000").now();
    await queue.expectNoMessage("nothing of the kind", { within: "1h" });
    expect(emulator.clock("000000000000").now()).toBe(start + 3_600_000);
    await send("bad");
    expect(await failureOf(queue.expectNoMessage("bad"))).toMatchObject({ status: 409 });
    await queue.expectNoMessage("bad", { since: start + 3_600_001 });
  });

  test("a wait ends with its signal, for its reason", async () => {
    const controller = new AbortController();
    const waiting = failureOf(
      fixture().queue("jobs").waitForMessage("x", { timeout: "10m", signal: controller.signal }),
    );
    await send("y"); // by then it waits
    controller.abort(new Error("enough"));
    expect(await waiting).toMatchObject({ message: "enough" });
    const aborted = fixture().queues({}, { signal: controller.signal });
    expect(await failureOf(aborted)).toMatchObject({ message: "enough" });
  });

  test.for([
    ["an unknown queue", () => fixture().queue("job").counts(), "did you mean jobs?"],
    [
      "a duration that is a number",
      () => fixture().settled({ timeout: 5 as never }),
      'timeout is a text such as "30s", "5m", "2d" or "PT1H", not 5. Did you mean "5ms"?',
    ],
    ["a look-ahead", () => fixture().queue("jobs").waitForMessage(/(?=a)/), "without anything that looks ahead"],
    ["a misspelt option", () => fixture().calls({ servise: "sqs" } as never), "did you mean service?"],
    [
      "a misspelt wait",
      () =>
        fixture()
          .queue("jobs")
          .wait("visible", { cuont: 2 } as never),
      "did you mean count?",
    ],
    ["a misspelt duration", () => fixture().settled({ witin: "1h" } as never), "did you mean within?"],
    ["a misspelt signal", () => fixture().queues({}, { singal: 1 } as never), "did you mean signal?"],
    ["a misspelt account", () => fixture().fork("333333333333", { form: "1" } as never), "did you mean from?"],
    ["a misspelt region", () => fixture().topics({ regoin: "us-east-1" } as never), "did you mean region?"],
    ["a misspelt limit", () => fixture().due({ limti: 1 } as never), "did you mean limit?"],
    ["a misspelt fault", () => fixture().faults.add({ efect: "throttle" } as never), "did you mean effect?"],
    [
      "a queue without a name",
      async () =>
        fixture()
          .queue(undefined as never)
          .counts(),
      "not by undefined",
    ],
    ["no account", () => fixture().account("1").queues(), "An account id has 12 digits."],
  ] as const)("%s is refused with a sentence", async ([, ask, sentence]) => {
    const failure = await failureOf(ask());
    expect(failure).toBeInstanceOf(WaystationError);
    expect(failure).toMatchObject({ status: expect.toBeOneOf([400, 404]), message: expect.stringContaining(sentence) });
  });

  test("an account is looked at, moved and reset alone", async () => {
    const other = "111111111111";
    await aws.sqs("CreateQueue", { QueueName: "jobs" }, other);
    expect(await failureOf(fixture().queue("jobs").counts())).toMatchObject({ status: 400 });
    const mine = fixture().account(other);
    expect(await mine.queues()).toMatchObject([{ name: "jobs", account: other }]);
    const start = emulator.clock(other).now();
    await mine.clock().advance("30s");
    expect(emulator.clock(other).now()).toBe(start + 30_000);
    expect(emulator.clock("000000000000").now()).toBe(start);
    await mine.reset();
    expect(await fixture().queues()).toMatchObject([{ account: "000000000000" }]);
  });

  test("worlds are kept, brought back and copied", async () => {
    await send("hello");
    await fixture().snapshot("full");
    expect(await fixture().snapshots()).toMatchObject([{ name: "full" }]);
    await fixture().reset();
    expect(await fixture().queues()).toEqual([]);
    await fixture().restore("full");
    await fixture().account("000000000000").fork("222222222222");
    expect(await fixture().account("222222222222").queue("jobs").messages()).toMatchObject([{ body: "hello" }]);
    const document = await fixture().document("full");
    expect(document).toMatch(/^\{"waystation":1,/);
    await fixture().deleteSnapshot("full");
    expect(await fixture().snapshots()).toEqual([]);
    await fixture().restore({ document });
    expect(await fixture().queues()).toMatchObject([{ account: "000000000000" }]);
  });

  test("faults are added, listed and ended", async () => {
    const { seed, faults } = await fixture().faults.add({ operation: "SendMessage", effect: "throttle", times: 1 });
    expect(seed).not.toBe("");
    await expect(send("x")).rejects.toThrow("RequestThrottled");
    await send("y");
    expect(await fixture().faults.list()).toMatchObject([{ id: faults[0]?.id, fired: 1 }]);
    expect(await fixture().faults.remove(faults[0]?.id)).toHaveLength(1);
    expect(await fixture().faults.list()).toEqual([]);
  });

  test("topics are waited for and looked at", async () => {
    await aws.sns("CreateTopic", { Name: "news" });
    const TopicArn = "arn:aws:sns:us-east-1:000000000000:news";
    await aws.sns("Subscribe", { TopicArn, Protocol: "sqs", Endpoint: "arn:aws:sqs:us-east-1:000000000000:jobs" });
    const topic = fixture().topic("news");
    await aws.sns("Publish", { TopicArn, Message: "hello" });
    expect(await topic.waitForMessage("hello")).toMatchObject({ kind: "published" });
    expect(await topic.waitForMessage("hello", { event: "delivered" })).toMatchObject({ kind: "delivered" });
    await topic.settled();
    await topic.expectNoMessage("bye", { within: "1m" });
    expect(await topic.subscriptions()).toMatchObject([{ protocol: "sqs" }]);
    expect(await topic.match("hello")).toMatchObject([{ wouldGetIt: true }]);
    expect(await fixture().topics()).toMatchObject([{ name: "news" }]);
    expect(await fixture().deliveries({ topic: TopicArn })).toMatchObject([{ result: "delivered" }]);
    expect(await fixture().outbox()).toEqual([]);
  });

  test("streams are waited for and looked at", async () => {
    await aws.kinesis("CreateStream", { StreamName: "clicks", ShardCount: 1 });
    const stream = fixture().stream("clicks");
    await aws.kinesis("PutRecord", { StreamName: "clicks", Data: "aGVsbG8=", PartitionKey: "a" });
    expect(await stream.waitForRecord("hello")).toMatchObject({ kind: "put", group: "a" });
    await stream.expectNoRecord("bye", { within: "1m" });
    expect(await failureOf(stream.caughtUp(undefined, { timeout: "0s" }))).toMatchObject({
      message: "GetRecords has 1 record of clicks to read: 1 of shardId-000000000000.",
    });
    expect(await stream.records()).toMatchObject([{ data: "hello" }]);
    expect(await stream.consumers()).toEqual([]);
    expect(await stream.queues()).toEqual([]);
    expect(await fixture().streams()).toMatchObject([{ name: "clicks" }]);
  });

  test("what happened is told, and what is due", async () => {
    await aws.sqs("SendMessage", { QueueUrl: aws.url("jobs"), MessageBody: "late", DelaySeconds: "60" });
    await fixture().settled();
    expect(await fixture().calls({ operation: "SendMessage" })).toMatchObject([{ outcome: "OK" }]);
    await fixture().recordHistory(true, { inputs: true });
    await aws.sqs("ListQueues", { QueueNamePrefix: "j" });
    expect(await fixture().calls({ operation: "ListQueues" })).toMatchObject([{ input: { QueueNamePrefix: "j" } }]);
    expect(await fixture().history({ kind: "sent" })).toMatchObject([{ kind: "sent" }]);
    expect(await fixture().due({ limit: 1 })).toMatchObject([{ kind: "delay-ends", inSeconds: 60 }]);
    expect(await fixture().advanceToNext()).toMatchObject({ due: [{ kind: "delay-ends" }] });
    await fixture().waitForMessage("late", { event: "sent" });
    await fixture().expectNoMessage("never");
    expect(await fixture().deadLetters()).toEqual([]);
    await fixture().recordHistory(false);
    expect(await failureOf(fixture().history())).toMatchObject({ status: 409, message: /history is off/ });
  });

  test("what is likely to be a mistake is reported", async () => {
    expect(await fixture().report({ region: "ap-south-2" })).toEqual([]);
  });

  test("a message is explained", async () => {
    await send("hello");
    const { messageId = "" } = await fixture().queue("jobs").waitForMessage("hello");
    expect(await fixture().explain(messageId)).toMatchObject({ state: "visible", kind: "queue-message" });
    expect(await failureOf(fixture().explain("00000000-0000-4000-8000-000000000000"))).toMatchObject({ status: 404 });
  });

  test("listings are read page by page, or as far as wanted", async () => {
    for (let count = 0; count < 1050; count += 10) {
      const entries = Array.from({ length: 10 }, (_, at) => [
        [`SendMessageBatchRequestEntry.${at + 1}.Id`, String(at)],
        [`SendMessageBatchRequestEntry.${at + 1}.MessageBody`, String(count + at)],
      ]);
      await aws.sqs("SendMessageBatch", { QueueUrl: aws.url("jobs"), ...Object.fromEntries(entries.flat()) });
    }
    const bodies = (await fixture().queue("jobs").messages()).map(({ body }) => Number(body));
    expect(bodies).toEqual(Array.from({ length: 1050 }, (_, at) => at));
    expect(await fixture().queue("jobs").messages({ limit: 3 })).toHaveLength(3);
  });
});

test("from afar the clock is read, stopped, moved and let go", async () => {
  const clock = connect(emulator.endpoint, { account: "111111111111" }).clock();
  await clock.freeze();
  await clock.set("2031-01-01T00:00:00Z");
  expect(await clock.advance("1h")).toMatchObject({ account: "111111111111", isFrozen: true });
  expect(await clock.read()).toMatchObject({ time: "2031-01-01T01:00:00.000Z" });
  expect(await clock.set(1_924_995_600_000)).toMatchObject({ time: "2031-01-01T01:00:00.000Z" });
  const instant = { toISOString: () => "2031-01-02T00:00:00.000Z" }; // as a Date has it
  expect(await clock.set(instant)).toMatchObject({ time: "2031-01-02T00:00:00.000Z" });
  expect(await clock.resume()).toMatchObject({ isFrozen: false });
});

test("connect refuses what is no option", () => {
  expect(() => connect(emulator.endpoint, { acount: "1" } as never)).toThrow("did you mean account?");
});

test.for([
  ["", '""'],
  [undefined, "undefined"],
  ["127.0.0.1:4566", '"127.0.0.1:4566"'],
  ["localhost", '"localhost"'],
] as const)("connect refuses %o, as an unset variable gives it", ([endpoint, shown]) => {
  expect(() => connect(endpoint as string)).toThrow(
    `connect() takes the endpoint of a server, such as http://127.0.0.1:4566, not ${shown}.`,
  );
});

test("whom nobody answers is told where that was", async () => {
  const { endpoint } = emulator;
  await emulator.close();
  const failure = await connect(endpoint)
    .queue("jobs")
    .counts()
    .catch((cause: unknown) => cause);
  expect(failure).toBeInstanceOf(WaystationError);
  const message = expect.stringMatching(new RegExp(`^No Waystation answers at ${endpoint} \\(\\w+\\)\\.$`));
  expect(failure).toMatchObject({ status: 503, message });
});

test("who comes by https to a server without TLS is told of http", async () => {
  const asked = connect(emulator.endpoint.replace("http:", "https:")).queue("jobs").counts();
  await expect(asked).rejects.toThrow(
    /^No Waystation answers at https:.*\. Without --tls it is http:\/\/ that a server has\.$/,
  );
});

test.for(["advance", "set"] as const)("in the process the clock refuses what is no option of %s", async (method) => {
  const start = emulator.clock().now();
  const moving = emulator.clock()[method]("2031-01-01T00:00:00Z", { singal: 1 } as never);
  await expect(moving).rejects.toThrow("there is no option singal; did you mean signal?");
  expect(emulator.clock().now()).toBe(start);
});

test("in the process no account is refused, for the clock as for a reset", () => {
  expect(() => emulator.clock("test")).toThrow("an account id has 12 digits");
  expect(() => emulator.account("test").reset()).toThrow("an account id has 12 digits");
});
