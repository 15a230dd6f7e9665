import { describe, expect, test } from "vitest";
import { aServer } from "./waiting-fixture.ts";

const QUEUE_ARN = "arn:aws:sqs:us-east-1:000000000000:";

describe("a queue", () => {
  test("is waited for until so many messages are visible, which answers the moment they are", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    expect(await server.now({ until: "visible", queue: "jobs" })).toMatchObject({
      status: 409,
      holds: false,
      count: 0,
      wanted: 1,
      message: "There never was a message in jobs.",
    });
    const waiting = server.wait({ until: "visible", queue: QueueUrl, count: 2, timeout: "10m" });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "b" });
    expect(await waiting).toMatchObject({ status: 200, holds: true, count: 2, wanted: 2 });
  });

  test("is empty once its last message is deleted, and drained only if there was one", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    expect(await server.now({ until: "empty", queue: "jobs" })).toMatchObject({ status: 200 });
    expect(await server.now({ until: "drained", queue: "jobs" })).toMatchObject({ status: 409 });
    const { MessageId } = await server.sqs<{ MessageId: string }>("SendMessage", { QueueUrl, MessageBody: "a" });
    const [ReceiptHandle] = await server.receive(QueueUrl, { VisibilityTimeout: 30 });
    expect((await server.now({ until: "drained", queue: "jobs" })).message).toMatch(
      `jobs holds 0 visible messages, 1 in flight and 0 delayed; message ${MessageId} is in flight until 2`,
    );
    const waits = [
      server.wait({ until: "drained", queue: "jobs", timeout: "10m" }),
      server.wait({ until: "empty", queue: "jobs", timeout: "10m" }),
    ];
    await server.sqs("DeleteMessage", { QueueUrl, ReceiptHandle });
    for (const answer of await Promise.all(waits)) expect(answer.status).toBe(200);
  });

  test("shows a message again as its time passes, no further than that", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    await server.receive(QueueUrl, { VisibilityTimeout: 30 });
    const start = server.emulator.clock("000000000000").now();
    const wanted = { until: "visible", queue: "jobs" };
    expect(await server.wait({ ...wanted, within: 29 })).toMatchObject({ status: 409, count: 0 });
    expect(server.emulator.clock("000000000000").now()).toBe(start + 29_000);
    expect(await server.wait({ ...wanted, within: "1h" })).toMatchObject({ status: 200, count: 1 });
    expect(server.emulator.clock("000000000000").now()).toBe(start + 30_000);
    expect(server.emulator.clock().isFrozen).toBe(true);
  });

  test("hears when somebody else advances the clock", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs", { DelaySeconds: "60" });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    const waiting = server.wait({ until: "visible", queue: "jobs", timeout: "10m" });
    await server.wait({ until: "visible", queue: "jobs", timeout: 0 });
    await server.emulator.clock().advance("60s");
    expect(await waiting).toMatchObject({ status: 200 });
  });

  test("passes messages on to its dead-letter queue after three receives", async () => {
    await using server = await aServer();
    await server.createQueue("dead");
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: `${QUEUE_ARN}dead`, maxReceiveCount: 3 });
    const QueueUrl = await server.createQueue("jobs", { RedrivePolicy, VisibilityTimeout: "30" });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    for (let count = 1; count <= 3; count++) {
      await server.receive(QueueUrl);
      expect(await server.now({ until: "received", queue: "jobs", count })).toMatchObject({ status: 200, count });
      expect(await server.wait({ until: "visible", queue: "jobs", within: "1m" })).toMatchObject({ status: 200 });
    }
    expect(await server.now({ until: "dead-lettered", queue: "jobs" })).toMatchObject({ status: 409 });
    const waiting = server.wait({ until: "dead-lettered", queue: "jobs", timeout: "10m" });
    await server.receive(QueueUrl);
    expect(await waiting).toMatchObject({ status: 200, count: 1 });
    expect(await server.now({ until: "dead-lettered", queue: "dead" })).toMatchObject({ status: 200 });
  });
});

