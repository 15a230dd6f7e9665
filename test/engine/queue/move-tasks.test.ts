import { describe, expect, test } from "vitest";
import type { MoveRequest } from "../../../src/engine/queue/move-task.ts";
import type { Queue } from "../../../src/engine/queue/queue.ts";
import type { QueueSettings } from "../../../src/engine/queue/settings.ts";
import { aDirectory, aMessage, HOUR, receive, receiveOne, SECOND, send } from "../../support/queue.ts";

/** A dead-letter queue, a queue whose messages end there, and a way to have them do so. */
function aDeadLetterQueue(settings: Partial<QueueSettings> = {}) {
  const fixture = aDirectory();
  const { create, queues } = fixture;
  const deadLetters = create("dead-letters", settings);
  const aSource = (name: string): Queue =>
    create(name, { ...settings, redrive: { deadLetterTargetArn: deadLetters.arn, maxReceiveCount: 1 } });
  const fail = (queue: Queue, bodies: readonly string[]): void => {
    for (const body of bodies) {
      send(queue, [body], { groupId: body });
      receiveOne(queue, { visibilityTimeoutMs: 0 });
      receive(queue);
    }
  };
  const start = (request: Partial<MoveRequest> = {}) =>
    queues.moves.start({ taskId: "task", source: deadLetters, ...request });
  return { ...fixture, deadLetters, source: aSource("source"), aSource, fail, start };
}

