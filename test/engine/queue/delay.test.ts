import { describe, expect, test } from "vitest";
import { aFifoQueue, aMessage, aQueue, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

describe("a message sent to a queue with a delay", () => {
  test.for([
    { afterMs: 0, received: [] },
    { afterMs: 9_999, received: [] },
    { afterMs: 10_000, received: ["a"] },
  ])("is invisible for that long: after $afterMs of 10000 ms", ({ afterMs, received }) => {
    const { queue, clock } = aQueue({ delayMs: 10 * SECOND });
    send(queue, ["a"]);
    clock.advance(afterMs);
    expect(receive(queue)).toEqual(received);
  });

  test("is delayed once: after a receive only the visibility timeout hides it", () => {
    const { queue, clock } = aQueue({ delayMs: 10 * SECOND, visibilityTimeoutMs: SECOND });
    send(queue, ["a"]);
    clock.advance(10 * SECOND);
    receiveOne(queue);
    clock.advance(SECOND);
    expect(receive(queue)).toEqual(["a"]);
  });
});

describe("a delay of its own", () => {
  test.for([
    { name: "longer than the queue's", delayMs: 20_000 },
    { name: "shorter than the queue's", delayMs: 5_000 },
    { name: "on a queue without a delay", delayMs: 5_000, queueDelayMs: 0 },
  ])("counts instead of the queue's: $name", ({ delayMs, queueDelayMs = 10_000 }) => {
    const { queue, clock } = aQueue({ delayMs: queueDelayMs });
    queue.send(aMessage("a", { delayMs }));
    clock.advance(delayMs - 1);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("of zero makes the message visible at once", () => {
    const { queue } = aQueue({ delayMs: 10 * SECOND });
    queue.send(aMessage("a", { delayMs: 0 }));
    expect(receive(queue)).toEqual(["a"]);
  });

  test("lets later messages pass, and the message is back in its place when the delay ends", () => {
    const { queue, clock } = aQueue();
    queue.send(aMessage("slow", { delayMs: 10 * SECOND }));
    send(queue, ["fast", "faster"]);
    expect(receive(queue, { max: 1 })).toEqual(["fast"]);
    clock.advance(10 * SECOND);
    expect(receive(queue)).toEqual(["slow", "faster"]);
  });
});

// AWS: developer guide, delay queues.
describe("changing the queue's delay", () => {
  test("on a standard queue holds for messages sent later and not for those delayed already", () => {
    const { queue, clock, configure } = aQueue({ delayMs: 10 * SECOND });
    send(queue, ["before"]);
    configure({ delayMs: 20 * SECOND });
    send(queue, ["after"]);
    clock.advance(10 * SECOND);
    expect(receive(queue)).toEqual(["before"]);
    clock.advance(9_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["after"]);
  });

  test("on a FIFO queue holds for messages delayed already, counted from their send", () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: 10 * SECOND });
    send(queue, ["a"], { groupId: "g" });
    clock.advance(5 * SECOND);
    configure({ delayMs: 20 * SECOND });
    clock.advance(14_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("on a FIFO queue to one that is over already makes its messages visible at once", () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: 10 * SECOND });
    send(queue, ["a"], { groupId: "g" });
    clock.advance(5 * SECOND);
    configure({ delayMs: 5 * SECOND });
    expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
    expect(receive(queue)).toEqual(["a"]);
  });

  test("on a FIFO queue leaves alone what is visible or in flight", () => {
    const { queue, clock, configure } = aFifoQueue({ delayMs: SECOND });
    send(queue, ["a"], { groupId: "a" });
    send(queue, ["b"], { groupId: "b" });
    clock.advance(SECOND);
    expect(receive(queue, { max: 1 })).toEqual(["a"]);
    configure({ delayMs: 900 * SECOND });
    expect(queue.counts).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    expect(receive(queue)).toEqual(["b"]);
  });
});

test("a delayed message of a FIFO queue holds back the later messages of its group and of no other", () => {
  const { queue, clock } = aFifoQueue({ delayMs: 10 * SECOND });
  send(queue, ["1"], { groupId: "g" });
  send(queue, ["2"], { groupId: "g", delayMs: 0 });
  send(queue, ["other"], { groupId: "h", delayMs: 0 });
  expect(receive(queue)).toEqual(["other"]);
  clock.advance(10 * SECOND);
  expect(receive(queue)).toEqual(["1", "2"]);
});
