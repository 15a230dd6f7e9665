import { expect, test } from "vitest";
import { aFifoQueue, aMessage, aQueue, MINUTE, poll, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const nothing = { visible: 0, inFlight: 0, delayed: 0 };

test("PurgeQueue removes available, in-flight and delayed messages", () => {
  const { queue, clock } = aQueue();
  send(queue, ["in flight", "available"]);
  queue.send(aMessage("delayed", { delayMs: 10 * SECOND }));
  receiveOne(queue);
  expect(queue.counts).toEqual({ visible: 1, inFlight: 1, delayed: 1 });
  expect(queue.purge()).toBe("purged");
  expect(queue.counts).toEqual(nothing);
  clock.advance(MINUTE);
  expect(receive(queue)).toEqual([]);
});

test("messages sent after the purge are kept", () => {
  const { queue } = aQueue();
  send(queue, ["before"]);
  queue.purge();
  send(queue, ["after"]);
  expect(receive(queue)).toEqual(["after"]);
});

test("a message that was purged in flight is gone for its receipt", () => {
  const { queue } = aQueue();
  send(queue, ["a"]);
  const { receipt } = receiveOne(queue);
  queue.purge();
  expect(queue.delete(receipt)).toBe("gone");
  expect(queue.changeVisibility(receipt, SECOND)).toBe("gone");
  expect(queue.counts).toEqual(nothing);
});

test("a purge unlocks the message groups of a FIFO queue", () => {
  const { queue } = aFifoQueue();
  send(queue, ["1", "2"], { groupId: "g" });
  receiveOne(queue);
  queue.purge();
  send(queue, ["3"], { groupId: "g" });
  expect(receive(queue)).toEqual(["3"]);
});

// Recorded from AWS.
test.for(["queue", "messageGroup"] as const)(
  "a purge forgets the deduplication ids of scope %s: an id used before is accepted anew",
  (deduplicationScope) => {
    const { queue } = aFifoQueue({ deduplicationScope });
    queue.send(aMessage("before", { groupId: "g", deduplicationId: "id" }));
    queue.purge();
    queue.send(aMessage("after", { groupId: "g", deduplicationId: "id" }));
    queue.send(aMessage("a duplicate", { groupId: "g", deduplicationId: "id" }));
    expect(receive(queue)).toEqual(["after"]);
  },
);

test("sequence numbers go on growing after a purge", () => {
  const { queue } = aFifoQueue();
  const before = queue.send(aMessage("a", { groupId: "g" })).sequenceNumber!;
  queue.purge();
  const after = queue.send(aMessage("b", { groupId: "g" })).sequenceNumber!;
  expect(after > before).toBe(true);
});

test("who waits for messages goes on waiting through a purge", async () => {
  const { queue } = aQueue();
  const waiting = poll(queue);
  queue.purge();
  send(queue, ["a"]);
  expect(await waiting).toEqual(["a"]);
});

test("purges can follow each other at once unless a cool-down is set", () => {
  const { queue } = aQueue();
  expect([queue.purge(), queue.purge()]).toEqual(["purged", "purged"]);
});

test.for([
  { afterMs: 59_999, outcome: "in-progress" },
  { afterMs: 60_000, outcome: "purged" },
])("with the cool-down of AWS a purge $afterMs ms after another is $outcome", ({ afterMs, outcome }) => {
  const { queue, clock } = aQueue({}, { purgeCooldownMs: MINUTE });
  queue.purge();
  send(queue, ["a"]);
  clock.advance(afterMs);
  expect(queue.purge()).toBe(outcome);
  expect(queue.counts.visible).toBe(outcome === "purged" ? 0 : 1);
});

test("a purge that is refused does not start the cool-down anew", () => {
  const { queue, clock } = aQueue({}, { purgeCooldownMs: MINUTE });
  queue.purge();
  clock.advance(30 * SECOND);
  queue.purge();
  clock.advance(30 * SECOND);
  expect(queue.purge()).toBe("purged");
});
