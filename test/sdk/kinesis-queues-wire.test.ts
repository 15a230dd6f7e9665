import { request as httpRequest } from "node:http";
import { cbor } from "@smithy/core/cbor";
import { describe, expect, test } from "vitest";
import { aWire, CBOR_TYPE, JSON_TYPE } from "../support/kinesis-wire.ts";

const STREAM = "arn:aws:kinesis:us-east-1:000000000000:stream/s";
/** Bytes that are no text, so that a copy somebody forgot to make would show. */
const bytes = (first: number) => Buffer.from(Array.from({ length: 300 }, (_, index) => (first + index) % 256));

/** Whatever the format reads. */
type Output = ReturnType<typeof JSON.parse>;

const formats = {
  JSON: {
    type: JSON_TYPE,
    encode: (input: object) =>
      JSON.stringify(input, (_, value) =>
        value?.type === "Buffer" ? Buffer.from(value.data).toString("base64") : value,
      ),
    decode: (body: Buffer): Output => JSON.parse(body.toString()),
    data: (value: unknown) => Buffer.from(value as string, "base64"),
    millis: (value: unknown) => Math.round((value as number) * 1000),
  },
  CBOR: {
    type: CBOR_TYPE,
    encode: (input: object) => cbor.serialize(input),
    decode: (body: Buffer): Output => cbor.deserialize(body),
    data: (value: unknown) => Buffer.from(value as Uint8Array),
    millis: (value: unknown) => Number((value as { value: number }).value),
  },
} as const;

/** A queue of a stream, over the wire in one format. */
async function aQueue(format: (typeof formats)[keyof typeof formats], attributes: object = {}) {
  const wire = await aWire("HTTP/1.1");
  const ask = async (operation: string, input: object) => {
    const heard = await wire.say({ operation, body: format.encode(input), headers: { "content-type": format.type } });
    return { ...heard, output: heard.body.length === 0 ? {} : format.decode(heard.body) };
  };
  const call = async (operation: string, input: object): Promise<Output> => {
    const { status, headers, output } = await ask(operation, input);
    expect([operation, status, headers["content-type"], output]).toEqual([operation, 200, format.type, output]);
    return output;
  };
  await call("CreateStream", { StreamName: "s", StreamModeDetails: { StreamMode: "ON_DEMAND" } });
  const created = await call("CreateQueue", {
    QueueName: "q",
    StreamConfigurationList: [{ StreamARN: STREAM, StartingPosition: { Type: "TRIM_HORIZON" } }],
    QueueAttributes: attributes,
    Tags: { a: "b" },
  });
  const { QueueARN } = created.QueueDescription;
  const put = (first: number) =>
    call("PutRecord", { StreamName: "s", Data: bytes(first), PartitionKey: String(first) });
  const of = (operation: string, input: object = {}) => call(operation, { QueueARN, ...input });
  /** Lets seconds pass until the task is done, whenever the server gets to read what belongs to it. */
  const passTimeUntil = async <T>(task: Promise<T>): Promise<T> => {
    let isDone = false;
    const end = () => {
      isDone = true;
    };
    task.then(end, end);
    while (!isDone) {
      await wire.emulator.clock().advance(1000);
      await wire.say({});
    }
    return task;
  };
  const close = () => wire[Symbol.asyncDispose]();
  return {
    wire,
    clock: wire.emulator.clock(),
    ask,
    call,
    of,
    put,
    created,
    QueueARN,
    passTimeUntil,
    [Symbol.asyncDispose]: close,
  };
}

const handlesOf = ({ QueueRecords }: Output) => QueueRecords.map(({ ReceiptHandle }: Output) => ({ ReceiptHandle }));

