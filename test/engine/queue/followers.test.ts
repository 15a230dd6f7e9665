import { expect, test } from "vitest";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import { aDirectory, aMessage, poll, receive, SECOND, send } from "../../support/queue.ts";

/** A directory and somebody who follows one of its queues and takes so many messages at a time, at most. */
function aFollowed(max = 10) {
  const fixture = aDirectory();
  const arn = "arn:aws:sqs:us-east-1:000000000000:queue";
  const taken: (readonly string[])[] = [];
  const wake = () => {
    const queue = fixture.directory.byArn(arn);
    if (queue === undefined) return;
    const bodies = receive(queue, { max });
    if (bodies.length > 0) taken.push(bodies);
  };
  const unfollow = fixture.directory.follow(arn, { wake });
  return { ...fixture, taken, unfollow };
}

test("A follower is told in the turn in which a message comes, is due or is visible again", async () => {
  const { create, clock, taken } = aFollowed();
  const queue = create("queue");
  send(queue, ["a"]);
  queue.send(aMessage("late", { delayMs: 5 * SECOND }));
  expect(taken).toEqual([["a"]]);
  await clock.advanceInTurns(5 * SECOND);
  expect(taken).toEqual([["a"], ["late"]]);
  await clock.advanceInTurns(25 * SECOND);
  expect(taken).toEqual([["a"], ["late"], ["a"]]);
});

test("A follower of what is there already is told at once", () => {
  const { directory, create } = aDirectory();
  const queue = create("queue");
  send(queue, ["a"]);
  let count = 0;
  directory.follow(queue.arn, { wake: () => count++ });
  expect(count).toBe(1);
});

test("Long polls come first, and are no fewer for a follower", async () => {
  const { create, taken } = aFollowed(1);
  const queue = create("queue");
  const polls = [poll(queue, { max: 1 }), poll(queue, { max: 1 })];
  expect(queue.look().waitingReceives).toBe(2);
  queue.receivers.together(() => send(queue, ["a", "b", "c"]));
  expect(await Promise.all(polls)).toEqual([["a"], ["b"]]);
  expect(taken).toEqual([["c"]]);
});

test("A follower goes on with the queue that takes the place of one that was deleted", () => {
  const { queues, create, taken } = aFollowed();
  const first = create("queue");
  queues.delete(first);
  send(create("queue"), ["b"]);
  expect(taken).toEqual([["b"]]);
});

test("Who no longer follows is not told, and leaves no alarm", () => {
  const { create, clock, taken, unfollow } = aFollowed();
  const queue: Queue = create("queue");
  send(queue, ["a"]);
  unfollow();
  send(queue, ["b"]);
  expect(taken).toEqual([["a"]]);
  expect(clock.pending).toBe(0);
});

test("What comes together is told of once, and long polls get all of it", async () => {
  const { create, taken } = aFollowed();
  const queue = create("queue");
  queue.receivers.together(() => send(queue, ["a", "b", "c"]));
  expect(taken).toEqual([["a", "b", "c"]]);
  const other = create("other");
  const waiting = poll(other);
  other.receivers.together(() => send(other, ["a", "b"]));
  expect(await waiting).toEqual(["a", "b"]);
});
