import { expect, test } from "vitest";
import type { ReceivedQueueRecord } from "../../../../src/engine/stream/queue/queue-receiving.ts";
import type { StreamQueue } from "../../../../src/engine/stream/queue/stream-queue.ts";
import { put, SECOND, thisTurn } from "../../../support/stream.ts";
import { aQueue, receiveOne, textOf } from "../../../support/stream-queue.ts";

/** A receive that waits; `texts` is what it got as soon as it got something, or nothing for good. */
function wait(queue: StreamQueue, { max = 10, isDead = false, waitMs = 9 * SECOND } = {}) {
  const controller = new AbortController();
  const waiting: { texts?: readonly string[]; abort: () => void } = { abort: () => controller.abort() };
  const answer = queue.receiveWhenAvailable({ max, isDead }, { waitMs, signal: controller.signal });
  const note = (received: readonly ReceivedQueueRecord[]): void => {
    waiting.texts = received.map(textOf);
  };
  if ("then" in answer) answer.then(note);
  else note(answer);
  return waiting;
}

test("a receive that finds something does not wait", () => {
  const { stream, queue } = aQueue();
  put(stream, ["a"]);
  expect(wait(queue).texts).toEqual(["a"]);
});

test("a put wakes those who wait, who came first first", async () => {
  const { stream, queue } = aQueue();
  const [first, second] = [wait(queue), wait(queue)];
  put(stream, ["a"]);
  await thisTurn();
  expect([first.texts, second.texts]).toEqual([["a"], undefined]);
  put(stream, ["b"]);
  await thisTurn();
  expect(second.texts).toEqual(["b"]);
});

test("the end of a visibility timeout wakes, a change of it does, and so does a restored dead letter", async () => {
  const { stream, clock, queue } = aQueue({ settings: { maxReceiveCount: 2 } });
  put(stream, ["a"]);
  const { receipt } = receiveOne(queue, { visibilityTimeoutMs: 5 * SECOND });
  const timedOut = wait(queue, { waitMs: 20 * SECOND });
  clock.advance(5 * SECOND - 1);
  await thisTurn();
  expect(timedOut.texts).toBeUndefined();
  clock.advance(1);
  await thisTurn();
  expect(timedOut.texts).toEqual(["a"]);
  expect(queue.acknowledge(receipt)).toBe("unknown");
  const dead = wait(queue, { isDead: true, waitMs: 40 * SECOND });
  clock.advance(30 * SECOND);
  await thisTurn();
  expect(dead.texts).toEqual(["a"]);
  clock.advance(30 * SECOND);
  const letter = receiveOne(queue, { isDead: true });
  const restored = wait(queue);
  queue.restore(letter.receipt);
  await thisTurn();
  expect(restored.texts).toEqual(["a"]);
  put(stream, ["b"]);
  const own = receiveOne(queue);
  const shown = wait(queue);
  queue.changeVisibility(own.receipt, 0);
  await thisTurn();
  expect(shown.texts).toEqual(["b"]);
});

test("a wait ends with nothing when its time is over, when it is aborted and when the queue goes", async () => {
  const { clock, queue, stream } = aQueue();
  const [short, long, aborted] = [wait(queue, { waitMs: SECOND }), wait(queue), wait(queue)];
  clock.advance(SECOND);
  aborted.abort();
  await thisTurn();
  expect([short.texts, long.texts, aborted.texts]).toEqual([[], undefined, []]);
  queue.delete();
  await thisTurn();
  expect([long.texts, queue.waitingCount, stream.queues.count]).toEqual([[], 0, 0]);
});

test("those who wait have one alarm together", () => {
  const { queue, clock } = aQueue();
  for (let count = 0; count < 100; count++) wait(queue, { waitMs: 5 * SECOND });
  expect(queue.waitingCount).toBe(100);
  clock.advance(5 * SECOND);
  expect(queue.waitingCount).toBe(0);
});

test("whoever waits for dead letters does not stand in the way of those who wait for others", async () => {
  const { stream, queue } = aQueue();
  const [dead, other] = [wait(queue, { isDead: true }), wait(queue)];
  put(stream, ["a"]);
  await thisTurn();
  expect([dead.texts, other.texts]).toEqual([undefined, ["a"]]);
});
