import { describe, expect, test } from "vitest";
import { HOUR, poll, receive, receiveOne, SECOND, START, send } from "../../support/queue.ts";
import { aDeadLetterQueue } from "./dead-letter-fixture.ts";

describe("a task with a rate", () => {
  // Recorded from AWS: four messages at a rate of one take at least three seconds.
  test.for([
    { afterMs: 0, moved: 1, status: "RUNNING" },
    { afterMs: 999, moved: 1, status: "RUNNING" },
    { afterMs: 1000, moved: 2, status: "RUNNING" },
    { afterMs: 2999, moved: 3, status: "RUNNING" },
    { afterMs: 3000, moved: 4, status: "COMPLETED" },
  ])("of one has moved $moved of four messages after $afterMs ms", ({ afterMs, moved, status }) => {
    const { source, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b", "c", "d"]);
    const task = start({ perSecond: 1 });
    clock.advance(afterMs);
    expect(task).toMatchObject({ moved, status, toMove: 4 });
    expect(source.counts.visible).toBe(moved);
    expect(deadLetters.counts.visible).toBe(4 - moved);
  });

  test.for([
    { perSecond: 3, lastAtMs: 3000 },
    { perSecond: 7, lastAtMs: 1286 },
    { perSecond: 500, lastAtMs: 18 },
  ])("of $perSecond moves the tenth message after $lastAtMs ms", ({ perSecond, lastAtMs }) => {
    const { deadLetters, create, clock, start } = aDeadLetterQueue();
    send(deadLetters, [..."abcdefghij"]);
    const task = start({ perSecond, destinationArn: create("destination").arn });
    clock.advance(lastAtMs - 1);
    expect(task.moved).toBe(9);
    clock.advance(1);
    expect(task).toMatchObject({ moved: 10, status: "COMPLETED" });
  });

  test("moves the oldest first", () => {
    const { source, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b", "c"]);
    start({ perSecond: 1 });
    const moved = [0, 1, 2].map(() => {
      const bodies = receive(source);
      clock.advance(SECOND);
      return bodies;
    });
    expect(moved).toEqual([["a"], ["b"], ["c"]]);
  });

  test("wakes who waits at the destination, one after the other as the messages come", async () => {
    const { source, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b", "c"]);
    const waiting = [0, 1, 2].map(() => poll(source).then((bodies) => ({ bodies, at: clock.now() - START })));
    start({ perSecond: 1 });
    for (const at of [0, SECOND, 2 * SECOND]) {
      clock.advance(START + at - clock.now());
      await waiting[at / SECOND];
    }
    expect(await Promise.all(waiting)).toEqual([
      { bodies: ["a"], at: 0 },
      { bodies: ["b"], at: SECOND },
      { bodies: ["c"], at: 2 * SECOND },
    ]);
  });

  test("completes early when someone else takes the rest", () => {
    const { source, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b", "c"]);
    const task = start({ perSecond: 1 });
    for (const { receipt } of deadLetters.receive({ max: 10 })) deadLetters.delete(receipt);
    clock.advance(SECOND);
    expect(task).toMatchObject({ status: "COMPLETED", moved: 1, toMove: 3 });
  });

  test("leaves behind what is dead-lettered after it started", () => {
    const { source, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b"]);
    const task = start({ perSecond: 1 });
    receiveOne(source, { visibilityTimeoutMs: 0 });
    receive(source);
    clock.advance(10 * SECOND);
    expect(task).toMatchObject({ status: "COMPLETED", moved: 2, toMove: 2 });
    expect(receive(deadLetters)).toEqual(["a"]);
  });

  test("fails after 36 hours", () => {
    const { deadLetters, create, clock, start } = aDeadLetterQueue();
    send(deadLetters, Array.from({ length: 2100 }, String));
    // One message every 64 seconds, so that there is something left to do after so long.
    const task = start({ perSecond: 1 / 64, destinationArn: create("destination").arn });
    clock.advance(36 * HOUR - 1);
    expect(task.status).toBe("RUNNING");
    clock.advance(1);
    expect(task).toMatchObject({ status: "FAILED", failureReason: "TaskTimedOut" });
    expect(deadLetters.counts.visible).toBe(2100 - task.moved);
  });
});

describe("a task without a rate", () => {
  test("moves everything without time passing, a thousand messages at a turn", () => {
    const { deadLetters, create, clock, start } = aDeadLetterQueue();
    send(deadLetters, Array.from({ length: 1500 }, String));
    const destination = create("destination");
    const task = start({ destinationArn: destination.arn });
    expect(task).toMatchObject({ status: "RUNNING", moved: 1000, toMove: 1500 });
    clock.advance(0);
    expect(task).toMatchObject({ status: "COMPLETED", moved: 1500 });
    expect(destination.counts.visible).toBe(1500);
  });

  test("completes at once when there is nothing to move", () => {
    const { start } = aDeadLetterQueue();
    expect(start()).toMatchObject({ status: "COMPLETED", moved: 0, toMove: 0 });
  });

  test("moves what is visible, and leaves what is in flight", () => {
    const { source, deadLetters, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b"]);
    receiveOne(deadLetters);
    expect(start()).toMatchObject({ status: "COMPLETED", moved: 1, toMove: 1 });
    expect(deadLetters.counts.inFlight).toBe(1);
  });
});

describe("cancelling", () => {
  test("a running task leaves it CANCELLING, then CANCELLED; what was moved stays moved", () => {
    const { source, deadLetters, queues, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b", "c"]);
    const task = start({ perSecond: 1 });
    clock.advance(SECOND);
    expect(queues.moves.cancel(task)).toBe(2);
    expect(task.status).toBe("CANCELLING");
    clock.advance(0);
    expect(task).toMatchObject({ status: "CANCELLED", moved: 2, failureReason: undefined });
    clock.advance(10 * SECOND);
    expect(source.counts.visible).toBe(2);
    expect(deadLetters.counts.visible).toBe(1);
    expect(clock.pending).toBe(0);
  });

  test("a task that is over leaves it as it is", () => {
    const { source, queues, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a"]);
    const task = start();
    expect(queues.moves.cancel(task)).toBe(1);
    clock.advance(0);
    expect(task.status).toBe("COMPLETED");
  });
});
