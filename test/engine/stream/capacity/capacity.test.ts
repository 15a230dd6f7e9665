import { describe, expect, test } from "vitest";
import type { Stream } from "../../../../src/engine/stream/stream.ts";
import { aStream, DAY, MIB, put, SECOND, shard, throttled } from "../../../support/stream.ts";

function offer(stream: Stream, bytes: number, partitionKey = "a"): string {
  return stream.put({ data: Buffer.alloc(bytes - 1), partitionKey }).outcome;
}

/** How many of the puts were not throttled. */
function admitted(stream: Stream, count: number, bytes = 1): number {
  return Array.from({ length: count }, () => offer(stream, bytes)).filter((outcome) => outcome === "put").length;
}

function reads(stream: Stream, count: number): number {
  return Array.from({ length: count }, () => stream.read(shard(stream), 0)).filter((batch) => batch !== "throttled")
    .length;
}

test("nothing is throttled unless the rules say so", () => {
  const { stream } = aStream();
  expect(admitted(stream, 3000)).toBe(3000);
  expect(admitted(stream, 5, MIB)).toBe(5);
  expect(reads(stream, 100)).toBe(100);
});

describe("writes", () => {
  test("are 1,000 records a second", () => {
    const { stream, clock } = aStream({}, throttled);
    expect(admitted(stream, 1100)).toBe(1000);
    clock.advance(1);
    expect(admitted(stream, 10)).toBe(1);
    clock.advance(SECOND);
    expect(admitted(stream, 1100)).toBe(1000);
  });

  test("are 1 MiB a second, partition keys included", () => {
    const { stream, clock } = aStream({}, throttled);
    expect(admitted(stream, 5, MIB / 4)).toBe(4);
    clock.advance(249);
    expect(offer(stream, MIB / 4)).toBe("throttled");
    clock.advance(1);
    expect(offer(stream, MIB / 4)).toBe("put");
  });

  test("are counted for each shard", () => {
    const { stream } = aStream({ shardCount: 2 }, throttled);
    expect(admitted(stream, 1001)).toBe(1000);
    expect(offer(stream, 10, "b")).toBe("put");
  });

  test("do not save up more than a second's worth", () => {
    const { stream, clock } = aStream({}, throttled);
    clock.advance(DAY);
    expect(admitted(stream, 1100)).toBe(1000);
  });

  test("of a record beyond a second's worth pass when nothing else did, and are paid for afterwards", () => {
    const { stream, clock } = aStream({}, throttled);
    expect(offer(stream, 4 * MIB)).toBe("put");
    clock.advance(3 * SECOND);
    expect(offer(stream, 1)).toBe("throttled");
    clock.advance(1);
    expect(offer(stream, 1)).toBe("put");
  });

  test("that were throttled leave no trace", () => {
    const { stream } = aStream({}, throttled);
    admitted(stream, 1000);
    const refused = stream.put({ data: Buffer.from("x"), partitionKey: "a" });
    expect(refused).toEqual({ outcome: "throttled", shard: shard(stream) });
    expect(shard(stream).log.count).toBe(1000);
  });
});

describe("reads", () => {
  test("are five calls a second", () => {
    const { stream, clock } = aStream({}, throttled);
    expect(reads(stream, 10)).toBe(5);
    clock.advance(199);
    expect(reads(stream, 1)).toBe(0);
    clock.advance(1);
    expect(reads(stream, 2)).toBe(1);
  });

  test("are 2 MiB a second", () => {
    const { stream, clock } = aStream({}, { capacity: { writeBytes: 100 * MIB } });
    put(stream, [""], { data: Buffer.alloc(MIB - 1) });
    expect(reads(stream, 4)).toBe(2);
    clock.advance(SECOND);
    expect(reads(stream, 4)).toBe(2);
  });

  test.for([
    { afterMs: 5 * SECOND - 1, count: 0 },
    { afterMs: 5 * SECOND, count: 1 },
  ])("are blocked for five seconds by a reply of 10 MiB: $afterMs ms after", ({ afterMs, count }) => {
    const { stream, clock } = aStream({}, { capacity: { writeBytes: 100 * MIB } });
    for (let number = 0; number < 10; number++) put(stream, [""], { data: Buffer.alloc(MIB - 1) });
    expect(reads(stream, 1)).toBe(1);
    clock.advance(afterMs);
    expect(reads(stream, 1)).toBe(count);
  });
});

