import { describe, expect, test } from "vitest";
import { aFifoQueue, aQueue, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const kinds = [
  { kind: "standard", aQueueOfKind: aQueue },
  { kind: "FIFO", aQueueOfKind: aFifoQueue },
];

describe.for(kinds)("DeleteMessage on a $kind queue", ({ aQueueOfKind }) => {
  test("deletes a message in flight for good", () => {
    const { queue, clock } = aQueueOfKind();
    send(queue, ["a"], { groupId: "g" });
    expect(queue.delete(receiveOne(queue).receipt)).toBe("deleted");
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual([]);
  });

  test("deletes one message and no other", () => {
    const { queue, clock } = aQueueOfKind();
    send(queue, ["a", "b", "c"], { groupId: "g" });
    const [, second] = queue.receive({ max: 10 });
    queue.delete(second!.receipt);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["a", "c"]);
  });

  test("succeeds a second time, since the message is gone", () => {
    const { queue } = aQueueOfKind();
    send(queue, ["a"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    queue.delete(receipt);
    expect(queue.delete(receipt)).toBe("gone");
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test("is still good after the visibility timeout was extended", () => {
    const { queue, clock } = aQueueOfKind({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    queue.changeVisibility(receipt, 10 * SECOND);
    clock.advance(9_999);
    expect(queue.delete(receipt)).toBe("deleted");
  });

  test("of a message that never was does not know it", () => {
    const { queue } = aQueueOfKind();
    expect(queue.delete({ key: 0, attempt: 1 })).toBe("unknown");
  });

  test("is good until the last millisecond of the visibility timeout", () => {
    const { queue, clock } = aQueueOfKind({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    clock.advance(999);
    expect(queue.delete(receipt)).toBe("deleted");
  });
});

describe("DeleteMessage after the visibility timeout ended", () => {
  test("deletes a message of a standard queue that was not received again", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"]);
    const { receipt } = receiveOne(queue);
    clock.advance(SECOND);
    expect(queue.delete(receipt)).toBe("deleted");
    expect(receive(queue)).toEqual([]);
  });

  test("deletes a message of a standard queue that another consumer holds", () => {
    const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"]);
    const older = receiveOne(queue).receipt;
    clock.advance(SECOND);
    const newer = receiveOne(queue).receipt;
    expect(queue.delete(older)).toBe("deleted");
    expect(queue.delete(newer)).toBe("gone");
    clock.advance(SECOND);
    expect(receive(queue)).toEqual([]);
  });

  test("finds the receipt of a FIFO queue expired, and the message stays", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const { receipt } = receiveOne(queue);
    clock.advance(SECOND);
    expect(queue.delete(receipt)).toBe("expired");
    expect(receive(queue)).toEqual(["a"]);
  });

  test("finds an older receipt of a FIFO queue expired while the message is in flight again", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    send(queue, ["a"], { groupId: "g" });
    const older = receiveOne(queue).receipt;
    clock.advance(SECOND);
    const newer = receiveOne(queue).receipt;
    expect(queue.delete(older)).toBe("expired");
    expect(queue.delete(newer)).toBe("deleted");
  });

  test("finds the receipt of a FIFO queue expired that was received with a visibility timeout of zero", () => {
    const { queue } = aFifoQueue();
    send(queue, ["a"], { groupId: "g" });
    expect(queue.delete(receiveOne(queue, { visibilityTimeoutMs: 0 }).receipt)).toBe("expired");
  });
});

test("a receipt of one queue says nothing about the messages of another", () => {
  const { create } = aQueue();
  const [one, other] = [create("one"), create("other")];
  send(one, ["a"]);
  send(other, ["b", "c"]);
  const { receipt } = receiveOne(one);
  expect(other.delete(receipt)).toBe("gone");
  expect(receive(other)).toEqual(["b", "c"]);
});
