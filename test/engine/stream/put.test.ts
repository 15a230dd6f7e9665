import { expect, test } from "vitest";
import { defaultSettings } from "../../../src/engine/stream/settings.ts";
import { MAX_HASH_KEY } from "../../../src/engine/stream/shard/hash-range.ts";
import { parseSequenceNumber } from "../../../src/engine/stream/shard/sequence-number.ts";
import { aStream, put, putOne, read, readTexts, SECOND, START, START_SECOND, shard } from "../../support/stream.ts";

test.for([
  { partitionKey: "a", index: 0 },
  { partitionKey: "b", index: 1 },
  { partitionKey: "e", index: 2 },
  { partitionKey: "f", index: 1 },
  { partitionKey: "1", index: 2 },
])("a record with partition key $partitionKey goes to shard $index of three", ({ partitionKey, index }) => {
  const { stream } = aStream({ shardCount: 3 });
  expect(put(stream, ["x"], { partitionKey })).toMatchObject([{ shard: index }]);
  expect(readTexts(stream, 0, { index })).toEqual(["x"]);
});

const FIRST_END = 113427455640312821154458202477256070484n;
const SECOND_END = 226854911280625642308916404954512140969n;

test.for([
  { explicitHashKey: 0n, index: 0 },
  { explicitHashKey: FIRST_END, index: 0 },
  { explicitHashKey: FIRST_END + 1n, index: 1 },
  { explicitHashKey: SECOND_END, index: 1 },
  { explicitHashKey: SECOND_END + 1n, index: 2 },
  { explicitHashKey: MAX_HASH_KEY, index: 2 },
])("explicit hash key $explicitHashKey goes to shard $index of three, whatever the partition key", (placement) => {
  const { stream } = aStream({ shardCount: 3 });
  const { explicitHashKey, index } = placement;
  expect(put(stream, ["x"], { partitionKey: "b", explicitHashKey })).toMatchObject([{ shard: index }]);
});

test("the hash keys at both ends of each of ten thousand shards find it", () => {
  const { stream } = aStream({ shardCount: 10_000 });
  for (const { index, range } of stream.shards.list()) {
    const both = [range.start, range.end].flatMap((explicitHashKey) => put(stream, ["x"], { explicitHashKey }));
    expect(both).toMatchObject([{ shard: index }, { shard: index }]);
  }
});

test("a record is read as it was put", () => {
  const { stream } = aStream();
  const data = Buffer.from([0, 255, 1, 254]);
  const sequenceNumber = putOne(stream, "", { data, partitionKey: "clé ☃" });
  const [record] = read(stream).records;
  expect(record).toMatchObject({ arrivedAt: START, data, isEncrypted: false });
  expect([record?.sequenceNumber, record?.partitionKey]).toEqual([sequenceNumber, "clé ☃"]);
});

test("data may be empty", () => {
  const { stream } = aStream();
  putOne(stream, "");
  expect(read(stream).records).toMatchObject([{ data: Buffer.alloc(0), partitionKey: "a" }]);
});

test("a producer that reuses its bytes does not change the record", () => {
  const { stream } = aStream();
  const data = Buffer.from("before");
  putOne(stream, "", { data });
  data.write("after!");
  expect(readTexts(stream)).toEqual(["before"]);
});

test("sequence numbers carry the shard, its creation, the second of arrival and an index that rises by one", () => {
  const { stream, clock } = aStream();
  const first = putOne(stream, "x");
  clock.advance(5 * SECOND);
  const second = putOne(stream, "y");
  const shardIs = { version: 2, createdSecond: START_SECOND - 2, shardIndex: 0 };
  expect(parseSequenceNumber(first)).toEqual({ ...shardIs, index: 1n, isGap: false, second: START_SECOND });
  expect(parseSequenceNumber(second)).toEqual({ ...shardIs, index: 2n, isGap: false, second: START_SECOND + 5 });
});

test("a shard's first record has a number above its starting sequence number", () => {
  const { stream } = aStream();
  expect(BigInt(putOne(stream, "x"))).toBeGreaterThan(BigInt(shard(stream).startingSequenceNumber));
});

// AWS: observed that records put alternately to shards 0 and 1 get consecutive indexes.
test.for([
  { lower: 0, upper: 1, indexes: [1n, 2n, 3n] },
  { lower: 0, upper: 4, indexes: [1n, 2n, 3n] },
  { lower: 4, upper: 5, indexes: [1n, 1n, 2n] },
])("shards $lower and $upper of six count their records as $indexes", ({ lower, upper, indexes }) => {
  const { stream } = aStream({ shardCount: 6 });
  const numbers = [lower, upper, lower].map((index) =>
    putOne(stream, "x", { explicitHashKey: shard(stream, index).range.start }),
  );
  expect(numbers.map((number) => parseSequenceNumber(number)?.index)).toEqual(indexes);
});

test("two shards never issue the same number", () => {
  const { stream } = aStream({ shardCount: 20 });
  const numbers = stream.shards.list().map(({ range }) => putOne(stream, "x", { explicitHashKey: range.start }));
  expect(new Set(numbers).size).toBe(20);
});

test("a number for ordering may be any this stream issued", () => {
  const { stream } = aStream({ shardCount: 2 });
  const numbers = ["a", "b"].map((partitionKey) => putOne(stream, "x", { partitionKey }));
  expect(numbers.map((number) => stream.acceptsOrdering(number))).toEqual([true, true]);
});

test.for([
  { what: "of the present second", aheadMs: 0, isAccepted: true },
  { what: "of the next second", aheadMs: SECOND, isAccepted: false },
])("a number for ordering $what is accepted: $isAccepted", ({ aheadMs, isAccepted }) => {
  const { stream: later, clock } = aStream();
  clock.advance(aheadMs);
  expect(aStream().stream.acceptsOrdering(putOne(later, "x"))).toBe(isAccepted);
});

test("a number for ordering that is no sequence number is not accepted", () => {
  expect(aStream().stream.acceptsOrdering((2n ** 185n).toString())).toBe(false);
});

test("the number of a record that just went to a new shard serves for ordering", () => {
  const { stream } = aStream();
  stream.shards.split(0, 100n);
  const number = putOne(stream, "x");
  expect(parseSequenceNumber(number)?.second).toBe(START_SECOND + 1);
  expect(stream.acceptsOrdering(number)).toBe(true);
});

test("a stream that distributes records by itself fills its shards evenly, with partition keys or without", () => {
  const { stream } = aStream({ settings: { ...defaultSettings, mode: "ON_DEMAND", distribution: "AUTO" } });
  put(stream, ["a", "b", "c", "d"], { partitionKey: "same" });
  put(stream, ["e", "f", "g", "h"], { partitionKey: undefined, explicitHashKey: 0n });
  const records = [0, 1, 2, 3].map((index) => read(stream, 0, { index }).records);
  expect(records.map((those) => those.length)).toEqual([2, 2, 2, 2]);
  expect(records[0]).toMatchObject([{ partitionKey: "same" }, { partitionKey: undefined }]);
});

test("records know whether they were encrypted when they came", () => {
  const { stream } = aStream();
  put(stream, ["before"]);
  stream.configuration.startEncryption("alias/aws/kinesis");
  put(stream, ["during"]);
  stream.configuration.stopEncryption();
  put(stream, ["after"]);
  expect(read(stream).records.map(({ isEncrypted }) => isEncrypted)).toEqual([false, true, false]);
  expect(readTexts(stream)).toEqual(["before", "during", "after"]);
});
