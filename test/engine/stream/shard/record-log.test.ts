import { describe, expect, test } from "vitest";
import { RecordLog } from "../../../../src/engine/stream/shard/record-log.ts";
import { Base64, bytesOf, type MaybeBase64 } from "../../../../src/kernel/base64.ts";
import { passed } from "../../../support/passed-text.ts";
import { MIB } from "../../../support/stream.ts";

const UNLIMITED = { records: Number.POSITIVE_INFINITY, bytes: Number.POSITIVE_INFINITY };

type Form = (bytes: Buffer, place: number) => MaybeBase64;

const asBytes: Form = (bytes) => bytes;
const asBase64: Form = (bytes) => new Base64(Buffer.from(bytes.toString("base64")));
const asEither: Form = (bytes, place) => (place % 2 === 0 ? asBytes : asBase64)(bytes, place);

/** A log with a record for each size, with indexes 10, 20, 30 ... that arrived at 1, 2, 3 ... */
function aLog(sizes: readonly number[], form = asBytes): RecordLog {
  const log = new RecordLog((index, arrivedAt) => passed(`${index}@${arrivedAt}`));
  for (const [place, size] of sizes.entries()) {
    const data = form(Buffer.alloc(size, place), place);
    log.append({ index: 10 * (place + 1), at: place + 1, partitionKey: "k", data }, false);
  }
  return log;
}

function numbers(log: RecordLog, position: number, limit = UNLIMITED): readonly string[] {
  return log.read(position, limit).records.map(({ sequenceNumber }) => sequenceNumber);
}

test.for([
  { position: 0, read: ["10@1", "20@2", "30@3"] },
  { position: 10, read: ["10@1", "20@2", "30@3"] },
  { position: 11, read: ["20@2", "30@3"] },
  { position: 30, read: ["30@3"] },
  { position: 31, read: [] },
])("reading from position $position finds the records from that index on", ({ position, read }) => {
  expect(numbers(aLog([5, 5, 5]), position)).toEqual(read);
});

test("a read says where to go on", () => {
  const log = aLog([5, 5, 5]);
  expect(log.read(0, { ...UNLIMITED, records: 2 })).toMatchObject({ next: 21, bytes: 12 });
  expect(log.read(31, UNLIMITED)).toEqual({ records: [], next: 31, bytes: 0 });
});

test.for([
  { bytes: 17, count: 2 },
  { bytes: 18, count: 3 },
  { bytes: 1, count: 1 },
])("a read takes as many records of 6 bytes as fit in $bytes, but at least one: $count", ({ bytes, count }) => {
  expect(numbers(aLog([5, 5, 5, 5]), 0, { ...UNLIMITED, bytes })).toHaveLength(count);
});

describe.for([
  { what: "small records in one segment", sizes: [5, 6, 7, 8] },
  { what: "records that fill several segments", sizes: Array.from({ length: 60 }, (_, place) => 20_000 + place) },
  { what: "large records between small ones", sizes: [5, MIB, 6, 300_000, 7, 40_000, 8] },
  { what: "empty records", sizes: [0, 0, 0] },
])("$what", ({ sizes }) => {
  test("keep their bytes and their partition keys", () => {
    for (const form of [asBytes, asBase64, asEither]) {
      const { records } = aLog(sizes, form).read(0, UNLIMITED);
      expect(records.map(({ data }) => data.length)).toEqual(sizes);
      expect(records.every(({ data }, place) => bytesOf(data).every((byte) => byte === place))).toBe(true);
      expect(records.every(({ partitionKey }) => partitionKey === "k")).toBe(true);
    }
  });

  test("count for the same in either form, whatever has been trimmed", () => {
    for (let instant = 0; instant <= sizes.length + 1; instant++) {
      const [one, ...others] = [asBytes, asBase64, asEither].map((form) => {
        const log = aLog(sizes, form);
        log.trim(instant);
        const { records, ...reading } = log.read(0, { records: 3, bytes: 60_000 });
        return { count: log.count, bytes: log.bytes, read: records.length, reading };
      });
      for (const other of others) expect(other).toEqual(one);
    }
  });

  test("are found by index and by arrival, each of them", () => {
    const log = aLog(sizes);
    for (const place of sizes.keys()) {
      expect(numbers(log, 10 * (place + 1), { ...UNLIMITED, records: 1 })).toEqual([
        `${10 * (place + 1)}@${place + 1}`,
      ]);
      expect(log.positionOfArrival(place + 1)).toBe(10 * (place + 1));
      expect(log.arrivalOf(10 * (place + 1))).toBe(place + 1);
      expect(log.arrivalOf(10 * (place + 1) + 1)).toBeUndefined();
    }
  });

  test("are trimmed one by one, with what they count for", () => {
    const log = aLog(sizes);
    const bytes = (from: number): number => sizes.slice(from).reduce((sum, size) => sum + size + 1, 0);
    for (const place of sizes.keys()) {
      log.trim(place + 1);
      expect([log.count, log.bytes]).toEqual([sizes.length - place, bytes(place)]);
      expect(numbers(log, 0, { ...UNLIMITED, records: 1 })).toEqual([`${10 * (place + 1)}@${place + 1}`]);
    }
    log.trim(sizes.length + 1);
    expect([log.count, log.bytes, numbers(log, 0)]).toEqual([0, 0, []]);
  });
});

test("a log that was trimmed empty takes records again", () => {
  const log = aLog([5, 5]);
  log.trim(100);
  log.append({ index: 30, at: 100, partitionKey: undefined, data: Buffer.from("new") }, true);
  const [record] = log.read(0, UNLIMITED).records;
  expect(record).toMatchObject({ arrivedAt: 100, data: Buffer.from("new"), isEncrypted: true });
  expect([record?.sequenceNumber, record?.partitionKey]).toEqual(["30@100", undefined]);
  expect(log.hasRecordsFrom(30)).toBe(true);
  expect(log.hasRecordsFrom(31)).toBe(false);
});

test("what was read stays as it was when the log grows and is trimmed", () => {
  const log = aLog([500]);
  const [first] = log.read(0, UNLIMITED).records;
  for (let index = 20; index < 2000; index++) {
    log.append({ index, at: index, partitionKey: "k", data: Buffer.alloc(500, 9) }, false);
  }
  log.trim(3000);
  expect(first?.data).toEqual(Buffer.alloc(500, 0));
});

test("records that arrived before an instant in a gap between two lie before its position", () => {
  const log = new RecordLog((index) => passed(String(index)));
  for (const at of [10, 10, 20])
    log.append({ index: log.count + 1, at, partitionKey: "k", data: Buffer.alloc(1) }, false);
  expect([9, 10, 11, 20, 21].map((instant) => log.positionOfArrival(instant))).toEqual([1, 1, 3, 3, undefined]);
});