describe.for(["JSON", "CBOR"] as const)("queues in %s", (name) => {
  const format = formats[name];

  test("a queue is created, described, listed, changed and deleted", async () => {
    await using queue = await aQueue(format, { VisibilityTimeoutSeconds: 7 });
    const { QueueARN, clock, created } = queue;
    const now = Math.floor(clock.now() / 1000) * 1000;
    expect(created.QueueDescription).toMatchObject({ QueueName: "q", QueueStatus: "CREATING" });
    expect(format.millis(created.QueueDescription.QueueCreationTimestamp)).toBe(now);
    const { QueueDescription } = await queue.of("DescribeQueue");
    expect(QueueDescription).toMatchObject({
      QueueARN,
      QueueStatus: "ACTIVE",
      StreamConfigurationList: [{ StreamARN: STREAM, StartingPosition: { Type: "TRIM_HORIZON" } }],
      QueueAttributes: {
        VisibilityTimeoutSeconds: 7,
        DeadLetterConfiguration: { TargetType: "BUILT_IN", MaxReceiveCount: 6 },
      },
    });
    const listed = await queue.call("ListQueues", { StreamFilter: [{ StreamARN: STREAM }] });
    expect(listed).toEqual({
      QueueSummaries: [
        {
          QueueARN,
          QueueName: "q",
          QueueStatus: "ACTIVE",
          QueueCreationTimestamp: QueueDescription.QueueCreationTimestamp,
          Streams: [{ StreamARN: STREAM, StreamCreationTimestamp: expect.anything() }],
        },
      ],
    });
    const none = { TargetType: "NONE" };
    const updated = await queue.of("UpdateQueue", { QueueAttributes: { DeadLetterConfiguration: none } });
    expect(updated.QueueDescription).toMatchObject({
      QueueStatus: "UPDATING",
      QueueAttributes: { VisibilityTimeoutSeconds: 7, DeadLetterConfiguration: none },
    });
    expect(await queue.call("ListTagsForResource", { ResourceARN: QueueARN })).toEqual({
      Tags: [{ Key: "a", Value: "b" }],
    });
    const { status, headers, body } = await queue.ask("DeleteQueue", { QueueARN });
    expect([status, headers["content-length"], body.length]).toEqual([200, "0", 0]);
    const gone = await queue.ask("DescribeQueue", { QueueARN });
    expect([gone.status, gone.output.__type]).toEqual([400, "ResourceNotFoundException"]);
    expect(await queue.call("ListQueues", {})).toEqual({ QueueSummaries: [] });
  });

  test("records come as they were put, and each receipt handle fails by itself", async () => {
    await using queue = await aQueue(format);
    for (const first of [1, 2, 3]) await queue.put(first);
    const now = queue.clock.now();
    const received = await queue.of("ReceiveQueueRecords", { Limit: 2 });
    const rest = await queue.of("ReceiveQueueRecords");
    const all: Output[] = [...received.QueueRecords, ...rest.QueueRecords];
    expect([received.QueueRecords.length, rest.QueueRecords.length]).toEqual([2, 1]);
    for (const record of all) {
      expect(format.data(record.Data)).toEqual(bytes(Number(record.PartitionKey)));
      expect(record).toMatchObject({ ReceiveCount: 1, RecordId: expect.stringMatching(/^[a-z0-9]{1,64}$/) });
      expect([record.ApproximateArrivalTimestamp, record.FirstReceiveTimestamp].map(format.millis)).toEqual([now, now]);
    }
    expect(all.map(({ PartitionKey }) => PartitionKey).sort()).toEqual(["1", "2", "3"]);
    const [first, second] = handlesOf(received);
    const foreign = { ReceiptHandle: "of nobody" };
    const acknowledged = await queue.of("AcknowledgeQueueRecords", { Entries: [first, foreign, first] });
    expect(acknowledged).toEqual({
      Successful: [first, first],
      Failed: [{ ...foreign, ErrorCode: "InvalidArgumentException", ErrorMessage: expect.any(String) }],
    });
    const later = (entry: object) => ({ ...entry, VisibilityTimeoutSeconds: 60 });
    const changed = await queue.of("UpdateQueueRecordsVisibility", { Entries: [first, second, foreign].map(later) });
    expect(changed).toEqual({
      Successful: [second],
      Failed: [
        { ...first, ErrorCode: "ResourceNotFoundException", ErrorMessage: expect.any(String) },
        { ...foreign, ErrorCode: "InvalidArgumentException", ErrorMessage: expect.any(String) },
      ],
    });
    await queue.clock.advance(30_000);
    const again = await queue.of("ReceiveQueueRecords");
    expect(again.QueueRecords).toMatchObject([{ RecordId: rest.QueueRecords[0].RecordId, ReceiveCount: 2 }]);
  });

  test("dead letters are received, kept hidden, restored and acknowledged", async () => {
    await using queue = await aQueue(format, {
      DeadLetterConfiguration: { TargetType: "BUILT_IN", MaxReceiveCount: 1 },
    });
    for (const first of [1, 2]) await queue.put(first);
    await queue.of("ReceiveQueueRecords", { VisibilityTimeoutSeconds: 0 });
    const dead = await queue.of("ReceiveDeadLetterQueueRecords", { VisibilityTimeoutSeconds: 5 });
    expect(dead.QueueRecords).toHaveLength(2);
    for (const { Data, PartitionKey } of dead.QueueRecords) {
      expect(format.data(Data)).toEqual(bytes(Number(PartitionKey)));
    }
    const [restored, done] = handlesOf(dead);
    const wrong = await queue.of("AcknowledgeQueueRecords", { Entries: [done] });
    expect(wrong).toMatchObject({ Successful: [], Failed: [{ ...done, ErrorCode: "InvalidArgumentException" }] });
    const Entries = [restored, done].map((entry) => ({ ...entry, VisibilityTimeoutSeconds: 100 }));
    const hidden = await queue.of("UpdateDeadLetterQueueRecordsVisibility", { Entries });
    expect(hidden).toEqual({ Successful: [restored, done], Failed: [] });
    await queue.clock.advance(99_999);
    expect(await queue.of("RestoreDeadLetterQueueRecords", { Entries: [restored] })).toEqual({
      Successful: [restored],
      Failed: [],
    });
    expect(await queue.of("AcknowledgeDeadLetterQueueRecords", { Entries: [done, restored] })).toMatchObject({
      Successful: [done],
      Failed: [{ ...restored, ErrorCode: "InvalidArgumentException" }],
    });
    const alive = await queue.of("ReceiveQueueRecords");
    expect(alive.QueueRecords).toMatchObject([{ RecordId: dead.QueueRecords[0].RecordId, ReceiveCount: 1 }]);
    expect(format.data(alive.QueueRecords[0].Data)).toEqual(bytes(Number(alive.QueueRecords[0].PartitionKey)));
  });

  test("a receive waits for a put, for a time-out, for a restore, and no longer than told", async () => {
    await using queue = await aQueue(format, {
      DeadLetterConfiguration: { TargetType: "BUILT_IN", MaxReceiveCount: 1 },
    });
    const woken = queue.of("ReceiveQueueRecords", { VisibilityTimeoutSeconds: 3 });
    await queue.put(9);
    const [record] = (await woken).QueueRecords;
    expect(format.data(record.Data)).toEqual(bytes(9));
    const dead = await queue.passTimeUntil(queue.of("ReceiveDeadLetterQueueRecords", { WaitTimeSeconds: 20 }));
    expect(dead.QueueRecords).toMatchObject([{ RecordId: record.RecordId, ReceiveCount: 2 }]);
    expect(format.data(dead.QueueRecords[0].Data)).toEqual(bytes(9));
    const restored = queue.of("ReceiveQueueRecords", { VisibilityTimeoutSeconds: 43_200 });
    await queue.of("RestoreDeadLetterQueueRecords", { Entries: handlesOf(dead) });
    expect((await restored).QueueRecords).toMatchObject([{ RecordId: record.RecordId, ReceiveCount: 1 }]);
    expect(await queue.passTimeUntil(queue.of("ReceiveQueueRecords"))).toEqual({ QueueRecords: [] });
  });

  test("a client that hangs up while it waits takes no record", async () => {
    await using queue = await aQueue(format);
    const { QueueARN, wire } = queue;
    const hangsUp = new Promise<void>((resolve) => {
      const headers = { "x-amz-target": "Kinesis_20131202.ReceiveQueueRecords", "content-type": format.type };
      const body = format.encode({ QueueARN, WaitTimeSeconds: 20 });
      const to = { port: wire.emulator.port, host: "127.0.0.1", method: "POST", agent: false as const };
      const signed = {
        "x-amz-date": "20250101T000000Z",
        authorization:
          "AWS4-HMAC-SHA256 Credential=test/20250101/us-east-1/kinesis/aws4_request, SignedHeaders=host, Signature=0",
      };
      const request = httpRequest({ ...to, headers: { ...headers, ...signed, "content-length": body.length } });
      request.on("error", () => {}).on("close", resolve);
      request.end(body, () => request.destroy());
    });
    await hangsUp;
    await queue.put(5);
    expect((await queue.of("ReceiveQueueRecords")).QueueRecords).toMatchObject([{ ReceiveCount: 1 }]);
  });

  test.for<[title: string, operation: string, input: object, says: string]>([
    ["a wait of nothing", "ReceiveQueueRecords", { WaitTimeSeconds: 0 }, "at 'waitTimeSeconds'"],
    ["eleven records", "ReceiveDeadLetterQueueRecords", { Limit: 11 }, "at 'limit'"],
    [
      "twelve hours and a second",
      "ReceiveQueueRecords",
      { VisibilityTimeoutSeconds: 43_201 },
      "at 'visibilityTimeoutSeconds'",
    ],
    ["no entries", "AcknowledgeQueueRecords", { Entries: [] }, "at 'entries'"],
    [
      "eleven entries",
      "RestoreDeadLetterQueueRecords",
      { Entries: Array(11).fill({ ReceiptHandle: "x" }) },
      "at 'entries'",
    ],
    [
      "an empty handle",
      "AcknowledgeDeadLetterQueueRecords",
      { Entries: [{ ReceiptHandle: "" }] },
      "at 'entries.1.member.receiptHandle'",
    ],
    [
      "no timeout",
      "UpdateQueueRecordsVisibility",
      { Entries: [{ ReceiptHandle: "x" }] },
      "at 'entries.1.member.visibilityTimeoutSeconds'",
    ],
    [
      "a negative timeout",
      "UpdateDeadLetterQueueRecordsVisibility",
      { Entries: [{ ReceiptHandle: "x", VisibilityTimeoutSeconds: -1 }] },
      "at 'entries.1.member.visibilityTimeoutSeconds'",
    ],
    ["no attributes", "UpdateQueue", {}, "at 'queueAttributes'"],
    [
      "dead letters without a count",
      "UpdateQueue",
      { QueueAttributes: { DeadLetterConfiguration: { TargetType: "BUILT_IN" } } },
      "MaxReceiveCount",
    ],
  ])("refuses %s", async ([, operation, input, says]) => {
    await using queue = await aQueue(format);
    const { status, output } = await queue.ask(operation, { QueueARN: queue.QueueARN, ...input });
    expect([status, output.__type]).toEqual([400, "ValidationException"]);
    expect(output.message).toContain(says);
  });

  test.for<[operation: string, input: object]>([
    ["ReceiveQueueRecords", { Limit: "many" }],
    ["AcknowledgeQueueRecords", { Entries: "all" }],
    ["UpdateQueue", { QueueAttributes: [] }],
  ])("%s refuses members of another type", async ([operation, input]) => {
    await using queue = await aQueue(format);
    const { status, output } = await queue.ask(operation, { QueueARN: queue.QueueARN, ...input });
    expect([status, output.__type]).toEqual([400, "SerializationException"]);
  });
});
