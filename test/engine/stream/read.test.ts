import { expect, test } from "vitest";
import { aStream, MIB, MINUTE, position, put, putOne, read, readTexts, SECOND, shard } from "../../support/stream.ts";

test("records of a shard are read in the order they were put", () => {
  const { stream } = aStream();
  put(stream, ["a", "b", "c"]);
  expect(readTexts(stream)).toEqual(["a", "b", "c"]);
});

test("a position can be read as often as one likes and shows what there is by then", () => {
  const { stream } = aStream();
  put(stream, ["a"]);
  expect(readTexts(stream, 0)).toEqual(["a"]);
  put(stream, ["b"]);
  expect(readTexts(stream, 0)).toEqual(["a", "b"]);
});

test("each read goes on where the one before ended", () => {
  const { stream } = aStream();
  put(stream, ["a", "b", "c"]);
  const first = read(stream, 0, { max: 2 });
  expect(readTexts(stream, first.next)).toEqual(["c"]);
  const { next } = read(stream, first.next);
  expect(readTexts(stream, next)).toEqual([]);
  put(stream, ["d"]);
  expect(readTexts(stream, next)).toEqual(["d"]);
});

test("the position moves on with the neighbours' records even when the shard has none", () => {
  const { stream } = aStream({ shardCount: 2 });
  put(stream, ["x"], { partitionKey: "b" });
  expect(read(stream, 0).next).toBe(2);
  put(stream, ["y"], { partitionKey: "a" });
  expect(readTexts(stream, 2)).toEqual(["y"]);
});

test.for([
  { count: 10_000, returned: 10_000, behindMs: 0 },
  { count: 10_001, returned: 10_000, behindMs: 1 },
])("a read of $count records returns $returned", ({ count, returned, behindMs }) => {
  const { stream } = aStream();
  const data = Buffer.from("x");
  for (let done = 0; done < count; done++) stream.put({ data, partitionKey: "a" });
  const batch = read(stream);
  expect([batch.records.length, batch.behindMs]).toEqual([returned, behindMs]);
});

test.for([
  { bytes: MIB - 1, returned: 10 },
  { bytes: MIB, returned: 9 },
])("a read returns $returned records of $bytes bytes and a key of one, so at most 10 MiB", ({ bytes, returned }) => {
  const { stream } = aStream();
  for (let done = 0; done < 11; done++) stream.put({ data: Buffer.alloc(bytes), partitionKey: "a" });
  const batch = read(stream);
  expect(batch.records).toHaveLength(returned);
  expect(batch.bytes).toBe(returned * (bytes + 1));
});

test("a reader is behind by the age of the last record it got, until nothing is left", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(3 * SECOND);
  put(stream, ["b"]);
  clock.advance(MINUTE);
  expect(read(stream, 0, { max: 1 }).behindMs).toBe(63 * SECOND);
  expect(read(stream, 0, { max: 2 }).behindMs).toBe(0);
  expect(read(stream, position(stream, { type: "LATEST" })).behindMs).toBe(0);
});

test("a reader that has records left within the same millisecond is not called caught up", () => {
  const { stream } = aStream();
  put(stream, ["a", "b"]);
  expect(read(stream, 0, { max: 1 }).behindMs).toBe(1);
});

test("an open shard has no children and no end", () => {
  const { stream } = aStream();
  expect(read(stream).childShards).toBeUndefined();
  expect(shard(stream).endingSequenceNumber).toBeUndefined();
});

test("the read that empties a closed shard names the shards that follow", () => {
  const { stream } = aStream();
  put(stream, ["a", "b"]);
  stream.shards.split(0, 1000n);
  const first = read(stream, 0, { max: 1 });
  expect(first.childShards).toBeUndefined();
  const last = read(stream, first.next);
  expect(last.records).toHaveLength(1);
  expect(last.behindMs).toBe(0);
  expect(last.childShards?.map(({ index, parentIds }) => [index, ...parentIds])).toEqual([
    [1, "shardId-000000000000"],
    [2, "shardId-000000000000"],
  ]);
});

test("both parents of a merge name the one child with both of them", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.merge(0, 1);
  for (const index of [0, 1]) {
    expect(read(stream, 0, { index }).childShards).toMatchObject([
      { index: 2, parentIds: ["shardId-000000000000", "shardId-000000000001"] },
    ]);
  }
});

test("LATEST on a closed shard leads to its end at once", () => {
  const { stream } = aStream();
  put(stream, ["a"]);
  stream.shards.split(0, 1000n);
  const batch = read(stream, position(stream, { type: "LATEST" }));
  expect(batch.records).toEqual([]);
  expect(batch.childShards).toHaveLength(2);
});

test("a shard counts its records and their bytes", () => {
  const { stream } = aStream();
  putOne(stream, "four", { partitionKey: "é" });
  putOne(stream, "", { partitionKey: "k" });
  expect([shard(stream).log.count, shard(stream).log.bytes]).toEqual([2, 7]);
});