describe("a message", () => {
  const body = JSON.stringify({ id: 7, order: { items: [{ sku: "x", count: 2 }] }, tags: ["a", "b"] });

  test.for([
    [{ body }, 200],
    [{ body: `${body} ` }, 409],
    [{ match: { body } }, 200],
    [{ contains: '"id":7' }, 200],
    [{ contains: '"id":8' }, 409],
    [{ match: { json: { id: 7 } } }, 200],
    [{ match: { json: { id: "7" } } }, 409],
    [{ match: { json: { order: { items: [{ sku: "x" }] } } } }, 200],
    [{ match: { json: { order: { items: [] } } } }, 409],
    [{ match: { json: { tags: ["a", "b"] } } }, 200],
    [{ match: { json: { tags: { 0: "a" } } } }, 409],
    [{ match: { path: "order.items[0].sku", equals: "x" } }, 200],
    [{ match: { path: "$.order.items[0].count", equals: 2 } }, 200],
    [{ match: { path: "order.items[1].sku", equals: "x" } }, 409],
    [{ match: { path: "tags", equals: ["a", "b"] } }, 200],
    [{ match: { path: "order.items" } }, 200],
    [{ match: { path: "toString" } }, 409],
    [{ match: { attributes: { kind: "order", weight: 3 } } }, 200],
    [{ match: { attributes: { kind: "Order" } } }, 409],
    [{ match: { attributes: { toString: "order" } } }, 409],
    [{ match: { attributes: { seal: "AQID" } } }, 200],
    [{ match: { group: "g" } }, 200],
    [{ match: { group: "h" } }, 409],
    [{ match: { json: { id: 7 }, group: "h" } }, 409],
    [{ id: "00000000-0000-4000-8000-000000000000" }, 409],
  ] as const)("that matches %j is found: %i", async ([query, status]) => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    await server.sqs("SendMessage", {
      QueueUrl,
      MessageBody: body,
      MessageGroupId: "g",
      MessageAttributes: {
        kind: { DataType: "String", StringValue: "order" },
        weight: { DataType: "Number", StringValue: "3" },
        seal: { DataType: "Binary", BinaryValue: "AQID" },
      },
    });
    const answer = await server.now({ until: "message", queue: "jobs", ...query });
    expect(answer).toMatchObject({ status, count: status === 200 ? 1 : 0 });
    if (status === 200) expect(answer.messages).toMatchObject([{ body, kind: "sent", group: "g" }]);
    else
      expect(answer.message).toBe(
        `0 of 1 messages that match were sent to jobs; 1 other did not match, with body ${body}.`,
      );
  });

  test("is waited for until it was sent, received and deleted", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    const match = { json: { id: 7 } };
    const waits = (["sent", "received", "deleted"] as const).map((event) =>
      server.wait({ until: "message", queue: "jobs", event, match, timeout: "10m" }),
    );
    await server.sqs("SendMessage", { QueueUrl, MessageBody: '{"id":6}' });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: '{"id":7}' });
    expect(await waits[0]).toMatchObject({ status: 200, messages: [{ body: '{"id":7}', kind: "sent" }] });
    const handles = await server.receive(QueueUrl, { MaxNumberOfMessages: 10 });
    expect(await waits[1]).toMatchObject({ status: 200, messages: [{ body: '{"id":7}', kind: "received" }] });
    for (const ReceiptHandle of handles) await server.sqs("DeleteMessage", { QueueUrl, ReceiptHandle });
    expect(await waits[2]).toMatchObject({ status: 200, messages: [{ body: '{"id":7}', kind: "deleted" }] });
    expect(await server.now({ until: "deleted", queue: "jobs", count: 2 })).toMatchObject({ status: 200, count: 2 });
    expect(await server.now({ until: "received", queue: "jobs", count: 3 })).toMatchObject({
      status: 409,
      message: "2 of 3 messages were received from jobs.",
    });
  });

  test("counts from an instant on, if that is said", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs");
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    await server.emulator.clock().advance("1m");
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    const { time } = (await (await fetch(`${server.emulator.endpoint}/_waystation/clock`)).json()) as { time: string };
    const query = { until: "message", queue: "jobs", count: 2 };
    expect(await server.now(query)).toMatchObject({ status: 200, count: 2 });
    expect(await server.now({ ...query, since: time })).toMatchObject({ status: 409, count: 1 });
  });

  test("published to a topic is found in the queue as well, whether or not it is wrapped up", async () => {
    await using server = await aServer();
    await server.createQueue("jobs");
    const TopicArn = await server.sns({ Action: "CreateTopic", Name: "news" });
    await server.sns({ Action: "Subscribe", TopicArn, Protocol: "sqs", Endpoint: `${QUEUE_ARN}jobs` });
    const MessageId = await server.sns({ Action: "Publish", TopicArn, Message: '{"id":7}' });
    const match = { json: { id: 7 } };
    expect(await server.now({ until: "message", queue: "jobs", match })).toMatchObject({ status: 200 });
    for (const event of ["sent", "delivered"]) {
      const answer = await server.now({ until: "message", topic: "news", event, match });
      expect(answer).toMatchObject({ status: 200, count: 1, messages: [{ messageId: MessageId, body: '{"id":7}' }] });
    }
  });

  test("put on a stream is found by its data", async () => {
    await using server = await aServer();
    await server.kinesis("CreateStream", { StreamName: "clicks", ShardCount: 1 });
    const put = { StreamName: "clicks", PartitionKey: "k", Data: btoa('{"id":7}') };
    const { SequenceNumber } = await server.kinesis<{ SequenceNumber: string }>("PutRecord", put);
    expect(
      await server.now({ until: "message", stream: "clicks", match: { json: { id: 7 }, group: "k" } }),
    ).toMatchObject({ status: 200, messages: [{ sequenceNumber: SequenceNumber, body: '{"id":7}' }] });
    expect(await server.now({ until: "message", stream: "clicks", id: SequenceNumber })).toMatchObject({ status: 200 });
  });
});

