import { expect, test } from "vitest";
import { aFifoQueue, aQueue, HOUR, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

test("messages whose response never arrived are visible again and were not received", () => {
  const { queue } = aQueue();
  send(queue, ["a", "b"]);
  queue.returnUndelivered(queue.receive({ max: 10 }));
  expect(queue.counts).toEqual({ visible: 2, inFlight: 0, delayed: 0 });
  expect(queue.receive({ max: 10 }).map(({ receiveCount }) => receiveCount)).toEqual([1, 1]);
});

test("the first receive is the first one that arrived", () => {
  const { queue, clock } = aQueue();
  send(queue, ["a"]);
  queue.returnUndelivered(queue.receive({ max: 1 }));
  clock.advance(SECOND);
  expect(receiveOne(queue).firstReceivedAt).toBe(clock.now());
});

test("an earlier receive that arrived still counts", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  send(queue, ["a"]);
  const first = receiveOne(queue);
  clock.advance(SECOND);
  queue.returnUndelivered(queue.receive({ max: 1 }));
  expect(receiveOne(queue)).toMatchObject({ receiveCount: 2, firstReceivedAt: first.firstReceivedAt });
});

test("they go to the next who waits, all in one response", async () => {
  const { queue } = aQueue();
  send(queue, ["a", "b", "c"]);
  const undelivered = queue.receive({ max: 10 });
  const waiting = [poll(queue), poll(queue)];
  queue.returnUndelivered(undelivered);
  expect(await waiting[0]).toEqual(["a", "b", "c"]);
  expect(queue.counts).toEqual({ visible: 0, inFlight: 3, delayed: 0 });
});

test("they come back in their old order on a FIFO queue", () => {
  const { queue } = aFifoQueue();
  send(queue, ["1", "2", "3"], { groupId: "g" });
  queue.returnUndelivered(queue.receive({ max: 2 }));
  expect(receive(queue)).toEqual(["1", "2", "3"]);
});

test("a message that was deleted, expired or received again meanwhile stays as it is", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  send(queue, ["deleted", "received again"]);
  const undelivered = queue.receive({ max: 10 });
  queue.delete(undelivered[0]!.receipt);
  clock.advance(SECOND);
  expect(receive(queue)).toEqual(["received again"]);
  queue.returnUndelivered(undelivered);
  expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
});

test("a message whose visibility timeout is over already was received", () => {
  const { queue, clock } = aQueue({ visibilityTimeoutMs: SECOND });
  send(queue, ["a"]);
  const undelivered = queue.receive({ max: 10 });
  clock.advance(SECOND);
  queue.returnUndelivered(undelivered);
  expect(receiveOne(queue).receiveCount).toBe(2);
});

test("a receive that named an attempt can be retried as if it had never been made", () => {
  const { queue } = aFifoQueue();
  send(queue, ["a", "b"], { groupId: "g" });
  queue.returnUndelivered(queue.receive({ max: 1, attemptId: "attempt" }));
  expect(receive(queue, { attemptId: "attempt" })).toEqual(["a", "b"]);
});

test.for(["the first", "the second"])(
  "when %s of two answers to one attempt is lost, the other is still good",
  (lost) => {
    const { queue } = aFifoQueue();
    send(queue, ["a"], { groupId: "g" });
    const [first, second] = [1, 2].map(() => queue.receive({ max: 1, attemptId: "attempt" }));
    queue.returnUndelivered(lost === "the first" ? first! : second!);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
    expect(queue.delete(first![0]!.receipt)).toBe("deleted");
  },
);

test("a message whose visibility timeout was changed meanwhile stays in flight", () => {
  const { queue, clock } = aQueue();
  send(queue, ["a"]);
  const undelivered = queue.receive({ max: 1 });
  queue.changeVisibility(undelivered[0]!.receipt, MINUTE);
  queue.returnUndelivered(undelivered);
  clock.advance(MINUTE - 1);
  expect(receive(queue)).toEqual([]);
  clock.advance(1);
  expect(receiveOne(queue).receiveCount).toBe(2);
});

test("an attempt that is made again is known for five minutes from then", () => {
  const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: HOUR });
  send(queue, ["a"], { groupId: "g" });
  queue.returnUndelivered(queue.receive({ max: 1, attemptId: "attempt" }));
  clock.advance(MINUTE);
  receiveOne(queue, { attemptId: "attempt" });
  clock.advance(5 * MINUTE - 1);
  expect(receive(queue, { attemptId: "attempt" })).toEqual(["a"]);
});

test("a retry does not get what another consumer received after the attempt was undone", () => {
  const { queue } = aFifoQueue();
  send(queue, ["a"], { groupId: "g" });
  queue.returnUndelivered(queue.receive({ max: 1, attemptId: "attempt" }));
  expect(receive(queue)).toEqual(["a"]);
  expect(receive(queue, { attemptId: "attempt" })).toEqual([]);
});

test("they do not count towards a dead-letter queue", () => {
  const { create } = aQueue();
  const deadLetters = create("dead-letters");
  const queue = create("source", { redrive: { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 1 } });
  send(queue, ["a"]);
  queue.returnUndelivered(queue.receive({ max: 1 }));
  expect(receive(queue)).toEqual(["a"]);
});
