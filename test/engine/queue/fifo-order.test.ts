import { describe, expect, test } from "vitest";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { aFifoQueue, aMessage, MINUTE, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

/** Sends messages named after their group and their place in it: `1a`, `1b`, `2a`. */
function sendNamed(queue: Queue, names: readonly string[]): void {
  for (const name of names) send(queue, [name], { groupId: name[0] });
}

describe("one receive", () => {
  test("takes several messages of one group, in order", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "1c"]);
    expect(receive(queue)).toEqual(["1a", "1b", "1c"]);
  });

  test("takes all it can from one group before it turns to others", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "2a", "1b", "2b", "1c"]);
    expect(receive(queue)).toEqual(["1a", "1b", "1c", "2a", "2b"]);
  });

  test("stops in the midst of a group when it has enough", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "2a", "2b", "2c"]);
    expect(receive(queue, { max: 4 })).toEqual(["1a", "1b", "2a", "2b"]);
    expect(receive(queue)).toEqual([]);
  });

  test("begins with the group that became receivable first", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["2a", "1a", "3a"]);
    expect(receive(queue)).toEqual(["2a", "1a", "3a"]);
  });
});

describe("a group with a message in flight", () => {
  // Recorded from AWS.
  test("is locked, and receives go on with the next group", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "2a", "2b", "3a", "3b"]);
    const received = [1, 2, 3, 4].map(() => receive(queue, { max: 1 }));
    expect(received).toEqual([["1a"], ["2a"], ["3a"], []]);
  });

  test("never holds back other groups, however many messages it has", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", ..."bcdefghijklmnopqrstuvwxyz".split("").map((letter) => `1${letter}`), "2a"]);
    expect(receive(queue, { max: 1 })).toEqual(["1a"]);
    expect(receive(queue)).toEqual(["2a"]);
  });

  test("is unlocked when the message is deleted", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b"]);
    queue.delete(receiveOne(queue).receipt);
    expect(receive(queue)).toEqual(["1b"]);
  });

  test("stays locked for the rest when one of several in flight is deleted", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "1c"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.delete(first!.receipt);
    expect(receive(queue)).toEqual([]);
    queue.delete(second!.receipt);
    expect(receive(queue)).toEqual(["1c"]);
  });

  test("is blocked from its first message in flight on: one released before it is handed out again", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "1c"]);
    const [first, second] = queue.receive({ max: 2 });
    queue.changeVisibility(first!.receipt, 0);
    expect(receive(queue)).toEqual(["1a"]);
    queue.changeVisibility(second!.receipt, 0);
    expect(receive(queue)).toEqual([]);
  });

  // Recorded from AWS.
  test("hands out what timed out before the one whose timeout was extended, and nothing behind it", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: 30 * SECOND });
    sendNamed(queue, ["1a", "1b", "1c", "1d"]);
    const [, middle] = queue.receive({ max: 3 });
    queue.changeVisibility(middle!.receipt, 60 * SECOND);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["1a"]);
    clock.advance(30 * SECOND);
    expect(receive(queue)).toEqual(["1a", "1b", "1c", "1d"]);
  });

  // Recorded from AWS.
  test("stays blocked by the rest when one of several in flight is deleted", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "1c", "1d"]);
    const [first, second, third] = queue.receive({ max: 3 });
    queue.delete(first!.receipt);
    queue.changeVisibility(third!.receipt, 0);
    expect(receive(queue)).toEqual([]);
    queue.delete(second!.receipt);
    expect(receive(queue)).toEqual(["1c", "1d"]);
  });

  test("is blocked from a delayed message on as well", () => {
    const { queue, clock, configure } = aFifoQueue();
    sendNamed(queue, ["1a"]);
    configure({ delayMs: SECOND });
    sendNamed(queue, ["1b"]);
    queue.send(aMessage("1c", { groupId: "1", delayMs: 0 }));
    expect(receive(queue, { visibilityTimeoutMs: 0 })).toEqual(["1a"]);
    clock.advance(SECOND);
    expect(receive(queue)).toEqual(["1a", "1b", "1c"]);
  });

  test("locks messages that are sent to it meanwhile", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a"]);
    receiveOne(queue);
    sendNamed(queue, ["1b"]);
    expect(receive(queue)).toEqual([]);
  });

  test("locks until the last millisecond of the visibility timeout", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: 30 * SECOND });
    sendNamed(queue, ["1a", "1b"]);
    receiveOne(queue);
    clock.advance(29_999);
    expect(receive(queue)).toEqual([]);
    clock.advance(1);
    expect(receive(queue)).toEqual(["1a", "1b"]);
  });
});

