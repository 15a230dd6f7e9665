import fc from "fast-check";
import { expect, test } from "vitest";
import { queueRecord } from "../../../../src/delivery/mapping/queue/queue-event.ts";
import type { ReceivedMessage } from "../../../../src/engine/queue/message.ts";
import type { Queue } from "../../../../src/engine/queue/queue.ts";
import { md5 } from "../../../../src/kernel/digest.ts";

const text = fc.string({ unit: "binary", maxLength: 12 });
const given = fc.option(text, { nil: undefined });
const attribute = fc.record({ dataType: text, value: fc.oneof(text, fc.uint8Array({ maxLength: 5 })) });
const received = fc.record({
  message: fc.record({
    id: text,
    body: text,
    sentAt: fc.nat(),
    senderId: text,
    traceHeader: given,
    sequenceNumber: given,
    groupId: given,
    deduplicationId: given,
    deadLetterSourceArn: given,
    attributes: fc.option(fc.dictionary(text, attribute, { maxKeys: 2, noNullPrototype: true }), { nil: undefined }),
  }),
  receiveCount: fc.nat(),
  firstReceivedAt: fc.nat(),
});

/** What a record is, as an object. */
function recordOf(
  { message, receiveCount, firstReceivedAt }: typeof received extends fc.Arbitrary<infer T> ? T : never,
  hasWindow: boolean,
) {
  const { attributes } = message;
  const digest = attributes === undefined ? null : "digest";
  const lists = { stringListValues: [], binaryListValues: [] };
  return {
    messageId: message.id,
    receiptHandle: "handle",
    body: message.body,
    attributes: {
      ApproximateReceiveCount: String(receiveCount),
      AWSTraceHeader: message.traceHeader,
      SentTimestamp: String(message.sentAt),
      SequenceNumber: message.sequenceNumber,
      MessageGroupId: message.groupId,
      SenderId: message.senderId,
      MessageDeduplicationId: message.deduplicationId,
      ApproximateFirstReceiveTimestamp: String(firstReceivedAt),
      DeadLetterQueueSourceArn: message.deadLetterSourceArn,
    },
    messageAttributes: Object.fromEntries(
      Object.entries(attributes ?? {}).map(([name, { dataType, value }]) => [
        name,
        typeof value === "string"
          ? { stringValue: value, ...lists, dataType }
          : { binaryValue: Buffer.from(value).toString("base64"), ...lists, dataType },
      ]),
    ),
    ...((digest !== null || hasWindow) && { md5OfMessageAttributes: digest }),
    md5OfBody: md5(message.body),
    eventSource: "aws:sqs",
    eventSourceARN: 'arn:"x"',
    awsRegion: "mars",
  };
}

test("A record that is put together by hand is what JSON makes of an object", () => {
  const queue = { arn: 'arn:"x"', scope: { region: "mars" } } as unknown as Queue;
  const property = fc.property(received, fc.boolean(), (one, hasWindow) => {
    const wire = { receiptHandle: () => "handle", md5OfAttributes: () => "digest" };
    const record = queueRecord(one as unknown as ReceivedMessage, { ...wire, queue, hasWindow });
    expect(record).toBe(JSON.stringify(recordOf(one, hasWindow)));
  });
  fc.assert(property, { numRuns: 500 });
});
