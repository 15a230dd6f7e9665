import { describe, expect, test } from "vitest";
import type { ShardFilter } from "../../../../src/engine/stream/shard/shard-filter.ts";
import type { Stream } from "../../../../src/engine/stream/stream.ts";
import { aStream, DAY, HOUR, SECOND, START, type StreamFixture } from "../../../support/stream.ts";

/** Shard 0, split an hour after the stream's creation into 1 and 2, of which 2 is split into 3 and 4 an hour later. */
function aTree(): StreamFixture {
  const fixture = aStream();
  fixture.clock.advance(HOUR);
  fixture.stream.shards.split(0, 1000n);
  fixture.clock.advance(HOUR);
  fixture.stream.shards.split(2, 2000n);
  return fixture;
}

function indexes(stream: Stream, filter: ShardFilter): readonly number[] {
  return stream.shards.list({ filter }).map(({ index }) => index);
}

const SPLIT = START + HOUR;

test.for([
  { filter: { type: "FROM_TRIM_HORIZON" }, shown: [0, 1, 2, 3, 4] },
  { filter: { type: "AT_TRIM_HORIZON" }, shown: [0] },
  { filter: { type: "AT_LATEST" }, shown: [1, 3, 4] },
  { filter: { type: "AFTER_SHARD_ID", shardId: "shardId-000000000002" }, shown: [3, 4] },
  { filter: { type: "AFTER_SHARD_ID", shardId: "shardId" }, shown: [0, 1, 2, 3, 4] },
  { filter: { type: "AT_TIMESTAMP", instant: 0 }, shown: [0] },
  { filter: { type: "AT_TIMESTAMP", instant: START }, shown: [0] },
  { filter: { type: "AT_TIMESTAMP", instant: SPLIT + SECOND - 1 }, shown: [0] },
  { filter: { type: "AT_TIMESTAMP", instant: SPLIT + SECOND }, shown: [1, 2] },
  { filter: { type: "AT_TIMESTAMP", instant: SPLIT + HOUR + SECOND }, shown: [1, 3, 4] },
  { filter: { type: "FROM_TIMESTAMP", instant: 0 }, shown: [0, 1, 2, 3, 4] },
  { filter: { type: "FROM_TIMESTAMP", instant: SPLIT + SECOND - 1 }, shown: [0, 1, 2, 3, 4] },
  { filter: { type: "FROM_TIMESTAMP", instant: SPLIT + SECOND }, shown: [1, 2, 3, 4] },
  { filter: { type: "FROM_TIMESTAMP", instant: SPLIT + HOUR + SECOND }, shown: [1, 3, 4] },
] as const)("$filter shows shards $shown", ({ filter, shown }) => {
  expect(indexes(aTree().stream, filter)).toEqual(shown);
});

describe("when the retention period has passed the first split", () => {
  const afterMs = DAY - HOUR + SECOND;

  test.for([
    { filter: { type: "FROM_TRIM_HORIZON" }, shown: [1, 2, 3, 4] },
    { filter: { type: "AT_TRIM_HORIZON" }, shown: [1, 2] },
    { filter: { type: "AT_TIMESTAMP", instant: START }, shown: [1, 2] },
    { filter: { type: "FROM_TIMESTAMP", instant: START }, shown: [1, 2, 3, 4] },
  ] as const)("$filter shows shards $shown", ({ filter, shown }) => {
    const { stream, clock } = aTree();
    clock.advance(afterMs);
    expect(indexes(stream, filter)).toEqual(shown);
  });
});

test("every AT filter tiles the hash keys, at any second of a busy tree", () => {
  const { stream } = aStream({ shardCount: 2 });
  stream.shards.rescale(3);
  stream.shards.rescale(2);
  stream.shards.rescale(4);
  for (let instant = START - SECOND; instant < START + 10 * SECOND; instant += SECOND / 2) {
    const shown = stream.shards.list({ filter: { type: "AT_TIMESTAMP", instant } });
    const keys = shown.reduce((sum, { range }) => sum + range.end - range.start + 1n, 0n);
    expect(keys).toBe(1n << 128n);
  }
});

test.for([
  { afterId: "shardId-000000000001", shown: [2, 3, 4] },
  { afterId: "shardId-00000000000", shown: [0, 1, 2, 3, 4] },
  { afterId: "shardId-000000000001x", shown: [2, 3, 4] },
  { afterId: "shardId-000000000004", shown: [] },
])("a listing after $afterId goes on textually with $shown", ({ afterId, shown }) => {
  expect(
    aTree()
      .stream.shards.list({ afterId })
      .map(({ index }) => index),
  ).toEqual(shown);
});

test("a filter and a place to go on from hold together", () => {
  const listed = aTree().stream.shards.list({ filter: { type: "AT_LATEST" }, afterId: "shardId-000000000001" });
  expect(listed.map(({ index }) => index)).toEqual([3, 4]);
});

test.for([
  { query: { maxCount: 1 }, shown: [0] },
  { query: { maxCount: 5 }, shown: [0, 1, 2, 3, 4] },
  { query: { maxCount: 6 }, shown: [0, 1, 2, 3, 4] },
  { query: { maxCount: 2, filter: { type: "AT_LATEST" } }, shown: [1, 3] },
  { query: { maxCount: 1, afterId: "shardId-000000000002" }, shown: [3] },
] as const)("a listing of so many at the most, $query, shows shards $shown", ({ query, shown }) => {
  const listed = aTree().stream.shards.list(query);
  expect(listed.map(({ index }) => index)).toEqual(shown);
});

test.for([
  { afterId: "", shown: [1, 3, 4] },
  { afterId: "shardId-000000000000", shown: [1, 3, 4] },
  { afterId: "shardId-000000000001", shown: [3, 4] },
  { afterId: "shardId-000000000002", shown: [3, 4] },
])("a listing after '$afterId' passes over shards that have expired", ({ afterId, shown }) => {
  const { stream, clock } = aTree();
  clock.advance(DAY + HOUR);
  expect(stream.shards.list({ afterId }).map(({ index }) => index)).toEqual(shown);
});
