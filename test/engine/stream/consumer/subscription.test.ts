import { describe, expect, test } from "vitest";
import type { ShardEvent } from "../../../../src/engine/stream/consumer/subscription.ts";
import { parseSequenceNumber } from "../../../../src/engine/stream/shard/sequence-number.ts";
import {
  aStream,
  DAY,
  MIB,
  nextEvent,
  position,
  put,
  readTexts,
  SECOND,
  START,
  subscribe,
  textsOf,
  thisTurn,
} from "../../../support/stream.ts";

test("records that are there come in one event, caught up", async () => {
  const { stream } = aStream();
  put(stream, ["a", "b", "c", "d", "e"]);
  const event = await nextEvent(subscribe(stream));
  expect(textsOf(event.records)).toEqual(["a", "b", "c", "d", "e"]);
  expect(event).toMatchObject({ behindMs: 0, childShards: undefined });
});

test("a record reaches a waiting subscriber in the turn of its put, without time passing", async () => {
  const { stream, clock } = aStream();
  const events = subscribe(stream);
  let heard: ShardEvent | undefined;
  const hearing = nextEvent(events).then((event) => {
    heard = event;
  });
  await thisTurn();
  expect(heard).toBeUndefined();
  put(stream, ["a"]);
  await thisTurn();
  expect(textsOf(heard?.records ?? [])).toEqual(["a"]);
  expect(clock.now()).toBe(START);
  await hearing;
});

test("records put in one turn come together", async () => {
  const { stream } = aStream();
  const event = nextEvent(subscribe(stream));
  await thisTurn();
  put(stream, ["a", "b", "c"]);
  expect(textsOf((await event).records)).toEqual(["a", "b", "c"]);
});

test("every consumer of a shard gets every record", async () => {
  const { stream } = aStream();
  const heard = ["one", "two", "three"].map((consumer) => nextEvent(subscribe(stream, { consumer })));
  await thisTurn();
  put(stream, ["a"]);
  expect((await Promise.all(heard)).map(({ records }) => textsOf(records))).toEqual([["a"], ["a"], ["a"]]);
});

test("a record for another shard wakes nobody", async () => {
  const { stream } = aStream({ shardCount: 2 });
  let heard = false;
  void nextEvent(subscribe(stream, { index: 0 })).then(() => {
    heard = true;
  });
  await thisTurn();
  put(stream, ["x"], { partitionKey: "b" });
  await thisTurn();
  expect(heard).toBe(false);
});

test("LATEST means from the subscription on, even for records that come before the first event is asked for", async () => {
  const { stream } = aStream();
  put(stream, ["before"]);
  const events = subscribe(stream, { from: position(stream, { type: "LATEST" }) });
  put(stream, ["after"]);
  expect(textsOf((await nextEvent(events)).records)).toEqual(["after"]);
});

describe("silence", () => {
  test.for([
    { ms: 5 * SECOND - 1, isHeard: false },
    { ms: 5 * SECOND, isHeard: true },
  ])("of $ms ms ends with a heartbeat: $isHeard", async ({ ms, isHeard }) => {
    const { stream, clock } = aStream();
    let heard: ShardEvent | undefined;
    void nextEvent(subscribe(stream)).then((event) => {
      heard = event;
    });
    await thisTurn();
    clock.advance(ms);
    await thisTurn();
    expect(heard !== undefined).toBe(isHeard);
    if (isHeard) expect(heard).toMatchObject({ records: [], behindMs: 0, childShards: undefined });
  });

  test("is measured from the last event", async () => {
    const { stream, clock } = aStream();
    const events = subscribe(stream);
    clock.advance(4 * SECOND);
    put(stream, ["a"]);
    expect(textsOf((await nextEvent(events)).records)).toEqual(["a"]);
    const heartbeat = nextEvent(events);
    await thisTurn();
    clock.advance(5 * SECOND);
    expect((await heartbeat).records).toEqual([]);
    expect(clock.now()).toBe(START + 9 * SECOND);
  });
});

