import { describe, expect, test } from "vitest";
import type { NewMessage, SentMessage } from "../../../src/engine/queue/message.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { sha256 } from "../../../src/kernel/digest.ts";
import { aFifoQueue, aMessage, MINUTE, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

const sendTo = (queue: Queue, body: string, rest: Partial<NewMessage> = {}): SentMessage =>
  queue.send(aMessage(body, { groupId: "g", ...rest }));

describe("a message with the deduplication id of an earlier one", () => {
  test("is not delivered, and its sender gets the earlier message's id and sequence number", () => {
    const { queue } = aFifoQueue();
    const first = sendTo(queue, "first", { deduplicationId: "id" });
    expect(sendTo(queue, "second", { deduplicationId: "id" })).toEqual(first);
    expect(receive(queue)).toEqual(["first"]);
  });

  test.for([
    { afterMs: 5 * MINUTE - 1, received: [] },
    { afterMs: 5 * MINUTE, received: ["second"] },
  ])("is a duplicate for five minutes: after $afterMs of 300000 ms", ({ afterMs, received }) => {
    const { queue, clock } = aFifoQueue();
    sendTo(queue, "first", { deduplicationId: "id" });
    queue.delete(receiveOne(queue).receipt);
    clock.advance(afterMs);
    sendTo(queue, "second", { deduplicationId: "id" });
    expect(receive(queue)).toEqual(received);
  });

  test("does not prolong the five minutes, which count from the message that was accepted", () => {
    const { queue, clock } = aFifoQueue();
    sendTo(queue, "first", { deduplicationId: "id" });
    clock.advance(4 * MINUTE);
    sendTo(queue, "duplicate", { deduplicationId: "id" });
    clock.advance(MINUTE);
    sendTo(queue, "second", { deduplicationId: "id" });
    expect(queue.counts.visible).toBe(2);
  });

  // Recorded from AWS.
  test("is a duplicate even if the earlier one was received and deleted", () => {
    const { queue } = aFifoQueue();
    sendTo(queue, "first", { deduplicationId: "id" });
    queue.delete(receiveOne(queue).receipt);
    sendTo(queue, "second", { deduplicationId: "id" });
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test("is a duplicate even if the earlier one has expired", () => {
    const { queue, clock } = aFifoQueue({ retentionMs: MINUTE });
    sendTo(queue, "first", { deduplicationId: "id" });
    clock.advance(MINUTE);
    sendTo(queue, "second", { deduplicationId: "id" });
    expect(queue.counts.visible).toBe(0);
  });
});

describe("DeduplicationScope", () => {
  test("queue: the same id in another group is a duplicate", () => {
    const { queue } = aFifoQueue({ deduplicationScope: "queue" });
    sendTo(queue, "a", { deduplicationId: "id", groupId: "1" });
    sendTo(queue, "b", { deduplicationId: "id", groupId: "2" });
    expect(receive(queue)).toEqual(["a"]);
  });

  test("messageGroup: the same id in another group is no duplicate, in the same group it is", () => {
    const { queue } = aFifoQueue({ deduplicationScope: "messageGroup" });
    sendTo(queue, "a", { deduplicationId: "id", groupId: "1" });
    sendTo(queue, "b", { deduplicationId: "id", groupId: "2" });
    sendTo(queue, "c", { deduplicationId: "id", groupId: "1" });
    expect(receive(queue)).toEqual(["a", "b"]);
  });

  // Recorded from AWS.
  test("changed from messageGroup to queue, ids that were used in other groups before are delivered", () => {
    const { queue, configure } = aFifoQueue({ deduplicationScope: "messageGroup" });
    sendTo(queue, "a", { deduplicationId: "id", groupId: "1" });
    configure({ deduplicationScope: "queue" });
    sendTo(queue, "b", { deduplicationId: "id", groupId: "2" });
    expect(receive(queue)).toEqual(["a", "b"]);
  });

  // AWS: the recording above shows that ids accepted before a change keep the scope they were accepted in.
  test.for([
    { before: "messageGroup", now: "queue", received: ["a", "c"] },
    { before: "queue", now: "messageGroup", received: ["a"] },
  ] as const)("changed from $before to $now, ids that were used before keep their scope", (scope) => {
    const { queue, configure, clock } = aFifoQueue({ deduplicationScope: scope.before });
    sendTo(queue, "a", { deduplicationId: "id", groupId: "1" });
    configure({ deduplicationScope: scope.now });
    sendTo(queue, "b", { deduplicationId: "id", groupId: "1" });
    sendTo(queue, "c", { deduplicationId: "id", groupId: "2" });
    expect(receive(queue)).toEqual(scope.received);
    clock.advance(5 * MINUTE);
    sendTo(queue, "d", { deduplicationId: "id", groupId: "3" });
    sendTo(queue, "e", { deduplicationId: "id", groupId: "4" });
    expect(receive(queue)).toEqual([...scope.received, ...(scope.now === "queue" ? ["d"] : ["d", "e"])]);
  });
});

describe("content-based deduplication", () => {
  test("makes messages of the same body duplicates, whatever their attributes", () => {
    const { queue } = aFifoQueue({ contentBasedDeduplication: true });
    const first = sendTo(queue, "same");
    const attributes = { A: { dataType: "String", value: "a" } };
    expect(sendTo(queue, "same", { attributes })).toEqual(first);
    sendTo(queue, "other");
    expect(receive(queue)).toEqual(["same", "other"]);
  });

  test("uses the SHA-256 of the body, which the message then shows", () => {
    const { queue } = aFifoQueue({ contentBasedDeduplication: true });
    sendTo(queue, "body");
    expect(receiveOne(queue).message.deduplicationId).toBe(sha256("body"));
  });

  test("yields to an explicit id", () => {
    const { queue } = aFifoQueue({ contentBasedDeduplication: true });
    for (const deduplicationId of ["1", "2"]) sendTo(queue, "same", { deduplicationId });
    expect(receive(queue)).toEqual(["same", "same"]);
  });

  test("takes an explicit id for a duplicate that equals a generated one", () => {
    const { queue } = aFifoQueue({ contentBasedDeduplication: true });
    const first = sendTo(queue, "body");
    expect(sendTo(queue, "other", { deduplicationId: sha256("body") })).toEqual(first);
  });

  test("can be switched on later", () => {
    const { queue, configure } = aFifoQueue();
    sendTo(queue, "same");
    configure({ contentBasedDeduplication: true });
    sendTo(queue, "same");
    sendTo(queue, "same");
    expect(receive(queue)).toEqual(["same", "same"]);
  });
});

test("a duplicate that is sent while the group is in flight leaves the lock as it is", () => {
  const { queue, clock } = aFifoQueue({ visibilityTimeoutMs: SECOND });
  sendTo(queue, "a", { deduplicationId: "id" });
  receiveOne(queue);
  sendTo(queue, "a", { deduplicationId: "id" });
  expect(queue.counts).toEqual({ visible: 0, inFlight: 1, delayed: 0 });
  clock.advance(SECOND);
  expect(receive(queue)).toEqual(["a"]);
});

test("messages without an id are never duplicates", () => {
  const { queue } = aFifoQueue();
  send(queue, ["same", "same"], { groupId: "g" });
  expect(receive(queue)).toEqual(["same", "same"]);
});

test("of which message one would be a duplicate, and since when, is told for five minutes", () => {
  const { queue, clock } = aFifoQueue();
  const ids = { deduplicationId: "id", groupId: "g" };
  expect(queue.look().twinOf(ids)).toBeUndefined();
  const { id } = sendTo(queue, "first", ids);
  const at = clock.now();
  clock.advance(5 * MINUTE - 1);
  expect(queue.look().twinOf(ids)).toEqual({ id, at });
  clock.advance(1);
  expect(queue.look().twinOf(ids)).toBeUndefined();
});
