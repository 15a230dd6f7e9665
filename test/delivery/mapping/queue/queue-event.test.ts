import { expect, test } from "vitest";
import { aMessage, SECOND } from "../../../support/queue.ts";
import { aSource } from "./fixture.ts";

// Lambda reference 7.1

const ID = expect.stringMatching(/^[0-9a-f-]{36}$/);
const HANDLE = expect.stringMatching(/^AQEB/);

test("An event has the members that were recorded, in their order", () => {
  const { queue, invocations } = aSource();
  const attributes = { Title: { dataType: "String", value: "The Whistler" } };
  queue.send(aMessage("Größe", { attributes }));
  const { payload } = invocations[0]!.call;
  const [record] = invocations[0]!.records;
  expect(JSON.stringify({ Records: [record] })).toBe(payload);
  expect(Object.entries(record!)).toEqual([
    ["messageId", ID],
    ["receiptHandle", HANDLE],
    ["body", "Größe"],
    [
      "attributes",
      {
        ApproximateReceiveCount: "1",
        SentTimestamp: "1700000000000",
        SenderId: "AIDAEXAMPLE",
        ApproximateFirstReceiveTimestamp: "1700000000000",
      },
    ],
    [
      "messageAttributes",
      { Title: { stringValue: "The Whistler", stringListValues: [], binaryListValues: [], dataType: "String" } },
    ],
    ["md5OfMessageAttributes", "f4ba90390ad3f80d43ce8a9e4a4abfd6"],
    ["md5OfBody", "d248453369cf82a6a64617f1357089c5"],
    ["eventSource", "aws:sqs"],
    ["eventSourceARN", queue.arn],
    ["awsRegion", "us-east-1"],
  ]);
});

test("Bytes are in base64, and the lists of every attribute are empty", () => {
  const { queue, invocations } = aSource();
  const attributes = {
    bytes: { dataType: "Binary.png", value: new Uint8Array([1, 2, 3]) },
    count: { dataType: "Number", value: "1.50" },
  };
  queue.send(aMessage("a", { attributes }));
  const empty = { stringListValues: [], binaryListValues: [] };
  expect(invocations[0]!.records[0]!["messageAttributes"]).toEqual({
    bytes: { binaryValue: "AQID", ...empty, dataType: "Binary.png" },
    count: { stringValue: "1.50", ...empty, dataType: "Number" },
  });
});

test("Without attributes there is no digest of them, or null when there is a window", async () => {
  const plain = aSource();
  plain.queue.send(aMessage("a"));
  expect(plain.invocations[0]!.records[0]).not.toHaveProperty("md5OfMessageAttributes");
  expect(plain.invocations[0]!.records[0]).toMatchObject({ messageAttributes: {} });
  const windowed = aSource({ windowMs: SECOND });
  windowed.queue.send(aMessage("a"));
  await windowed.clock.advanceInTurns(SECOND);
  expect(windowed.invocations[0]!.records[0]).toMatchObject({ md5OfMessageAttributes: null, messageAttributes: {} });
});

test("Messages of FIFO queues say their group, their deduplication id and their number", () => {
  const { queue, invocations } = aSource({}, { isFifo: true });
  queue.send(aMessage("a", { groupId: "g", deduplicationId: "d", traceHeader: "Root=1-5-6" }));
  expect(invocations[0]!.records[0]!["attributes"]).toEqual({
    ApproximateReceiveCount: "1",
    AWSTraceHeader: "Root=1-5-6",
    SentTimestamp: "1700000000000",
    SequenceNumber: expect.stringMatching(/^\d{20}$/),
    MessageGroupId: "g",
    SenderId: "AIDAEXAMPLE",
    MessageDeduplicationId: "d",
    ApproximateFirstReceiveTimestamp: "1700000000000",
  });
});