test("looking for a position is not counted, only giving out an iterator is", () => {
  const { stream } = aStream({}, throttled);
  for (let time = 0; time < 10; time++) stream.position(shard(stream), { type: "LATEST" });
  expect(stream.admitIterator(shard(stream))).toBe(true);
});

test("shard iterators are five a second", () => {
  const { stream, clock } = aStream({}, throttled);
  const iterators = (count: number): number =>
    Array.from({ length: count }, () => stream.admitIterator(shard(stream))).filter(Boolean).length;
  expect(iterators(7)).toBe(5);
  clock.advance(200);
  expect(iterators(2)).toBe(1);
});

describe("an on-demand stream", () => {
  const halfAMinute = { writeBytes: 1000, writeRecords: 1_000_000 };

  /** Puts so many bytes on shard 0 within a minute, then one more byte after it. */
  function afterAMinuteOf(bytes: number, capacity = {}): Stream {
    const fixture = aStream({ settings: { mode: "ON_DEMAND" } }, { capacity: { ...halfAMinute, ...capacity } });
    offer(fixture.stream, 1);
    fixture.stream.put({ data: Buffer.alloc(bytes - 2), partitionKey: "a" });
    fixture.clock.advance(60 * SECOND);
    offer(fixture.stream, 1);
    return fixture.stream;
  }

  test.for([
    { bytes: 30_000, openCount: 4 },
    { bytes: 30_001, openCount: 5 },
  ])("splits a shard that took more than half of what it bears in a minute: $bytes bytes", ({ bytes, openCount }) => {
    const stream = afterAMinuteOf(bytes);
    expect([stream.shards.openCount, stream.status]).toEqual([openCount, "ACTIVE"]);
  });

  test("judges each minute by itself", () => {
    const { stream, clock } = aStream({ settings: { mode: "ON_DEMAND" } }, { capacity: halfAMinute });
    for (let minute = 0; minute < 4; minute++) {
      offer(stream, 20_000);
      clock.advance(60 * SECOND);
    }
    offer(stream, 1);
    expect(stream.shards.openCount).toBe(4);
  });

  test("splits in the middle, and the record that follows goes to a child", () => {
    const stream = afterAMinuteOf(50_000);
    const [lower, upper] = [4, 5].map((index) => shard(stream, index));
    expect(upper!.range.start - lower!.range.start).toBe(lower!.range.end - lower!.range.start + 1n);
    expect([lower, upper].map((child) => child!.log.count)).toEqual([1, 0]);
  });

  test("grows no further than the rules say", () => {
    expect(afterAMinuteOf(50_000, { onDemandShards: 4 }).shards.openCount).toBe(4);
    expect(afterAMinuteOf(50_000, { onDemandShards: 5 }).shards.openCount).toBe(5);
  });

  test("counts what was throttled, too", () => {
    const { stream, clock } = aStream({ settings: { mode: "ON_DEMAND" } }, { capacity: { writeRecords: 10 } });
    offer(stream, 1);
    admitted(stream, 301);
    clock.advance(60 * SECOND);
    offer(stream, 1);
    expect(stream.shards.openCount).toBe(5);
  });

  test("keeps its shards when traffic is watched by nobody", () => {
    const { stream, clock } = aStream({ settings: { mode: "ON_DEMAND" } });
    offer(stream, 10 * MIB);
    clock.advance(60 * SECOND);
    offer(stream, 1);
    expect(stream.shards.openCount).toBe(4);
  });
});

test("a provisioned stream does not grow by itself", () => {
  const { stream, clock } = aStream({}, throttled);
  admitted(stream, 40_000);
  clock.advance(60 * SECOND);
  offer(stream, 1);
  expect(stream.shards.openCount).toBe(1);
});
