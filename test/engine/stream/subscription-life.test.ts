import { describe, expect, test, vi } from "vitest";
import {
  aStream,
  MINUTE,
  nextEvent,
  put,
  SECOND,
  START,
  slow,
  subscribe,
  textsOf,
  thisTurn,
  trySubscribe,
} from "../../support/stream.ts";

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

  test("ends on time even when the next heartbeat would come later", async () => {
    const { stream, clock } = aStream();
    const events = subscribe(stream);
    clock.advance(297 * SECOND);
    put(stream, ["a"]);
    await nextEvent(events);
    const end = events.next();
    await thisTurn();
    clock.advance(3 * SECOND);
    expect(await end).toEqual({ done: true, value: undefined });
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

  test("asks the clock for the next heartbeat and for nothing else", async () => {
    const { stream, clock } = aStream();
    const at = vi.spyOn(clock, "at");
    const events = subscribe(stream);
    const first = nextEvent(events);
    await thisTurn();
    clock.advance(2 * SECOND);
    put(stream, ["a"]);
    await first;
    void nextEvent(events);
    await thisTurn();
    expect(at.mock.calls.map(([instant]) => instant - START)).toEqual([5 * SECOND, 7 * SECOND]);
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
