import { describe, expect, test } from "vitest";
import { aFifoQueue, aQueue, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const limited = { inFlightLimit: 3 };

test("a receive returns no more than the in-flight limit leaves room for", () => {
  const { queue } = aQueue({}, limited);
  send(queue, ["a", "b", "c", "d"]);
  expect(receive(queue, { max: 2 })).toEqual(["a", "b"]);
  expect(queue.isAtInFlightLimit).toBe(false);
  expect(receive(queue)).toEqual(["c"]);
  expect(queue.isAtInFlightLimit).toBe(true);
  expect(receive(queue)).toEqual([]);
  expect(queue.counts).toEqual({ visible: 1, inFlight: 3, delayed: 0 });
});

test("a FIFO queue at its limit returns nothing of other groups either", () => {
  const { queue } = aFifoQueue({}, limited);
  send(queue, ["1", "2", "3"], { groupId: "g" });
  send(queue, ["4"], { groupId: "h" });
  expect(receive(queue)).toEqual(["1", "2", "3"]);
  expect(receive(queue)).toEqual([]);
});

test("a receive with a visibility timeout of zero uses up no room", () => {
  const { queue } = aQueue({}, limited);
  send(queue, ["a", "b", "c"]);
  expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b", "c"]);
  expect(queue.isAtInFlightLimit).toBe(false);
});

describe("there is room again, and who waits gets a message,", () => {
  /** A queue at its limit, and someone who waits there. */
  function aFullQueue() {
    const fixture = aQueue({ visibilityTimeoutMs: 10 * SECOND, retentionMs: MINUTE }, { inFlightLimit: 1 });
    send(fixture.queue, ["a"]);
    const { receipt } = receiveOne(fixture.queue);
    fixture.clock.advance(SECOND);
    send(fixture.queue, ["b"]);
    return { ...fixture, receipt, waiting: poll(fixture.queue, { waitMs: 5 * MINUTE, max: 1 }) };
  }

  test("when a message is deleted", async () => {
    const { queue, receipt, waiting } = aFullQueue();
    expect(queue.counts).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    queue.delete(receipt);
    expect(await waiting).toEqual(["b"]);
  });

  test("when a visibility timeout ends", async () => {
    const { clock, waiting } = aFullQueue();
    clock.advance(9 * SECOND);
    expect(await waiting).toEqual(["a"]);
  });

  test("when a message in flight expires", async () => {
    const { queue, receipt, clock, waiting } = aFullQueue();
    queue.changeVisibility(receipt, 10 * MINUTE);
    clock.advance(59 * SECOND - 1);
    expect(queue.counts).toEqual({ visible: 1, inFlight: 1, delayed: 0 });
    clock.advance(1);
    expect(await waiting).toEqual(["b"]);
  });
});