describe("the continuation sequence number", () => {
  test.for(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] as const)(
    "of an event with records lies behind the last of them, and is where to go on %s without repetition",
    async (type) => {
      const { stream } = aStream();
      const [, last] = put(stream, ["a", "b"]);
      const { continuationSequenceNumber } = await nextEvent(subscribe(stream));
      const sequenceNumber = continuationSequenceNumber!;
      expect(BigInt(sequenceNumber)).toBeGreaterThan(BigInt(last!.sequenceNumber));
      const [next] = put(stream, ["c"]);
      expect(BigInt(sequenceNumber)).toBeLessThan(BigInt(next!.sequenceNumber));
      expect(readTexts(stream, position(stream, { type, sequenceNumber }))).toEqual(["c"]);
    },
  );

  test("still leads on when the records before it have expired", async () => {
    const { stream, clock } = aStream();
    put(stream, ["a"]);
    const sequenceNumber = (await nextEvent(subscribe(stream))).continuationSequenceNumber!;
    clock.advance(DAY + SECOND);
    put(stream, ["b"]);
    expect(readTexts(stream, position(stream, { type: "AT_SEQUENCE_NUMBER", sequenceNumber }))).toEqual(["b"]);
  });

  test.for(["AT_SEQUENCE_NUMBER", "AFTER_SEQUENCE_NUMBER"] as const)(
    "of a heartbeat moves on with time and neighbours, and loses nothing with %s",
    async (type) => {
      const { stream, clock } = aStream({ shardCount: 2 });
      const events = subscribe(stream);
      put(stream, ["x"], { partitionKey: "b" });
      const heartbeat = nextEvent(events);
      await thisTurn();
      clock.advance(5 * SECOND);
      const sequenceNumber = (await heartbeat).continuationSequenceNumber!;
      expect(parseSequenceNumber(sequenceNumber)).toMatchObject({
        shardIndex: 0,
        index: 1n,
        isGap: true,
        second: START / SECOND + 5,
      });
      put(stream, ["a"], { partitionKey: "a" });
      expect(readTexts(stream, position(stream, { type, sequenceNumber }))).toEqual(["a"]);
    },
  );

  test("of a subscription behind a number nobody ever issued is a number that can be read back", async () => {
    const { stream, clock } = aStream();
    const [number] = put(stream, ["a"]);
    const sequenceNumber = (BigInt(number!.sequenceNumber) | ((2n ** 63n - 1n) << 80n)).toString();
    const from = position(stream, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber });
    const heartbeat = nextEvent(subscribe(stream, { from }));
    await thisTurn();
    clock.advance(5 * SECOND);
    const { records, continuationSequenceNumber } = await heartbeat;
    expect(records).toEqual([]);
    expect(parseSequenceNumber(continuationSequenceNumber!)?.shardIndex).toBe(0);
  });

  test("of an empty shard is valid and comes before its first record", async () => {
    const { stream, clock } = aStream();
    const heartbeat = nextEvent(subscribe(stream));
    await thisTurn();
    clock.advance(5 * SECOND);
    const sequenceNumber = (await heartbeat).continuationSequenceNumber!;
    put(stream, ["a"]);
    expect(readTexts(stream, position(stream, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber }))).toEqual(["a"]);
  });
});

describe("a slow reader", () => {
  test("gets at most a mebibyte at once and what has come meanwhile when it asks again", async () => {
    const { stream } = aStream();
    const half = { data: Buffer.alloc(MIB / 2 - 1) };
    put(stream, ["", "", ""], half);
    const events = subscribe(stream);
    const first = await nextEvent(events);
    expect([first.records.length, first.behindMs]).toEqual([2, 1]);
    put(stream, ["late"]);
    const second = await nextEvent(events);
    expect(second.records).toHaveLength(2);
    expect(textsOf(second.records)[1]).toBe("late");
    expect(second.behindMs).toBe(0);
  });

  test("holds back nobody else", async () => {
    const { stream } = aStream();
    const slowEvents = subscribe(stream, { consumer: "slow" });
    const fastEvents = subscribe(stream, { consumer: "fast" });
    put(stream, ["a"]);
    await nextEvent(slowEvents);
    await nextEvent(fastEvents);
    put(stream, ["b"]);
    expect(textsOf((await nextEvent(fastEvents)).records)).toEqual(["b"]);
  });

  test("gets a record of more than a mebibyte alone", async () => {
    const { stream } = aStream();
    put(stream, [""], { data: Buffer.alloc(3 * MIB) });
    put(stream, ["small"]);
    const events = subscribe(stream);
    expect((await nextEvent(events)).records).toHaveLength(1);
    expect(textsOf((await nextEvent(events)).records)).toEqual(["small"]);
  });
});