describe("no message", () => {
  test("is expected while time passes", async () => {
    await using server = await aServer();
    const QueueUrl = await server.createQueue("jobs", { DelaySeconds: "0" });
    const start = server.emulator.clock("000000000000").now();
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "other" });
    expect(await server.expectNone({ queue: "jobs", body: "bad", within: "5m" })).toMatchObject({
      status: 200,
      holds: true,
    });
    expect(server.emulator.clock("000000000000").now()).toBe(start + 300_000);
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "bad" });
    expect(await server.expectNone({ queue: "jobs", body: "bad", within: "5m" })).toMatchObject({
      status: 409,
      holds: false,
      message: expect.stringMatching(/^Message .* was sent at .*, and none was to be\.$/),
      messages: [{ body: "bad" }],
    });
    expect(server.emulator.clock("000000000000").now()).toBe(start + 300_000);
  });
});

describe("what makes no sense", () => {
  test.for([
    ["wait", {}, 400, /^until is one of empty, drained, /],
    ["wait", { until: "full", queue: "jobs" }, 400, /^until is one of /],
    ["wait", { until: "empty" }, 400, "To wait until empty takes a queue."],
    ["wait", { until: "empty", queue: "jobs", count: 2 }, 400, "To wait until empty takes no count; it takes queue."],
    [
      "wait",
      { until: "settled", queue: "jobs" },
      400,
      "To wait until settled takes no queue; it takes nothing but account and region.",
    ],
    ["wait", { until: "empty", queue: "job" }, 404, 'There is no queue "job"; did you mean jobs?'],
    ["wait", { until: "visible", queue: "jobs", count: 0 }, 400, "The count is a whole number from 1 to 1000000000."],
    ["wait", { until: "dead-lettered", queue: "jobs" }, 400, "The queue jobs has no dead-letter queue."],
    ["wait", { until: "deliveries-settled", topic: "news" }, 404, 'There is no topic "news".'],
    ["wait", { until: "caught-up", stream: "clicks" }, 404, 'There is no stream "clicks".'],
    [
      "wait",
      { until: "message", queue: "jobs", topic: "news" },
      400,
      "There can be a queue, a topic or a stream, one of them.",
    ],
    ["wait", { until: "message", event: "seen" }, 400, "The event is one of sent, received, deleted, delivered."],
    ["wait", { until: "message", match: {} }, 400, /^A match says at least one of id, body, /],
    ["wait", { until: "message", match: [] }, 400, /^There can be one match only|^The match is an object/],
    ["wait", { until: "message", match: { jsn: 1 } }, 400, 'There is no parameter "jsn" here; did you mean json?'],
    ["wait", { until: "message", match: { equals: 1 } }, 400, "equals goes with a path."],
    ["wait", { until: "message", match: { path: "a[b]" } }, 400, "The path is one such as order.items[0].sku."],
    [
      "wait",
      { until: "message", match: { body: "a" }, body: "a" },
      400,
      "There can be a match, or its members, not both.",
    ],
    ["wait", { until: "message", since: "now" }, 400, "since is an instant such as 2026-01-01T00:00:00Z."],
    ["wait", { until: "empty", queue: "jobs", timeout: "11m" }, 400, "The timeout is 10 minutes at most."],
    ["wait", { until: "empty", queue: "jobs", timeout: -1 }, 400, /^Time is advanced by|^A duration is/],
    ["wait", { until: "empty", queue: "jobs", within: "soon" }, 400, /^A duration is a text such as/],
    ["wait", { until: "visible", queue: "jobs", within: "2000000000s", timeout: 1 }, 400, /^A duration|^Time/],
    ["wait", { until: "empty", quue: "jobs" }, 400, 'There is no parameter "quue" here; did you mean queue?'],
    ["wait", { until: "message", match: { json: nested(100) } }, 400, "json is nested 64 levels deep at most."],
    ["expect-none", { match: { body: "a" }, count: 1 }, 400, /^There is no parameter "count" here/],
    ["expect-none", { queue: "jo", body: "a" }, 404, /^There is no queue "jo"/],
  ] as const)("%s %j is refused", async ([path, query, status, message]) => {
    await using server = await aServer();
    await server.createQueue("jobs");
    const start = server.emulator.clock("000000000000").now();
    const answer = path === "wait" ? await server.wait(query) : await server.expectNone(query);
    expect(answer).toEqual({
      status,
      message: typeof message === "string" ? message : expect.stringMatching(message),
    });
    expect(server.emulator.clock("000000000000").now()).toBe(start);
  });
});