describe("a message that becomes visible again", () => {
  test("is the next of its group, before messages sent later", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    sendNamed(queue, ["1a"]);
    receiveOne(queue);
    sendNamed(queue, ["1b"]);
    clock.advance(SECOND);
    expect(receive(queue)).toEqual(["1a", "1b"]);
  });

  test("stays in its place however often it is received", () => {
    const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
    sendNamed(queue, ["1a", "1b"]);
    for (let count = 0; count < 5; count++) {
      expect(receive(queue, { max: 1 })).toEqual(["1a"]);
      clock.advance(SECOND);
    }
  });

  test("comes back between those that were deleted around it", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "1c", "1d"]);
    const [first, second, third] = queue.receive({ max: 3 });
    queue.delete(second!.receipt);
    queue.changeVisibility(third!.receipt, 0);
    queue.changeVisibility(first!.receipt, 0);
    expect(receive(queue)).toEqual(["1a", "1c", "1d"]);
  });
});

describe("groups take turns", () => {
  // Recorded from AWS.
  test("a group served joins the end of the line at once with a visibility timeout of zero", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "2a", "2b", "3a", "1b"]);
    expect(receive(queue, { max: 3, visibilityTimeoutMs: 0 })).toEqual(["1a", "1b", "2a"]);
    expect(receive(queue)).toEqual(["3a", "1a", "1b", "2a", "2b"]);
  });

  test("a group whose message was released goes behind those that waited meanwhile", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "2a", "2b"]);
    queue.changeVisibility(receiveOne(queue).receipt, 0);
    expect(receive(queue)).toEqual(["2a", "2b", "1a"]);
  });

  test("groups return in the order in which their timeouts end", () => {
    const { queue, clock } = aFifoQueue();
    sendNamed(queue, ["1a", "2a", "3a"]);
    receiveOne(queue, { visibilityTimeoutMs: 2 * SECOND });
    receiveOne(queue, { visibilityTimeoutMs: SECOND });
    clock.advance(2 * SECOND);
    expect(receive(queue)).toEqual(["3a", "2a", "1a"]);
  });

  test("a group comes last when what stood before its visible message is deleted last", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "1b", "2a"]);
    const { receipt } = receiveOne(queue);
    sendNamed(queue, ["3a"]);
    queue.delete(receipt);
    expect(receive(queue)).toEqual(["2a", "3a", "1b"]);
  });

  test("a group that was emptied comes last when it is sent to again", () => {
    const { queue } = aFifoQueue();
    sendNamed(queue, ["1a", "2a"]);
    queue.delete(receiveOne(queue).receipt);
    sendNamed(queue, ["1b"]);
    expect(receive(queue)).toEqual(["2a", "1b"]);
  });

  test("a group keeps its place while messages are sent to it and its first one expires", () => {
    const { queue, clock } = aFifoQueue({ retentionMs: MINUTE });
    sendNamed(queue, ["1a"]);
    clock.advance(SECOND);
    sendNamed(queue, ["2a", "1b"]);
    clock.advance(59 * SECOND);
    expect(receive(queue)).toEqual(["1b", "2a"]);
  });
});

// Recorded from AWS.
test("a group that was emptied works again for new messages", () => {
  const { queue } = aFifoQueue();
  sendNamed(queue, ["1a"]);
  queue.delete(receiveOne(queue).receipt);
  sendNamed(queue, ["1b", "1c"]);
  expect(receive(queue)).toEqual(["1b", "1c"]);
});
