import { describe, expect, test } from "vitest";
import type { Queue } from "../../../../src/engine/queue/queue.ts";
import { aFifoQueue, aQueue, bodiesOf, MINUTE, receive, SECOND, send } from "../../../support/queue.ts";

const attemptId = "attempt";
const attempt = (queue: Queue) => queue.receive({ max: 2, attemptId });
const notRetryable = expect.objectContaining({ name: "ReceiveNotRetryable" });

/** A FIFO queue whose messages 1 and 2 of 4 were received in an attempt. */
function anAttempt() {
  const fixture = aFifoQueue({ visibilityTimeoutMs: 30 * SECOND });
  send(fixture.queue, ["1", "2", "3", "4"], { groupId: "g" });
  return { ...fixture, received: attempt(fixture.queue) };
}

describe("a receive that repeats a ReceiveRequestAttemptId", () => {
  test("returns the same messages with the same receipts, and counts no receive", () => {
    const { queue, received } = anAttempt();
    expect(attempt(queue)).toEqual(received);
    expect(queue.counts).toEqual({ visible: 2, inFlight: 2, delayed: 0 });
  });

  test("restarts the visibility timeout", () => {
    const { queue, clock } = anAttempt();
    clock.advance(20 * SECOND);
    attempt(queue);
    clock.advance(29_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["1", "2", "3", "4"]);
  });

  test("can be repeated as often as need be", () => {
    const { queue, clock, received } = anAttempt();
    for (let count = 0; count < 5; count++) {
      clock.advance(29 * SECOND);
      expect(attempt(queue)).toEqual(received);
    }
  });

  test("leaves the receipts good", () => {
    const { queue, received } = anAttempt();
    attempt(queue);
    expect(received.map(({ receipt }) => queue.delete(receipt))).toEqual(["deleted", "deleted"]);
  });

  test("fails once one of the messages was deleted", () => {
    const { queue, received } = anAttempt();
    queue.delete(received[1]!.receipt);
    expect(() => attempt(queue)).toThrow(notRetryable);
  });

  test("fails once the visibility of one of the messages was changed", () => {
    const { queue, received } = anAttempt();
    queue.changeVisibility(received[1]!.receipt, 30 * SECOND);
    expect(() => attempt(queue)).toThrow(notRetryable);
  });

  test.for([
    { afterMs: 29_999, isRetryable: true },
    { afterMs: 30_000, isRetryable: false },
  ])("fails once the visibility timeout is over: after $afterMs of 30000 ms", ({ afterMs, isRetryable }) => {
    const { queue, clock, received } = anAttempt();
    clock.advance(afterMs);
    if (isRetryable) expect(attempt(queue)).toEqual(received);
    else expect(() => attempt(queue)).toThrow(notRetryable);
  });

  test("fails once the messages were received by someone else", () => {
    const { queue, clock } = anAttempt();
    clock.advance(30 * SECOND);
    receive(queue);
    expect(() => attempt(queue)).toThrow(notRetryable);
  });

  test("fails once the queue was purged, and is an attempt of its own after its five minutes", () => {
    const { queue, clock } = anAttempt();
    queue.purge();
    send(queue, ["5"], { groupId: "g" });
    expect(() => attempt(queue)).toThrow(notRetryable);
    clock.advance(5 * MINUTE);
    expect(bodiesOf(attempt(queue))).toEqual(["5"]);
  });

  test("fails without hiding anything anew", () => {
    const { queue, clock, received } = anAttempt();
    queue.changeVisibility(received[1]!.receipt, 10 * SECOND);
    expect(() => attempt(queue)).toThrow(notRetryable);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["1", "2", "3", "4"]);
  });

  test.for([
    { afterMs: 5 * MINUTE - 1, outcome: "the attempt is known" },
    { afterMs: 5 * MINUTE, outcome: "the attempt is forgotten" },
  ])("is an attempt of its own after five minutes: after $afterMs ms $outcome", ({ afterMs, outcome }) => {
    const { queue, clock } = anAttempt();
    clock.advance(afterMs);
    if (outcome === "the attempt is known") expect(() => attempt(queue)).toThrow(notRetryable);
    else expect(attempt(queue).map(({ receiveCount }) => receiveCount)).toEqual([2, 2]);
  });
});

test("another attempt does not get the messages of the first", () => {
  const { queue } = anAttempt();
  expect(receive(queue, { attemptId: "another" })).toEqual([]);
});

test("an attempt that returned nothing is not remembered", () => {
  const { queue } = aFifoQueue();
  attempt(queue);
  send(queue, ["1"], { groupId: "g" });
  expect(receive(queue, { attemptId })).toEqual(["1"]);
});

test("a standard queue accepts the id and ignores it", () => {
  const { queue } = aQueue();
  send(queue, ["a"]);
  expect(receive(queue, { attemptId })).toEqual(["a"]);
  expect(receive(queue, { attemptId })).toEqual([]);
});
