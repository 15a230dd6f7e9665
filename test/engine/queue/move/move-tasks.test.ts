import { describe, expect, test } from "vitest";
import { aMessage, HOUR, receive, receiveOne, SECOND, send } from "../../../support/queue.ts";
import { aDeadLetterQueue } from "../dead-letter-fixture.ts";

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

// AWS: oldest first. Developer guide, dead-letter queue redrive.
test("a task on a FIFO queue moves the oldest message first, whichever group's turn it is", () => {
  const { deadLetters, create, clock, start } = aDeadLetterQueue({ isFifo: true });
  const destination = create("destination", { isFifo: true });
  for (const name of ["1a", "2a", "1b", "3a", "2b"]) send(deadLetters, [name], { groupId: name[0] });
  receiveOne(deadLetters, { visibilityTimeoutMs: 0 });
  start({ destinationArn: destination.arn, perSecond: 1 });
  const moved = [1, 2, 3, 4, 5].map(() => {
    const { message, receipt } = receiveOne(destination);
    destination.delete(receipt);
    clock.advance(SECOND);
    return message.body;
  });
  expect(moved).toEqual(["1a", "2a", "1b", "3a", "2b"]);
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
