import { describe, expect, test } from "vitest";
import { SETTLED_PER_TURN } from "../../../../src/kernel/time/catching-up.ts";
import { DAY, put, SECOND } from "../../../support/stream.ts";
import { aQueue, receive, receiveTexts, textOf } from "../../../support/stream-queue.ts";

const MANY = 3 * SETTLED_PER_TURN + 1;

/** A queue of which so many records are in flight. */
function aFullQueue() {
  const fixture = aQueue();
  put(
    fixture.stream,
    Array.from({ length: MANY }, (_, number) => String(number)),
  );
  for (let taken = 0; taken < MANY; ) taken += receive(fixture.queue, { max: 1000 }).length;
  return fixture;
}

describe("a queue of a stream of which more is due than one turn takes", () => {
  test("ends so many visibility timeouts at a touch, and the rest in later turns", async () => {
    const { queue, clock } = aFullQueue();
    clock.advance(30 * SECOND);
    expect(queue.counts).toMatchObject({ visible: SETTLED_PER_TURN, inFlight: MANY - SETTLED_PER_TURN });
    const { lag } = queue;
    expect(receive(queue)).toEqual([]);
    clock.advance(0); // a later turn
    await lag;
    expect(queue.lag).toBeUndefined();
    expect(queue.counts).toMatchObject({ visible: MANY, inFlight: 0 });
    expect(receiveTexts(queue, { max: 3 })).toEqual(["0", "1", "2"]);
  });

  test("forgets so many records that have expired, and hands out none of them", async () => {
    const { stream, queue, clock } = aFullQueue();
    clock.advance(DAY / 2);
    expect(queue.lag).toBeDefined();
    clock.advance(0);
    put(stream, ["young"]);
    clock.advance(DAY / 2 + 1);
    expect(queue.counts).toMatchObject({ visible: 1 + MANY - SETTLED_PER_TURN });
    const waiting = queue.receiveWhenAvailable(
      { max: 10, isDead: false },
      { waitMs: SECOND, signal: new AbortController().signal },
    );
    clock.advance(0);
    expect((await waiting).map(textOf)).toEqual(["young"]);
    expect(queue.counts).toMatchObject({ visible: 0, inFlight: 1 });
  });

  test("is freed without anybody asking for the queue", () => {
    const { stream, queue, clock } = aFullQueue();
    clock.advance(DAY + 1);
    put(stream, ["young"]);
    clock.advance(0);
    expect([queue.lag, queue.counts.visible]).toEqual([undefined, 1]);
    expect(clock.pending).toBe(0);
  });

  test("is waited for no longer when the stream goes", async () => {
    const { stream, queue, clock } = aFullQueue();
    clock.advance(30 * SECOND);
    const { lag } = queue;
    stream.dismissSubscribers();
    await expect(lag).resolves.toBeUndefined();
    expect(clock.pending).toBe(0);
  });
});
