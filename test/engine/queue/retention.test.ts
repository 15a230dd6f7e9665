import { describe, expect, test } from "vitest";
import { aFifoQueue, aMessage, aQueue, MINUTE, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const nothing = { visible: 0, inFlight: 0, delayed: 0 };

test.for([
  { afterMs: MINUTE - 1, received: ["a"] },
  { afterMs: MINUTE, received: [] },
])("a message is gone when its retention period ends: after $afterMs of 60000 ms", ({ afterMs, received }) => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE });
  send(queue, ["a"]);
  clock.advance(afterMs);
  expect(receive(queue)).toEqual(received);
});

test("retention counts for each message from its own send", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE });
  send(queue, ["a"]);
  clock.advance(10 * SECOND);
  send(queue, ["b"]);
  clock.advance(50 * SECOND);
  expect(receive(queue)).toEqual(["b"]);
});

test.for([
  { afterMs: MINUTE - 1, counts: { ...nothing, inFlight: 1 }, outcome: "deleted" },
  { afterMs: MINUTE, counts: nothing, outcome: "gone" },
])("retention ends in flight too: after $afterMs of 60000 ms", ({ afterMs, counts, outcome }) => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, visibilityTimeoutMs: 5 * MINUTE });
  send(queue, ["a"]);
  const { receipt } = receiveOne(queue);
  clock.advance(afterMs);
  expect(queue.counts).toEqual(counts);
  expect(queue.delete(receipt)).toBe(outcome);
});

test("a message that expired in flight does not come back when its visibility timeout ends", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, visibilityTimeoutMs: 5 * MINUTE });
  send(queue, ["a"]);
  receiveOne(queue);
  clock.advance(5 * MINUTE);
  expect(queue.counts).toEqual(nothing);
  expect(receive(queue)).toEqual([]);
});

test.for([
  { afterMs: MINUTE - 1, outcome: "changed" },
  { afterMs: MINUTE, outcome: "gone" },
])("a visibility timeout does not outlive its message: after $afterMs ms it is $outcome", ({ afterMs, outcome }) => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, visibilityTimeoutMs: 5 * MINUTE });
  send(queue, ["a"]);
  const { receipt } = receiveOne(queue);
  clock.advance(afterMs);
  expect(queue.changeVisibility(receipt, 10 * MINUTE)).toBe(outcome);
  clock.advance(1);
  expect(queue.counts).toEqual(nothing);
});

test("a message can expire before its delay is over", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, delayMs: 10 * MINUTE });
  send(queue, ["a"]);
  clock.advance(MINUTE - 1);
  expect(queue.counts).toEqual({ ...nothing, delayed: 1 });
  clock.advance(1);
  expect(queue.counts).toEqual(nothing);
  clock.advance(10 * MINUTE);
  expect(receive(queue)).toEqual([]);
});

test("being received does not prolong a message's retention", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, visibilityTimeoutMs: SECOND });
  send(queue, ["a"]);
  clock.advance(59 * SECOND);
  receiveOne(queue);
  clock.advance(SECOND);
  expect(queue.counts).toEqual(nothing);
});

describe("changing the retention period", () => {
  test("to a shorter one expires messages that are older than that", () => {
    const { queue, clock, configure } = aQueue({ retentionMs: 10 * MINUTE });
    send(queue, ["old"]);
    clock.advance(1);
    send(queue, ["young"]);
    clock.advance(MINUTE - 1);
    configure({ retentionMs: MINUTE });
    expect(receive(queue)).toEqual(["young"]);
  });

  test("to a longer one keeps messages that have not expired yet for longer", () => {
    const { queue, clock, configure } = aQueue({ retentionMs: MINUTE });
    send(queue, ["a"]);
    clock.advance(MINUTE - 1);
    configure({ retentionMs: 10 * MINUTE });
    clock.advance(9 * MINUTE);
    expect(receive(queue)).toEqual(["a"]);
    clock.advance(1);
    expect(queue.counts).toEqual(nothing);
  });

  test("does not bring an expired message back", () => {
    const { queue, clock, configure } = aQueue({ retentionMs: MINUTE });
    send(queue, ["a"]);
    clock.advance(MINUTE);
    configure({ retentionMs: 10 * MINUTE });
    expect(receive(queue)).toEqual([]);
  });
});

test("messages that expire in the midst of others leave the others in order", () => {
  const { queue, clock } = aQueue({ retentionMs: MINUTE, visibilityTimeoutMs: SECOND });
  send(queue, ["a", "b"]);
  clock.advance(SECOND);
  queue.send(aMessage("c", { delayMs: 2 * SECOND }));
  send(queue, ["d"]);
  clock.advance(59 * SECOND);
  send(queue, ["e"]);
  expect(receive(queue)).toEqual(["c", "d", "e"]);
});

test("an expired message of a FIFO queue unlocks its group", () => {
  const { queue, clock } = aFifoQueue({ retentionMs: MINUTE, visibilityTimeoutMs: 5 * MINUTE });
  send(queue, ["1"], { groupId: "g" });
  clock.advance(30 * SECOND);
  send(queue, ["2"], { groupId: "g" });
  expect(receive(queue, { max: 1 })).toEqual(["1"]);
  clock.advance(30 * SECOND - 1);
  expect(receive(queue)).toEqual([]);
  clock.advance(1);
  expect(receive(queue)).toEqual(["2"]);
});
