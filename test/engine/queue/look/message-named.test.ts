import { expect, test, vi } from "vitest";
import { MessageIds } from "../../../../src/engine/queue/message-ids.ts";
import type { Queue } from "../../../../src/engine/queue/queue.ts";
import { aDirectory, aFifoQueue, aMessage, aQueue, MINUTE, receiveOne, SECOND, START } from "../../../support/queue.ts";

/** What is found under the id, in a few words. */
function found(queue: Queue, id: string) {
  const message = queue.look().find(id);
  return message && [message.message.body, message.state, message.returnsAt, message.heldBy?.body];
}

test("a message is found by its id in whatever state it is, until it is deleted; that the queue had it shows on", () => {
  const { queue, clock } = aQueue();
  const ids = ["a", "b", "c"].map((body) => queue.send(aMessage(body, { delayMs: body === "c" ? MINUTE : 0 })).id);
  const [a = "", b = "", c = ""] = ids;
  const received = receiveOne(queue);
  expect(found(queue, a)).toEqual(["a", "inFlight", START + 30 * SECOND, undefined]);
  expect(found(queue, b)).toEqual(["b", "visible", undefined, undefined]);
  expect(found(queue, c)).toEqual(["c", "delayed", START + MINUTE, undefined]);
  queue.delete(received.receipt);
  expect([found(queue, a), queue.look().hasHad(a)]).toEqual([undefined, true]);
  clock.advance(MINUTE);
  expect(found(queue, c)).toEqual(["c", "visible", undefined, undefined]);
});

test("ids of other queues, of messages still to come, and whatever is no id name nothing", () => {
  const { queue } = aQueue();
  queue.send(aMessage("a"));
  const next = new MessageIds(queue.id).of(1);
  for (const id of [next, "00000000-0000-4000-8000-000000000000", "x", ""]) {
    expect([found(queue, id), queue.look().hasHad(id)]).toEqual([undefined, false]);
  }
});

test("a dead letter is found by the id it had before", () => {
  const { create } = aDirectory();
  const dead = create("dead");
  const queue = create("queue", { redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount: 1 } });
  dead.send(aMessage("other"));
  const { id } = queue.send(aMessage("a"));
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  queue.receive({ max: 1 });
  expect([found(queue, id), queue.look().hasHad(id)]).toEqual([undefined, true]);
  expect([found(dead, id), dead.look().hasHad(id)]).toEqual([["a", "visible", undefined, undefined], false]);
});

test("of a FIFO queue a message is held by the nearest of its group in front of it that is in flight", () => {
  const { queue } = aFifoQueue();
  const send = (body: string, groupId: string) => queue.send(aMessage(body, { groupId, deduplicationId: body })).id;
  const ids = { a: send("a", "g"), b: send("b", "g"), c: send("c", "g"), x: send("x", "h") };
  receiveOne(queue);
  receiveOne(queue);
  expect(found(queue, ids.c)).toEqual(["c", "held", START + 30 * SECOND, "a"]);
  expect(found(queue, ids.b)).toEqual(["b", "held", START + 30 * SECOND, "a"]);
  expect(found(queue, ids.x)?.[1]).toBe("inFlight");
});

test("finding one of many makes no ids", () => {
  const { queue } = aQueue();
  for (let count = 0; count < 999; count++) queue.send(aMessage("x"));
  const { id } = queue.send(aMessage("last"));
  const made = vi.spyOn(MessageIds.prototype, "of");
  expect(found(queue, id)?.[0]).toBe("last");
  expect(made).toHaveBeenCalledTimes(1);
  made.mockRestore();
});
