import { expect, test } from "vitest";
import { aQueue, receiveOne, SECOND, START, send } from "../../support/queue.ts";

test("the receive count grows with every receive that returns the message", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  send(queue, ["a"]);
  const counts = [1, 2, 3].map(() => {
    const { receiveCount } = receiveOne(queue);
    clock.advance(SECOND);
    return receiveCount;
  });
  expect(counts).toEqual([1, 2, 3]);
});

test("a receive that does not return the message does not count", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  send(queue, ["a"]);
  receiveOne(queue);
  queue.receive({ max: 10 });
  clock.advance(SECOND);
  expect(receiveOne(queue).receiveCount).toBe(2);
});

test("the time of the first receive stays what it was", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  clock.advance(5);
  send(queue, ["a"]);
  clock.advance(5);
  const times = [1, 2].map(() => {
    const { firstReceivedAt } = receiveOne(queue);
    clock.advance(SECOND);
    return firstReceivedAt;
  });
  expect(times).toEqual([START + 10, START + 10]);
});

test("every receive gives a receipt of its own", () => {
  const { queue } = aQueue();
  send(queue, ["a"]);
  const [first, second] = [1, 2].map(() => receiveOne(queue, { visibilityTimeoutMs: 0 }).receipt);
  expect(first).not.toEqual(second);
});

test("what a receive returned stays as it was when the message is received again", () => {
  const { queue } = aQueue();
  send(queue, ["a"]);
  const first = receiveOne(queue, { visibilityTimeoutMs: 0 });
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  expect(first).toMatchObject({ receiveCount: 1, receipt: { attempt: 1 } });
});