describe("a task without a destination", () => {
  test("moves each message back to its own source", () => {
    const { aSource, source, deadLetters, fail, start } = aDeadLetterQueue();
    const other = aSource("other");
    fail(source, ["a"]);
    fail(other, ["b"]);
    fail(source, ["c"]);
    expect(start()).toMatchObject({ status: "COMPLETED", toMove: 3, moved: 3, failureReason: undefined });
    expect(receive(source)).toEqual(["a", "c"]);
    expect(receive(other)).toEqual(["b"]);
    expect(deadLetters.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test("fails at a message that was sent to the dead-letter queue directly", () => {
    const { source, deadLetters, fail, start } = aDeadLetterQueue();
    fail(source, ["a"]);
    send(deadLetters, ["sent directly", "b"]);
    expect(start()).toMatchObject({ status: "FAILED", moved: 1, failureReason: "CouldNotDetermineMessageSource" });
    expect(receive(deadLetters)).toEqual(["sent directly", "b"]);
  });

  test("fails at a message whose source was deleted", () => {
    const { source, queues, deadLetters, fail, start } = aDeadLetterQueue();
    fail(source, ["a"]);
    queues.delete(source);
    const failureReason = "AWS.SimpleQueueService.NonExistentQueue";
    expect(start()).toMatchObject({ status: "FAILED", moved: 0, failureReason });
    expect(receive(deadLetters)).toEqual(["a"]);
  });
});

describe("a task with a destination", () => {
  test("moves every message there, sent directly or not", () => {
    const { source, create, deadLetters, fail, start } = aDeadLetterQueue();
    const destination = create("destination");
    fail(source, ["a"]);
    send(deadLetters, ["sent directly"]);
    expect(start({ destinationArn: destination.arn })).toMatchObject({ status: "COMPLETED", moved: 2 });
    expect(receive(destination)).toEqual(["a", "sent directly"]);
    expect(receive(source)).toEqual([]);
  });

  // Recorded from AWS.
  test("fails when the destination is deleted midway, and the rest stays in the dead-letter queue", () => {
    const { source, create, queues, deadLetters, clock, fail, start } = aDeadLetterQueue();
    const destination = create("destination");
    fail(source, ["a", "b", "c"]);
    const task = start({ destinationArn: destination.arn, perSecond: 1 });
    clock.advance(SECOND);
    queues.delete(destination);
    clock.advance(SECOND);
    const failureReason = "AWS.SimpleQueueService.NonExistentQueue";
    expect(task).toMatchObject({ status: "FAILED", moved: 2, toMove: 3, failureReason });
    expect(receive(deadLetters)).toEqual(["c"]);
    expect(clock.pending).toBe(0);
  });
});

describe("a moved message", () => {
  test("is new: new id, sent now, never received, from no dead-letter source", () => {
    const { source, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a"]);
    const { id } = receiveOne(deadLetters, { visibilityTimeoutMs: 0 }).message;
    clock.advance(HOUR);
    start();
    const moved = receiveOne(source);
    expect(moved).toMatchObject({ receiveCount: 1, firstReceivedAt: clock.now() });
    expect(moved.message).toMatchObject({
      body: "a",
      groupId: "a",
      sentAt: clock.now(),
      deadLetterSourceArn: undefined,
    });
    expect(moved.message.id).not.toBe(id);
  });

  test("is retained as long as any new one", () => {
    const { source, clock, fail, start } = aDeadLetterQueue({ retentionMs: HOUR });
    fail(source, ["a"]);
    clock.advance(HOUR - 1);
    start();
    clock.advance(HOUR - 1);
    expect(source.counts.visible).toBe(1);
    clock.advance(1);
    expect(source.counts.visible).toBe(0);
  });

  test("keeps its attributes and sender", () => {
    const { deadLetters, create, start } = aDeadLetterQueue();
    const attributes = { A: { dataType: "String", value: "a" } };
    deadLetters.send(aMessage("a", { attributes, traceHeader: "Root=1-2-3" }));
    const destination = create("destination");
    start({ destinationArn: destination.arn });
    expect(receiveOne(destination).message).toMatchObject({
      attributes,
      traceHeader: "Root=1-2-3",
      senderId: "AIDAEXAMPLE",
    });
  });

  test("is not held back by the destination's delay", () => {
    const { source, deadLetters, create, start } = aDeadLetterQueue();
    send(deadLetters, ["a"]);
    const destination = create("destination", { delayMs: HOUR });
    start({ destinationArn: destination.arn });
    expect(receive(destination)).toEqual(["a"]);
    expect(receive(source)).toEqual([]);
  });

  test("can be dead-lettered and moved again", () => {
    const { source, deadLetters, fail, start } = aDeadLetterQueue();
    fail(source, ["a"]);
    start();
    receiveOne(source, { visibilityTimeoutMs: 0 });
    receive(source);
    expect(deadLetters.counts.visible).toBe(1);
    start({ taskId: "again" });
    expect(receive(source)).toEqual(["a"]);
  });

  test("of a FIFO queue is not taken for a duplicate of what its destination accepted lately", () => {
    const { deadLetters, create, start } = aDeadLetterQueue({ isFifo: true });
    const destination = create("destination", { isFifo: true });
    for (const queue of [destination, deadLetters]) {
      queue.send(aMessage(queue.name, { groupId: "g", deduplicationId: "same" }));
    }
    expect(start({ destinationArn: destination.arn })).toMatchObject({ status: "COMPLETED", moved: 1 });
    expect(receive(destination)).toEqual(["destination", "dead-letters"]);
  });

  test("of a FIFO queue goes back to its source although that knows the message it was", () => {
    const { source, fail, start } = aDeadLetterQueue({ isFifo: true, contentBasedDeduplication: true });
    fail(source, ["a", "b"]);
    start();
    expect(receive(source)).toEqual(["a", "b"]);
  });
});

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

describe("the tasks of a source", () => {
  test("are listed newest first, ten of them at most", () => {
    const { queues, deadLetters, start } = aDeadLetterQueue();
    for (let number = 1; number <= 12; number++) start({ taskId: String(number) });
    const listed = queues.moves.of(deadLetters.arn).map(({ taskId }) => taskId);
    expect(listed).toEqual(["12", "11", "10", "9", "8", "7", "6", "5", "4", "3"]);
  });

  test("carry what they were asked for", () => {
    const { clock, create, deadLetters, start } = aDeadLetterQueue();
    const destinationArn = create("destination").arn;
    clock.advance(SECOND);
    expect(start({ taskId: "id", destinationArn, perSecond: 5 })).toMatchObject({
      taskId: "id",
      sourceArn: deadLetters.arn,
      destinationArn,
      perSecond: 5,
      startedAt: clock.now(),
    });
    expect(start({ taskId: "other" })).toMatchObject({ destinationArn: undefined, perSecond: undefined });
  });

  test("can be found by their id", () => {
    const { queues, deadLetters, start } = aDeadLetterQueue();
    const task = start({ taskId: "id" });
    expect(queues.moves.find(deadLetters.arn, "id")).toBe(task);
    expect(queues.moves.find(deadLetters.arn, "other")).toBeUndefined();
    expect(queues.moves.find("arn:aws:sqs:us-east-1:000000000000:other", "id")).toBeUndefined();
  });

  test("include at most one active one, running or being cancelled", () => {
    const { source, queues, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b"]);
    expect(queues.moves.activeFor(deadLetters)).toBeUndefined();
    const task = start({ perSecond: 1 });
    expect(queues.moves.activeFor(deadLetters)).toBe(task);
    expect(queues.moves.activeFor(source)).toBeUndefined();
    queues.moves.cancel(task);
    expect(queues.moves.activeFor(deadLetters)).toBe(task);
    clock.advance(0);
    expect(queues.moves.activeFor(deadLetters)).toBeUndefined();
  });

  test("stop and are forgotten when the source is deleted", () => {
    const { source, queues, deadLetters, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b"]);
    start({ perSecond: 1 });
    queues.delete(deadLetters);
    clock.advance(10 * SECOND);
    expect(source.counts.visible).toBe(1);
    expect(queues.moves.of(deadLetters.arn)).toEqual([]);
    expect(clock.pending).toBe(0);
  });

  test("stop where they stand when everything closes", () => {
    const { source, queues, clock, fail, start } = aDeadLetterQueue();
    fail(source, ["a", "b"]);
    start({ perSecond: 1 });
    queues.close();
    expect(clock.pending).toBe(0);
  });
});