describe("the end of the shard", () => {
  test("comes after its last records, as an event with children and without a continuation", async () => {
    const { stream } = aStream();
    put(stream, ["a"]);
    stream.shards.split(0, 1000n);
    const events = subscribe(stream);
    const last = await nextEvent(events);
    expect(textsOf(last.records)).toEqual(["a"]);
    expect(last.continuationSequenceNumber).toBeDefined();
    expect(last.childShards).toBeUndefined();
    const end = await nextEvent(events);
    expect(end).toMatchObject({ records: [], continuationSequenceNumber: undefined, behindMs: 0 });
    expect(end.childShards?.map(({ index }) => index)).toEqual([1, 2]);
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });

  test("reaches a waiting subscriber in the turn of the split", async () => {
    const { stream } = aStream();
    const event = nextEvent(subscribe(stream));
    await thisTurn();
    stream.shards.split(0, 1000n);
    expect((await event).childShards).toHaveLength(2);
  });

  test("reaches a waiting subscriber when time completes the split", async () => {
    const { stream, clock } = aStream({}, { durations: { reshardingMs: 3 * SECOND } });
    const event = nextEvent(subscribe(stream));
    stream.shards.split(0, 1000n);
    await thisTurn();
    clock.advance(3 * SECOND);
    expect((await event).childShards).toHaveLength(2);
  });

  test("tells both parents of a merge", async () => {
    const { stream } = aStream({ shardCount: 2 });
    const both = [0, 1].map((index) => nextEvent(subscribe(stream, { index })));
    await thisTurn();
    stream.shards.merge(0, 1);
    for (const event of await Promise.all(both)) {
      expect(event.childShards).toMatchObject([
        { index: 2, parentIds: ["shardId-000000000000", "shardId-000000000001"] },
      ]);
    }
  });
});

test("a subscriber far behind goes on from the oldest record when those it wanted have expired", async () => {
  const { stream, clock } = aStream();
  put(stream, ["a"]);
  clock.advance(DAY);
  put(stream, ["b"]);
  clock.advance(1);
  expect(textsOf((await nextEvent(subscribe(stream, { from: 1 }))).records)).toEqual(["b"]);
});

describe("where consumers are throttled to 2 MiB a second", () => {
  test.for([
    { afterMs: 499, isHeard: false },
    { afterMs: 500, isHeard: true },
  ])("the event after one of a mebibyte comes after half a second: $afterMs ms", async ({ afterMs, isHeard }) => {
    const { stream, clock } = aStream({}, { capacity: { writeBytes: 100 * MIB } });
    put(stream, ["", "", ""], { data: Buffer.alloc(MIB / 2 - 1) });
    const events = subscribe(stream);
    await nextEvent(events);
    let heard = false;
    void nextEvent(events).then(() => {
      heard = true;
    });
    await thisTurn();
    clock.advance(afterMs);
    await thisTurn();
    expect(heard).toBe(isHeard);
  });

  test("two consumers have as much each", async () => {
    const { stream } = aStream({}, { capacity: { writeBytes: 100 * MIB } });
    put(stream, ["", ""], { data: Buffer.alloc(MIB / 2 - 1) });
    const [one, two] = ["one", "two"].map((consumer) => subscribe(stream, { consumer }));
    expect((await nextEvent(one!)).records).toHaveLength(2);
    expect((await nextEvent(two!)).records).toHaveLength(2);
  });
});
