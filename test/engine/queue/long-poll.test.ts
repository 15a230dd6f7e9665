import { getEventListeners } from "node:events";
import { describe, expect, test } from "vitest";
import {
  aFifoQueue,
  aMessage,
  aQueue,
  HOUR,
  MINUTE,
  poll,
  receive,
  receiveOne,
  SECOND,
  send,
} from "../../support/queue.ts";

describe("a long poll", () => {
  test("returns at once what is there, up to the maximum", async () => {
    const { queue } = aQueue();
    send(queue, ["a", "b", "c"]);
    expect(await poll(queue, { max: 2 })).toEqual(["a", "b"]);
  });

  test("is woken by the send itself, without time passing", async () => {
    const { queue } = aQueue();
    const waiting = poll(queue);
    send(queue, ["a"]);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    expect(await waiting).toEqual(["a"]);
  });

  test("is woken by the end of a visibility timeout", async () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 5 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue);
    const waiting = poll(queue, { visibilityTimeoutMs: HOUR });
    clock.advance(5 * SECOND);
    expect(await waiting).toEqual(["a"]);
  });

  test("is woken by the end of a delay", async () => {
    const { queue, clock } = aQueue();
    queue.send(aMessage("a", { delayMs: 5 * SECOND }));
    const waiting = poll(queue);
    clock.advance(5 * SECOND);
    expect(await waiting).toEqual(["a"]);
  });

  test("returns together what becomes visible at the same instant", async () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 5 * SECOND });
    send(queue, ["a", "b", "c"]);
    receive(queue);
    const waiting = poll(queue);
    clock.advance(20 * SECOND);
    expect(await waiting).toEqual(["a", "b", "c"]);
  });

  test("is woken by a visibility timeout that is changed to zero", async () => {
    const { queue } = aQueue();
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    const waiting = poll(queue);
    queue.changeVisibility(receipt, 0);
    expect(await waiting).toEqual(["a"]);
  });

  test("is woken at the new end of a visibility timeout that was changed while it waited", async () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: HOUR });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    const waiting = poll(queue);
    queue.changeVisibility(receipt, 5 * SECOND);
    clock.advance(4_999);
    expect(queue.counts.inFlight).toBe(1);
    clock.advance(1);
    expect(await waiting).toEqual(["a"]);
  });

  test("is woken when a shorter delay makes a message of a FIFO queue visible", async () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: 10 * SECOND });
    send(queue, ["a"], { groupId: "g" });
    clock.advance(SECOND);
    const waiting = poll(queue);
    configure({ delayMs: SECOND });
    expect(await waiting).toEqual(["a"]);
  });

  test("is woken when the message expires that locked a message group", async () => {
    const { queue, clock } = aFifoQueue({ retentionMs: MINUTE, visibilityTimeoutMs: HOUR });
    send(queue, ["1"], { groupId: "g" });
    clock.advance(SECOND);
    send(queue, ["2"], { groupId: "g" });
    receiveOne(queue);
    clock.advance(50 * SECOND);
    const waiting = poll(queue);
    clock.advance(20 * SECOND);
    expect(await waiting).toEqual(["2"]);
  });

  test("is woken by the delete that unlocks a message group", async () => {
    const { queue } = aFifoQueue();
    send(queue, ["1", "2"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    const waiting = poll(queue);
    queue.delete(receipt);
    expect(await waiting).toEqual(["2"]);
  });

  test("is not woken by a message of a locked group, and gets it when the group is unlocked", async () => {
    const { queue } = aFifoQueue();
    send(queue, ["1"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    const waiting = poll(queue);
    send(queue, ["2"], { groupId: "g" });
    expect(queue.counts).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    queue.delete(receipt);
    expect(await waiting).toEqual(["2"]);
  });

  test("that is aborted takes no message with it", async () => {
    const { queue } = aQueue();
    const abort = new AbortController();
    const waiting = poll(queue, { signal: abort.signal });
    abort.abort();
    send(queue, ["a"]);
    expect(await waiting).toEqual([]);
    expect(queue.counts.visible).toBe(1);
  });

  test("that was answered does not listen to its signal any more", async () => {
    const { queue } = aQueue();
    const { signal } = new AbortController();
    const waiting = poll(queue, { signal });
    expect(getEventListeners(signal, "abort")).toHaveLength(1);
    send(queue, ["a"]);
    await waiting;
    expect(getEventListeners(signal, "abort")).toEqual([]);
  });

  test("that is aborted before it starts waiting does not wait", async () => {
    const { queue } = aQueue();
    expect(await poll(queue, { signal: AbortSignal.abort() })).toEqual([]);
  });

  test("is answered with nothing when everyone who waits is dismissed", async () => {
    const { queue, clock } = aQueue();
    const waiting = [poll(queue), poll(queue)];
    queue.close();
    expect(await Promise.all(waiting)).toEqual([[], []]);
    expect(clock.pending).toBe(0);
  });

  test("rejects as a receive throws, when it names an attempt that cannot be repeated", async () => {
    const { queue } = aFifoQueue();
    send(queue, ["a"], { groupId: "g" });
    queue.delete(receiveOne(queue, { attemptId: "attempt" }).receipt);
    await expect(poll(queue, { attemptId: "attempt" })).rejects.toThrow(
      expect.objectContaining({ name: "ReceiveNotRetryable" }),
    );
  });
});

describe("the end of the wait", () => {
  test.for([
    { afterMs: 19_999, counts: { visible: 0, inFlight: 1 }, answer: ["late"] },
    { afterMs: 20_000, counts: { visible: 1, inFlight: 0 }, answer: [] },
  ])("answers with nothing: a message sent after $afterMs of 20000 ms", async ({ afterMs, counts, answer }) => {
    const { queue, clock } = aQueue();
    const waiting = poll(queue, { waitMs: 20 * SECOND });
    clock.advance(afterMs);
    send(queue, ["late"]);
    expect(queue.counts).toMatchObject(counts);
    clock.advance(20 * SECOND);
    expect(await waiting).toEqual(answer);
  });

  test("at the instant a message becomes visible still brings the message", async () => {
    const { queue, clock } = aQueue();
    queue.send(aMessage("a", { delayMs: 5 * SECOND }));
    const waiting = poll(queue, { waitMs: 5 * SECOND });
    clock.advance(5 * SECOND);
    expect(await waiting).toEqual(["a"]);
  });

  test("of one poll leaves the others waiting", async () => {
    const { queue, clock } = aQueue();
    const [short, long] = [poll(queue, { waitMs: SECOND }), poll(queue, { waitMs: 2 * SECOND })];
    clock.advance(SECOND);
    send(queue, ["a"]);
    expect(await Promise.all([short, long])).toEqual([[], ["a"]]);
  });

  test("leaves no alarm behind", async () => {
    const { queue, clock } = aQueue();
    const waiting = poll(queue, { waitMs: SECOND });
    expect(clock.pending).toBe(1);
    clock.advance(SECOND);
    await waiting;
    expect(clock.pending).toBe(0);
  });

  test("of a poll that was to wait for no time comes at once", async () => {
    const { queue } = aQueue();
    expect(await poll(queue, { waitMs: 0 })).toEqual([]);
  });
});

describe("several who wait", () => {
  test("are served in the order they came", async () => {
    const { queue } = aQueue();
    const waiting = [1, 2, 3].map(() => poll(queue, { max: 1 }));
    send(queue, ["a", "b", "c"]);
    expect(await Promise.all(waiting)).toEqual([["a"], ["b"], ["c"]]);
  });

  test("are passed over once they gave up", async () => {
    const { queue } = aQueue();
    const abort = new AbortController();
    const first = poll(queue, { signal: abort.signal });
    const second = poll(queue);
    abort.abort();
    send(queue, ["a"]);
    expect(await Promise.all([first, second])).toEqual([[], ["a"]]);
  });

  test("come before a newcomer, also when time made the message visible", async () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 5 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue);
    const newcomer: string[] = [];
    // Set before the wait begins, so it runs before the alarm of the one who waits.
    clock.at(clock.now() + 5 * SECOND, () => newcomer.push(...receive(queue)));
    const waiting = poll(queue);
    clock.advance(5 * SECOND);
    expect(newcomer).toEqual([]);
    expect(await waiting).toEqual(["a"]);
  });

  test("share the messages of a FIFO queue by group", async () => {
    const { queue } = aFifoQueue();
    const waiting = [poll(queue), poll(queue)];
    send(queue, ["1a"], { groupId: "1" });
    send(queue, ["1b"], { groupId: "1" });
    send(queue, ["2a"], { groupId: "2" });
    expect(await Promise.all(waiting)).toEqual([["1a"], ["2a"]]);
    expect(queue.counts).toEqual({ visible: 1, inFlight: 2, delayed: 0 });
  });

  test("who ask for a visibility timeout of zero all get the message", async () => {
    const { queue } = aQueue();
    const waiting = [1, 2].map(() => poll(queue, { visibilityTimeoutMs: 0 }));
    send(queue, ["a"]);
    expect(await Promise.all(waiting)).toEqual([["a"], ["a"]]);
    expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test("who name the same attempt get the same messages", async () => {
    const { queue } = aFifoQueue();
    const waiting = [1, 2].map(() => poll(queue, { attemptId: "attempt" }));
    send(queue, ["a"], { groupId: "g" });
    expect(await Promise.all(waiting)).toEqual([["a"], ["a"]]);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  });
});

test("a queue that nobody waits on sets no alarm", () => {
  const { queue, clock } = aQueue();
  queue.send(aMessage("a", { delayMs: SECOND }));
  send(queue, ["b"]);
  receiveOne(queue);
  expect(clock.pending).toBe(0);
});