function nested(depth: number): unknown {
  let value: unknown = 1;
  for (let level = 0; level < depth; level++) value = [value];
  return value;
}

describe("a wait", () => {
  test("for what was recorded needs a history", async () => {
    await using server = await aServer({ history: "off" });
    const QueueUrl = await server.createQueue("jobs");
    const message =
      "What happened is not recorded: history is off: start with --history on, or POST /_waystation/history.";
    for (const until of ["received", "deleted", "message"]) {
      expect(await server.now({ until, queue: "jobs" })).toEqual({ status: 409, message });
    }
    const waiting = server.wait({ until: "visible", queue: "jobs", timeout: "10m" });
    await server.sqs("SendMessage", { QueueUrl, MessageBody: "a" });
    expect(await waiting).toMatchObject({ status: 200 });
  });

  test("tells queues of one name apart", async () => {
    await using server = await aServer();
    await server.createQueue("jobs");
    await server.sqs("CreateQueue", { QueueName: "jobs" }, "111111111111");
    expect(await server.now({ until: "empty", queue: "jobs" })).toMatchObject({
      status: 400,
      message: expect.stringMatching(/^There are 2 queues "jobs"/),
    });
    expect(await server.now({ until: "empty", queue: "jobs", account: "111111111111" })).toMatchObject({ status: 200 });
  });
});
