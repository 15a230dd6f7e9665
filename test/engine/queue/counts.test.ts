import { expect, test } from "vitest";
import { aFifoQueue, aMessage, aQueue, MINUTE, receive, SECOND, send } from "../../support/queue.ts";

test("every message counts in exactly one state, through all of its life", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: 30 * SECOND, retentionMs: MINUTE });
  const seen: string[] = [];
  const note = (what: string): void => {
    const { visible, inFlight, delayed } = queue.counts;
    seen.push(`${what}: ${visible} ${inFlight} ${delayed}`);
  };
  note("empty");
  queue.send(aMessage("a", { delayMs: 5 * SECOND }));
  note("delayed");
  clock.advance(5 * SECOND);
  note("delay over");
  const [received] = queue.receive({ max: 1 });
  note("received");
  clock.advance(30 * SECOND);
  note("timeout over");
  queue.changeVisibility(received!.receipt, 10 * SECOND);
  note("hidden again");
  queue.changeVisibility(received!.receipt, 0);
  note("shown again");
  clock.advance(25 * SECOND);
  note("expired");
  expect(seen).toEqual([
    "empty: 0 0 0",
    "delayed: 0 0 1",
    "delay over: 1 0 0",
    "received: 0 1 0",
    "timeout over: 1 0 0",
    "hidden again: 0 1 0",
    "shown again: 1 0 0",
    "expired: 0 0 0",
  ]);
});

// Recorded from AWS: six messages in three groups of two, two receives of one message.
test("messages of a FIFO queue that wait behind one in flight count as visible", () => {
  const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: 30 * SECOND });
  for (const groupId of ["1", "2", "3"]) send(queue, [`${groupId}a`, `${groupId}b`], { groupId });
  expect([receive(queue, { max: 1 }), receive(queue, { max: 1 })]).toEqual([["1a"], ["2a"]]);
  expect(queue.counts).toEqual({ visible: 4, inFlight: 2, delayed: 0 });
  clock.advance(30 * SECOND);
  expect(queue.counts).toEqual({ visible: 6, inFlight: 0, delayed: 0 });
});

test("counts are what they are now, not what they were when they were asked for", () => {
  const { queue } = aQueue();
  const before = queue.counts;
  send(queue, ["a"]);
  expect(before).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  expect(queue.counts.visible).toBe(1);
});
