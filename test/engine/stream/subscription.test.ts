import { describe, expect, test } from "vitest";
import { parseSequenceNumber } from "../../../src/engine/stream/sequence-number.ts";
import type { ShardEvent } from "../../../src/engine/stream/subscription.ts";
import {
  aStream,
  DAY,
  MIB,
  MINUTE,
  nextEvent,
  position,
  put,
  readTexts,
  SECOND,
  START,
  slow,
  subscribe,
  textsOf,
  thisTurn,
  trySubscribe,
} from "../../support/stream.ts";

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
  test("of an event with records is where the next subscription goes on, with AFTER and without repetition", async () => {
    const { stream } = aStream();
    put(stream, ["a", "b"]);
    const { continuationSequenceNumber } = await nextEvent(subscribe(stream));
    put(stream, ["c"]);
    const sequenceNumber = continuationSequenceNumber!;
    expect(readTexts(stream, position(stream, { type: "AFTER_SEQUENCE_NUMBER", sequenceNumber }))).toEqual(["c"]);
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
        second: START / SECOND + 5,
      });
      put(stream, ["a"], { partitionKey: "a" });
      expect(readTexts(stream, position(stream, { type, sequenceNumber }))).toEqual(["a"]);
    },
  );

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

describe("a subscription's life", () => {
  test("ends quietly after five minutes, which heartbeats fill", async () => {
    const { stream, clock } = aStream();
    const events = subscribe(stream);
    let heard = 0;
    const hearing = (async () => {
      for await (const _ of events) heard++;
    })();
    await thisTurn();
    for (let second = 0; second < 299; second++) {
      clock.advance(SECOND);
      await thisTurn();
    }
    expect(heard).toBe(59);
    clock.advance(SECOND);
    await hearing;
    expect(heard).toBe(59);
  });

  test.for([
    { afterMs: 5 * MINUTE - 1, isOver: false },
    { afterMs: 5 * MINUTE, isOver: true },
  ])("is over for a reader that comes back after $afterMs ms: $isOver", async ({ afterMs, isOver }) => {
    const { stream, clock } = aStream();
    const events = subscribe(stream);
    put(stream, ["a"]);
    clock.advance(afterMs);
    expect((await events.next()).done ?? false).toBe(isOver);
  });

  test("leaves no alarm behind when it is aborted", async () => {
    const { stream, clock } = aStream();
    const abort = new AbortController();
    const event = subscribe(stream, { signal: abort.signal }).next();
    await thisTurn();
    expect(clock.pending).toBe(1);
    abort.abort();
    expect(await event).toEqual({ done: true, value: undefined });
    expect(clock.pending).toBe(0);
  });

  test("needs one alarm while its reader waits and none while nobody does", async () => {
    const { stream, clock } = aStream();
    const events = subscribe(stream);
    expect(clock.pending).toBe(0);
    const event = nextEvent(events);
    await thisTurn();
    expect(clock.pending).toBe(1);
    put(stream, ["a"]);
    await event;
    expect(clock.pending).toBe(0);
  });

  test("does not begin for a reader that is gone already", async () => {
    const { stream } = aStream();
    put(stream, ["a"]);
    const events = subscribe(stream, { signal: AbortSignal.abort() });
    expect(await events.next()).toEqual({ done: true, value: undefined });
  });
});

describe("a second subscription of the same consumer to the same shard", () => {
  test.for([
    { afterMs: 5 * SECOND - 1, outcome: "string" },
    { afterMs: 5 * SECOND, outcome: "object" },
  ])("$afterMs ms after the first is answered with an $outcome", ({ afterMs, outcome }) => {
    const { stream, clock } = aStream();
    subscribe(stream);
    clock.advance(afterMs);
    const answer = trySubscribe(stream);
    expect(typeof answer).toBe(outcome);
    if (outcome === "string") expect(answer).toBe("inUse");
  });

  test("takes the shard over, and the first one is told", async () => {
    const { stream, clock } = aStream();
    const first = subscribe(stream);
    const told = nextEvent(first);
    await thisTurn();
    clock.advance(5 * SECOND);
    await told;
    const waiting = first.next();
    await thisTurn();
    const second = subscribe(stream);
    await expect(waiting).rejects.toMatchObject({ name: "SubscriptionEnded", reason: "takenOver" });
    put(stream, ["a"]);
    expect(textsOf((await nextEvent(second)).records)).toEqual(["a"]);
  });

  test("is refused even when the first one has hung up", async () => {
    const { stream, clock } = aStream();
    const abort = new AbortController();
    const first = subscribe(stream, { signal: abort.signal }).next();
    abort.abort();
    await first;
    expect(trySubscribe(stream)).toBe("inUse");
    clock.advance(5 * SECOND);
    expect(trySubscribe(stream)).toBeTypeOf("object");
  });

  test("counts five seconds from the take-over again", () => {
    const { stream, clock } = aStream();
    subscribe(stream);
    clock.advance(6 * SECOND);
    subscribe(stream);
    clock.advance(4 * SECOND);
    expect(trySubscribe(stream)).toBe("inUse");
  });

  test("to another shard, or of another consumer, is nobody's business", () => {
    const { stream } = aStream({ shardCount: 2 });
    subscribe(stream, { consumer: "one", index: 0 });
    expect(trySubscribe(stream, { consumer: "one", index: 1 })).toBeTypeOf("object");
    expect(trySubscribe(stream, { consumer: "two", index: 0 })).toBeTypeOf("object");
  });
});

test("only an ACTIVE consumer can subscribe", () => {
  const { stream, clock } = aStream({}, slow);
  expect(trySubscribe(stream)).toBe("consumerNotActive");
  clock.advance(5 * SECOND);
  expect(trySubscribe(stream)).toBeTypeOf("object");
  stream.consumers.deregister(stream.consumers.find("consumer")!);
  expect(trySubscribe(stream)).toBe("consumerNotActive");
});

describe("what ends subscriptions early", () => {
  test("deregistering the consumer ends all of its, and no other's", async () => {
    const { stream } = aStream({ shardCount: 2 });
    const [first, second] = [0, 1].map((index) => subscribe(stream, { index }).next());
    const other = nextEvent(subscribe(stream, { consumer: "other" }));
    await thisTurn();
    stream.consumers.deregister(stream.consumers.find("consumer")!);
    const reason = { reason: "consumerDeregistered" };
    await expect(first).rejects.toMatchObject(reason);
    await expect(second).rejects.toMatchObject(reason);
    put(stream, ["a"]);
    expect(textsOf((await other).records)).toEqual(["a"]);
  });

  test("deleting the stream ends them at once, even if the deletion takes a while", async () => {
    const { stream } = aStream({}, { durations: { deletingMs: MINUTE } });
    const event = subscribe(stream).next();
    await thisTurn();
    stream.delete();
    await expect(event).rejects.toMatchObject({ reason: "streamDeleted" });
  });

  test("closing the directory ends them quietly", async () => {
    const { stream, directory, clock } = aStream();
    const event = subscribe(stream).next();
    await thisTurn();
    directory.close();
    expect(await event).toEqual({ done: true, value: undefined });
    expect(clock.pending).toBe(0);
  });

  test("a name registered again starts afresh", () => {
    const { stream } = aStream();
    subscribe(stream);
    stream.consumers.deregister(stream.consumers.find("consumer")!);
    expect(trySubscribe(stream)).toBeTypeOf("object");
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
