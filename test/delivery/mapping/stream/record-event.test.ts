import fc from "fast-check";
import { expect, test } from "vitest";
import { batchEvent, type PlacedRecord } from "../../../../src/delivery/mapping/stream/record-event.ts";

const text = fc.string({ unit: "binary", maxLength: 12 });
const record = fc.record({
  partitionKey: fc.option(text, { nil: undefined }),
  sequenceNumber: fc.bigInt({ min: 0n, max: 10n ** 55n }).map(String),
  data: fc.uint8Array({ maxLength: 20 }),
  arrivedAt: fc.nat({ max: 2 ** 31 }),
});
const origin = fc.record({ shardId: text, streamArn: text, region: text, roleArn: text });

test("An event that is put together by hand is what JSON makes of an object", () => {
  const property = fc.property(fc.array(record, { maxLength: 3 }), origin, (records, from) => {
    const { shardId, streamArn, region, roleArn } = from;
    const Records = records.map(({ partitionKey, sequenceNumber, data, arrivedAt }) => ({
      kinesis: {
        kinesisSchemaVersion: "1.0",
        partitionKey,
        sequenceNumber,
        data: Buffer.from(data).toString("base64"),
        approximateArrivalTimestamp: arrivedAt / 1000,
      },
      eventSource: "aws:kinesis",
      eventVersion: "1.0",
      eventID: `${shardId}:${sequenceNumber}`,
      eventName: "aws:kinesis:record",
      invokeIdentityArn: roleArn,
      awsRegion: region,
      eventSourceARN: streamArn,
    }));
    const batch = { records: records as unknown as PlacedRecord[], window: undefined };
    expect(batchEvent(batch as unknown as Parameters<typeof batchEvent>[0], from)).toBe(JSON.stringify({ Records }));
  });
  fc.assert(property, { numRuns: 500 });
});
