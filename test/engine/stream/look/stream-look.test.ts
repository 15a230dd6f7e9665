import fc from "fast-check";
import { expect, test, vi } from "vitest";
import { Segment } from "../../../../src/engine/stream/shard/segment.ts";
import type { Stream } from "../../../../src/engine/stream/stream.ts";
import { bytesOf } from "../../../../src/kernel/base64.ts";
import {
  aStream,
  DAY,
  nextEvent,
  position,
  put,
  readTexts,
  SECOND,
  shard,
  subscribe,
} from "../../../support/stream.ts";

function subscriptions(stream: Stream) {
  const consumer = stream.consumers.find("consumer")!;
  return Array.from(stream.look().subscriptionsOf(consumer), ({ shard: { id }, ...rest }) => ({ id, ...rest }));
}

const texts = (stream: Stream, from = 0) =>
  Array.from(stream.look().records(shard(stream), from), ({ record }) => bytesOf(record.data).toString());

test("a subscription is open while somebody listens, and as old as the record it is to get next", async () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  const startedAt = clock.now();
  clock.advance(SECOND);
  const events = subscribe(stream);
  expect(subscriptions(stream)).toEqual([]);
  await nextEvent(events);
  clock.advance(SECOND);
  expect(subscriptions(stream)).toMatchObject([
    { id: "shardId-000000000000", startedAt: startedAt + SECOND, iteratorAgeMs: 0 },
  ]);
  put(stream, ["b"]);
  clock.advance(3 * SECOND);
  expect(subscriptions(stream)).toMatchObject([{ iteratorAgeMs: 3 * SECOND }]);
  await events.return();
  expect(subscriptions(stream)).toEqual([]);
});

test("a subscription that was taken over shows once", async () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  const first = subscribe(stream);
  await nextEvent(first);
  clock.advance(10 * SECOND);
  const second = subscribe(stream);
  await nextEvent(second);
  expect(subscriptions(stream)).toMatchObject([{ startedAt: clock.now() }]);
});

test("records are listed from any position on, and not once their retention has ended", () => {
  const { stream, clock } = aStream();
  put(stream, ["a", "b", "c"]);
  const listed = [...stream.look().records(shard(stream))];
  expect(texts(stream)).toEqual(["a", "b", "c"]);
  expect(listed.map(({ next }) => texts(stream, next))).toEqual([["b", "c"], ["c"], []]);
  clock.advance(DAY);
  put(stream, ["d"]);
  clock.advance(1);
  expect(texts(stream)).toEqual(["d"]);
});

test("of a hundred thousand records a page touches those that are on it, and a few to find its place", () => {
  const { stream } = aStream();
  const data = Buffer.from("x");
  for (let count = 0; count < 100_000; count++) stream.put({ data, partitionKey: "a" });
  const touches = vi.spyOn(Segment.prototype, "dataAt");
  let from = 0;
  let pages = 0;
  for (; ; pages++) {
    touches.mockClear();
    let last: number | undefined;
    let onPage = 0;
    for (const { next } of stream.look().records(shard(stream), from)) {
      last = next;
      if (++onPage === 1000) break;
    }
    expect(touches.mock.calls.length).toBeLessThanOrEqual(1000);
    if (last === undefined) break;
    from = last;
  }
  touches.mockRestore();
  expect(pages).toBe(100);
});

test("to look takes nothing and changes nothing", () => {
  fc.assert(
    fc.property(fc.array(fc.oneof(fc.constant("put" as const), fc.nat(DAY))), (steps) => {
      const [looked, left] = [aStream(), aStream()];
      for (const step of steps) {
        for (const { stream, clock } of [looked, left]) {
          if (step === "put") put(stream, ["x"]);
          else clock.advance(step);
        }
        for (const one of looked.stream.look().shards()) Array.from(looked.stream.look().records(one));
      }
      expect(readTexts(looked.stream)).toEqual(readTexts(left.stream));
      const latest = { type: "LATEST" } as const;
      expect(position(looked.stream, latest)).toBe(position(left.stream, latest));
      expect(looked.entries).toEqual(left.entries);
    }),
  );
});

test("a record is found by its sequence number, and known to have been there once its retention has ended", () => {
  const { stream, clock } = aStream();
  put(stream, ["a", "b"]);
  const listed = [...stream.look().records(shard(stream))];
  const [a, b] = listed.map(({ record }) => record.sequenceNumber);
  const [first = 0, second = 0] = listed.map(({ next }) => next - 1);
  expect(stream.look().find(b!)).toMatchObject({ index: second, record: { sequenceNumber: b } });
  clock.advance(DAY + 1);
  expect(stream.look().find(a!)).toMatchObject({ index: first, record: undefined });
  const later = shard(stream).numberOf(second + 1, clock.now());
  for (const number of [later, "1", "0".repeat(56), "x"]) expect(stream.look().find(number)).toBeUndefined();
});

test("what was read is told for whoever calls GetRecords, and for each consumer by itself", () => {
  const { stream } = aStream();
  put(stream, ["a", "b"]);
  const indexes = Array.from(stream.look().records(shard(stream)), ({ next }) => next - 1);
  const read = (consumer?: string) => indexes.map((index) => stream.look().hasRead(shard(stream), index, consumer));
  expect(read()).toEqual([false, false]);
  readTexts(stream, 0, { max: 1 });
  expect(read()).toEqual([true, false]);
  expect(read("consumer")).toEqual([false, false]);
});
