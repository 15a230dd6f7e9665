import { describe, expect, test } from "vitest";
import { aStream, DAY, HOUR, MINUTE, put, readTexts, SECOND, START, shard, shardTree } from "../../support/stream.ts";

test.for([
  { afterMs: DAY, read: ["a"] },
  { afterMs: DAY + 1, read: [] },
])("a record older than 24 hours is gone: $afterMs ms after the put", ({ afterMs, read }) => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(afterMs);
  expect(readTexts(stream)).toEqual(read);
});

test("each record is kept for its own time", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(HOUR);
  put(stream, ["b"]);
  clock.advance(23 * HOUR + 1);
  expect(readTexts(stream)).toEqual(["b"]);
});

test("a longer retention keeps what has not expired yet", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY);
  stream.configuration.increaseRetention(48 * HOUR);
  clock.advance(DAY);
  expect(readTexts(stream)).toEqual(["a"]);
  clock.advance(1);
  expect(readTexts(stream)).toEqual([]);
});

test("a longer retention does not bring back what has expired", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY + 1);
  stream.configuration.increaseRetention(48 * HOUR);
  expect(readTexts(stream)).toEqual([]);
});

test("a longer retention does not bring back what expired a minute ago and nobody looked at since", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY - MINUTE);
  put(stream, ["b"]);
  clock.advance(2 * MINUTE);
  stream.configuration.increaseRetention(48 * HOUR);
  expect(readTexts(stream)).toEqual(["b"]);
});

test("a shorter retention makes older records unreadable at once, for good", () => {
  const { stream, clock } = aStream();
  stream.configuration.increaseRetention(48 * HOUR);
  put(stream, ["a"]);
  clock.advance(30 * HOUR);
  put(stream, ["b"]);
  stream.configuration.decreaseRetention(24 * HOUR);
  expect(readTexts(stream)).toEqual(["b"]);
  stream.configuration.increaseRetention(48 * HOUR);
  expect(readTexts(stream)).toEqual(["b"]);
});

describe("the bounds of the retention period", () => {
  test.for([
    { hours: 23, outcome: "tooShort" },
    { hours: 24, outcome: "changed" },
    { hours: 8760, outcome: "changed" },
    { hours: 8761, outcome: "tooLong" },
  ])("an increase to $hours hours is answered with $outcome", ({ hours, outcome }) => {
    expect(aStream().stream.configuration.increaseRetention(hours * HOUR)).toBe(outcome);
  });

  test.for([
    { hours: 23, outcome: "tooShort" },
    { hours: 24, outcome: "changed" },
    { hours: 48, outcome: "changed" },
    { hours: 49, outcome: "aboveCurrent" },
    { hours: 8761, outcome: "tooLong" },
  ])("a decrease from 48 to $hours hours is answered with $outcome", ({ hours, outcome }) => {
    const { stream } = aStream();
    stream.configuration.increaseRetention(48 * HOUR);
    expect(stream.configuration.decreaseRetention(hours * HOUR)).toBe(outcome);
  });

  test("an increase below the present period is refused", () => {
    const { stream } = aStream();
    stream.configuration.increaseRetention(48 * HOUR);
    expect(stream.configuration.increaseRetention(47 * HOUR)).toBe("belowCurrent");
    expect(stream.configuration.settings.retentionMs).toBe(48 * HOUR);
  });
});

test("a shard that is written to gives back space at once", () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY - MINUTE);
  put(stream, ["b"]);
  clock.advance(2 * MINUTE);
  put(stream, ["c"]);
  expect(shard(stream).log.count).toBe(2);
});

test("space is given back by shards nobody reads or writes", () => {
  const { stream, clock } = aStream({ shardCount: 2 });
  put(stream, ["x"], { partitionKey: "b" });
  const idle = shard(stream, 1);
  clock.advance(DAY + HOUR);
  put(stream, ["y"], { partitionKey: "a" });
  expect(idle.log.count).toBe(0);
});

describe("a closed shard", () => {
  // Its closing second is START's own; records of that second arrive up to 999 ms later.
  test.for([
    { afterMs: DAY + SECOND - 1, indexes: [0, 1, 2] },
    { afterMs: DAY + SECOND, indexes: [1, 2] },
  ])(
    "expires when its closing second is older than the retention period: after $afterMs ms",
    ({ afterMs, indexes }) => {
      const { stream, clock } = aStream();
      expect(START % SECOND).toBe(0);
      stream.shards.split(0, 1000n);
      clock.advance(afterMs);
      expect(stream.shards.list().map(({ index }) => index)).toEqual(indexes);
      expect(stream.shards.find(0) === undefined).toBe(!indexes.includes(0));
    },
  );

  test("is readable until then, and its last records to the end", () => {
    const { stream, clock } = aStream();
    clock.advance(900);
    put(stream, ["a"]);
    stream.shards.split(0, 1000n);
    clock.advance(DAY);
    expect(readTexts(stream)).toEqual(["a"]);
  });

  test("is still named by its children when it is gone", () => {
    const { stream, clock } = aStream();
    stream.shards.split(0, 1000n);
    clock.advance(DAY + SECOND);
    expect(shardTree(stream)).toMatchObject([
      [0n, 999n, 0],
      [1000n, expect.anything(), 0],
    ]);
  });

  test("stays for as long as a longer retention says", () => {
    const { stream, clock } = aStream();
    stream.shards.split(0, 1000n);
    stream.configuration.increaseRetention(48 * HOUR);
    clock.advance(48 * HOUR + SECOND - 1);
    expect(stream.shards.list()).toHaveLength(3);
    clock.advance(1);
    expect(stream.shards.list()).toHaveLength(2);
  });
});

test("an open shard never expires, however empty", () => {
  const { stream, clock } = aStream({ shardCount: 2 });
  clock.advance(1000 * DAY);
  expect(stream.shards.list()).toHaveLength(2);
});
