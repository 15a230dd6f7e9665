import { describe, expect, test } from "vitest";
import { aFifoQueue, aQueue, HOUR, MINUTE, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const TWELVE_HOURS = 12 * HOUR;

describe("a received message", () => {
  test.for([
    { afterMs: 29_999, received: [] },
    { afterMs: 30_000, received: ["a"] },
  ])("reappears when its visibility timeout ends: after $afterMs of 30000 ms", ({ afterMs, received }) => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(afterMs);
    expect(receive(queue)).toEqual(received);
  });

  test.for([
    { afterMs: 4_999, received: [] },
    { afterMs: 5_000, received: ["a"] },
  ])("is hidden as long as the receive asks for: after $afterMs of 5000 ms", ({ afterMs, received }) => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue, { visibilityTimeoutMs: 5 * SECOND });
    clock.advance(afterMs);
    expect(receive(queue)).toEqual(received);
  });

  test("is hidden by the queue's timeout again the next time", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue, { visibilityTimeoutMs: SECOND });
    clock.advance(SECOND);
    receiveOne(queue);
    clock.advance(29_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("keeps its deadline when the queue's timeout is changed", () => {
    const { queue, clock, configure } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    receiveOne(queue);
    configure({ visibilityTimeoutMs: 300 * SECOND });
    clock.advance(30 * SECOND);
    receiveOne(queue);
    clock.advance(299_999);
    expect(receive(queue)).toEqual([]);
  });

  test("stands in its old place when it reappears", () => {
    const { queue, clock } = aQueue();
    send(queue, ["a", "b", "c"]);
    expect(receive(queue, { max: 2 })).toEqual(["a", "b"]);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["a", "b", "c"]);
  });
});

describe("a visibility timeout of zero on a receive", () => {
  test("leaves the message visible and counts as a receive", () => {
    const { queue } = aQueue();
    send(queue, ["a"]);
    const counts = [1, 2].map(() => receiveOne(queue, { visibilityTimeoutMs: 0 }).receiveCount);
    expect(counts).toEqual([1, 2]);
    expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test("gives a receipt that is good for a standard queue", () => {
    const { queue } = aQueue();
    send(queue, ["a"]);
    expect(queue.delete(receiveOne(queue, { visibilityTimeoutMs: 0 }).receipt)).toBe("deleted");
  });

  test("does not return a message twice in one response", () => {
    const { queue } = aQueue();
    send(queue, ["a", "b"]);
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
  });

  test("does not return a message twice in one response of a FIFO queue", () => {
    const { queue } = aFifoQueue();
    send(queue, ["a", "b"], { groupId: "g" });
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
  });
});

describe("ChangeMessageVisibility", () => {
  test.for([
    { name: "longer than what remains", timeoutMs: 60_000 },
    { name: "shorter than what remains", timeoutMs: 1_000 },
  ])("ends the timeout so much from now: $name", ({ timeoutMs }) => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(10 * SECOND);
    expect(queue.changeVisibility(receipt, timeoutMs)).toBe("changed");
    clock.advance(timeoutMs - 1);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });

  test.for([{ isFifo: false }, { isFifo: true }])(
    "to zero makes the message visible at once: FIFO $isFifo",
    ({ isFifo }) => {
      const { queue } = aQueue({ isFifo });
      send(queue, ["a"], { groupId: "g" });
      expect(queue.changeVisibility(receiveOne(queue).receipt, 0)).toBe("changed");
      expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
      expect(receiveOne(queue).receiveCount).toBe(2);
    },
  );

  test("is not remembered for the next receive", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    queue.changeVisibility(receiveOne(queue).receipt, 5 * MINUTE);
    clock.advance(5 * MINUTE);
    receiveOne(queue);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("changes one message and no other", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a", "b"]);
    const [first] = queue.receive({ max: 2 });
    queue.changeVisibility(first!.receipt, MINUTE);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["b"]);
  });

  test.for([
    { name: "right after the receive", afterMs: 0, timeoutMs: TWELVE_HOURS, outcome: "changed" },
    { name: "right after the receive, by too much", afterMs: 0, timeoutMs: TWELVE_HOURS + 1, outcome: "beyond-limit" },
    { name: "a millisecond later", afterMs: 1, timeoutMs: TWELVE_HOURS, outcome: "beyond-limit" },
    { name: "a millisecond later, to the limit", afterMs: 1, timeoutMs: TWELVE_HOURS - 1, outcome: "changed" },
  ])("cannot hide a message for more than 12 hours: $name", ({ afterMs, timeoutMs, outcome }) => {
    const { queue, clock } = aQueue();
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(afterMs);
    expect(queue.changeVisibility(receipt, timeoutMs)).toBe(outcome);
  });

  test("counts the 12 hours from the receive and not from the last change", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: HOUR });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(HOUR - 1);
    expect(queue.changeVisibility(receipt, 11 * HOUR)).toBe("changed");
    clock.advance(10 * HOUR);
    expect(queue.changeVisibility(receipt, HOUR + 2)).toBe("beyond-limit");
    expect(queue.changeVisibility(receipt, HOUR + 1)).toBe("changed");
  });

  test("that is refused leaves the timeout as it was", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(1);
    queue.changeVisibility(receipt, TWELVE_HOURS);
    clock.advance(29_999);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("gives the message 12 hours anew with every receive", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: 6 * HOUR });
    send(queue, ["a"]);
    receiveOne(queue);
    clock.advance(6 * HOUR);
    expect(queue.changeVisibility(receiveOne(queue).receipt, TWELVE_HOURS)).toBe("changed");
  });

  test("on a deleted message finds it gone", () => {
    const { queue } = aQueue();
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    queue.delete(receipt);
    expect(queue.changeVisibility(receipt, SECOND)).toBe("gone");
  });

  test("with a receipt of a message that never was does not know it", () => {
    const { queue } = aQueue();
    expect(queue.changeVisibility({ key: 0, attempt: 1 }, SECOND)).toBe("unknown");
  });
});

describe("ChangeMessageVisibility after the timeout ended", () => {
  test("hides a message of a standard queue again", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(SECOND);
    expect(queue.changeVisibility(receipt, 10 * SECOND)).toBe("changed");
    expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    clock.advance(9_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["a"]);
  });

  test("to zero leaves a message of a standard queue visible", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(SECOND);
    expect(queue.changeVisibility(receipt, 0)).toBe("changed");
    expect(queue.counts).toEqual({ visible: 1, inFlight: 0, delayed: 0 });
  });

  test.for([
    { afterMs: 999, outcome: "changed" },
    { afterMs: 1000, outcome: "expired" },
  ])("finds the receipt of a FIFO queue expired: after $afterMs of 1000 ms", ({ afterMs, outcome }) => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    clock.advance(afterMs);
    expect(queue.changeVisibility(receipt, 10 * SECOND)).toBe(outcome);
  });

  test("finds an older receipt of a FIFO queue expired while a newer one is good", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const older = receiveOne(queue).receipt;
    clock.advance(SECOND);
    const newer = receiveOne(queue).receipt;
    expect(queue.changeVisibility(older, 10 * SECOND)).toBe("expired");
    expect(queue.changeVisibility(newer, 10 * SECOND)).toBe("changed");
  });
});
