import { describe, expect, test } from "vitest";
import { MOST_PASSES, passedThrough } from "../../../../src/engine/function/lineage.ts";
import { scopeOf } from "../../../../src/kernel/scope.ts";
import { aMessage, MINUTE, poll, SECOND, send } from "../../../support/queue.ts";
import { aSource, type Invocation } from "./fixture.ts";

// Lambda reference 7.2 to 7.5

const bodiesOf = (invocations: readonly Invocation[]) => invocations.map(({ bodies }) => bodies);

describe("a queue without a window", () => {
  test("has the function invoked in the turn in which a message comes, and loses it when that succeeds", async () => {
    const { queue, invocations, counters } = aSource();
    send(queue, ["a"]);
    expect(bodiesOf(invocations)).toEqual([["a"]]);
    const [{ messageId } = {}] = invocations[0]!.records;
    expect(invocations[0]!.call.cause).toEqual({ kind: "mapping", source: queue.arn, messageIds: [messageId] });
    expect(queue.counts).toMatchObject({ visible: 0, inFlight: 1 });
    await invocations[0]!.answer("whatever");
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
    expect(counters).toMatchObject({ polled: 1, invoked: 1, deleted: 1, failedInvoke: 0 });
  });

  test("hands over what is there when the mapping is made, ten at a time, and as many batches as are allowed", async () => {
    const { queue, set, invocations } = aSource({ isEnabled: false });
    send(
      queue,
      Array.from({ length: 95 }, (_, number) => String(number)),
    );
    expect(invocations).toHaveLength(0);
    set({ isEnabled: true });
    expect(invocations.map(({ bodies }) => bodies.length)).toEqual([10, 10, 10, 10, 10]);
    expect(queue.counts).toMatchObject({ visible: 45, inFlight: 50 });
    await invocations[0]!.answer();
    expect(invocations).toHaveLength(6);
    for (let index = 1; index < invocations.length; index++) await invocations[index]!.answer();
    expect(invocations).toHaveLength(10);
    expect(invocations[9]!.bodies).toHaveLength(5);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });

  test("makes batches of the size it is told", () => {
    const { queue, invocations, set } = aSource({ isEnabled: false });
    send(queue, ["a", "b", "c"]);
    set({ isEnabled: true, batchSize: 2 });
    expect(bodiesOf(invocations)).toEqual([["a", "b"], ["c"]]);
  });

  test("makes one batch of what is sent together", () => {
    const { queue, invocations } = aSource();
    queue.receivers.together(() => send(queue, ["a", "b", "c"]));
    expect(bodiesOf(invocations)).toEqual([["a", "b", "c"]]);
  });

  test("hands over delayed messages when they are due", async () => {
    const { queue, clock, invocations } = aSource();
    queue.send(aMessage("late", { delayMs: 5 * SECOND }));
    await clock.advanceInTurns(5 * SECOND - 1);
    expect(invocations).toHaveLength(0);
    await clock.advanceInTurns(1);
    expect(bodiesOf(invocations)).toEqual([["late"]]);
  });

  test("fills no event beyond six megabytes, and gives back what finds no room as if it was never received", async () => {
    const { queue, invocations, set } = aSource({ isEnabled: false });
    send(
      queue,
      Array.from({ length: 7 }, () => "x".repeat(1_048_576)),
    );
    set({ isEnabled: true });
    expect(invocations.map(({ bodies }) => bodies.length)).toEqual([5, 2]);
    expect(invocations[1]!.records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "1" } });
  });

  test("leaves messages to whoever waited before them", async () => {
    const { queue, invocations } = aSource();
    const waiting = poll(queue, { max: 1 });
    queue.receivers.together(() => send(queue, ["a", "b"]));
    expect(await waiting).toEqual(["a"]);
    expect(bodiesOf(invocations)).toEqual([["b"]]);
  });
});

describe("a queue with a window", () => {
  const windowed = { windowMs: 10 * SECOND, batchSize: 15 };

  test("has messages collected until the window ends", async () => {
    const { queue, clock, invocations } = aSource(windowed);
    send(queue, ["a"]);
    await clock.advanceInTurns(9 * SECOND);
    send(queue, ["b"]);
    expect(invocations).toHaveLength(0);
    await clock.advanceInTurns(SECOND);
    expect(bodiesOf(invocations)).toEqual([["a", "b"]]);
    await invocations[0]!.answer();
    await clock.advanceInTurns(MINUTE);
    expect(invocations).toHaveLength(1);
  });

  test("has a full batch go out at once", () => {
    const { queue, invocations } = aSource(windowed);
    send(
      queue,
      Array.from({ length: 20 }, (_, number) => String(number)),
    );
    expect(invocations.map(({ bodies }) => bodies.length)).toEqual([15]);
  });

  test("has large messages go out when six megabytes are reached", async () => {
    const { queue, invocations, clock } = aSource({ windowMs: 10 * SECOND, batchSize: 1000 });
    for (let count = 0; count < 7; count++) send(queue, ["x".repeat(1_048_576)]);
    expect(invocations.map(({ bodies }) => bodies.length)).toEqual([5]);
    await clock.advanceInTurns(10 * SECOND);
    expect(invocations.map(({ bodies }) => bodies.length)).toEqual([5, 2]);
  });

  test("hides messages for window, timeout and half a minute when that takes longer than the queue hides them", async () => {
    const { queue, clock, invocations } = aSource(windowed, { visibilityTimeoutMs: 12 * SECOND });
    send(queue, ["a"]);
    await clock.advanceInTurns(10 * SECOND);
    expect(invocations).toHaveLength(1);
    await clock.advanceInTurns(32 * SECOND);
    expect(queue.counts).toMatchObject({ inFlight: 1 });
    await clock.advanceInTurns(SECOND);
    expect(queue.counts).toMatchObject({ inFlight: 1 });
    expect(invocations).toHaveLength(1);
    await clock.advanceInTurns(10 * SECOND);
    expect(invocations[1]!.records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "2" } });
  });

  test("leaves the timeout of the queue alone when that is long enough", async () => {
    const { queue, clock, invocations } = aSource(windowed, { visibilityTimeoutMs: 13 * SECOND });
    send(queue, ["a"]);
    await clock.advanceInTurns(10 * SECOND);
    await invocations[0]!.fail();
    await clock.advanceInTurns(3 * SECOND);
    expect(queue.counts).toMatchObject({ inFlight: 1 });
    await clock.advanceInTurns(10 * SECOND);
    expect(invocations).toHaveLength(2);
  });

  test("gives back what was collected when it is disabled, as if it was never received", async () => {
    const { queue, set, invocations, clock } = aSource(windowed);
    send(queue, ["a"]);
    set({ ...windowed, isEnabled: false });
    expect(queue.counts).toMatchObject({ visible: 1, inFlight: 0 });
    await clock.advanceInTurns(MINUTE);
    expect(invocations).toHaveLength(0);
    set();
    await clock.advanceInTurns(10 * SECOND);
    expect(invocations[0]!.records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "1" } });
  });
});

describe("a filter", () => {
  const filters = ['{"body":{"kind":["order"]}}'];
  const [order, note] = ['{"kind":"order"}', '{"kind":"note"}'];

  test("has messages deleted that the function does not want, without an invocation", async () => {
    const { queue, invocations, counters } = aSource({ filters }, { redrive: undefined });
    queue.receivers.together(() => send(queue, [order, note, "text", order]));
    expect(bodiesOf(invocations)).toEqual([[order, order]]);
    expect(queue.counts).toMatchObject({ visible: 0, inFlight: 2 });
    send(queue, [note]);
    expect(invocations).toHaveLength(1);
    expect(queue.counts).toMatchObject({ visible: 0, inFlight: 2 });
    expect(counters).toMatchObject({ polled: 5, filteredOut: 3, invoked: 2, deleted: 3 });
  });

  test("is applied while messages are collected", async () => {
    const { queue, invocations, clock } = aSource({ filters, windowMs: 5 * SECOND, batchSize: 2 });
    send(queue, [note, order, note]);
    expect(queue.counts).toMatchObject({ visible: 0, inFlight: 1 });
    await clock.advanceInTurns(5 * SECOND);
    expect(bodiesOf(invocations)).toEqual([[order]]);
  });

  test("goes through any number of messages, so many in a turn", async () => {
    const { queue, set, clock } = aSource({ isEnabled: false, filters });
    send(
      queue,
      Array.from({ length: 2500 }, () => note),
    );
    set({ isEnabled: true });
    expect(queue.counts).toMatchObject({ visible: 1500 });
    await clock.advanceInTurns(0);
    expect(queue.counts).toEqual({ visible: 0, inFlight: 0, delayed: 0 });
  });
});

describe("what failed", () => {
  test("comes again when the visibility timeout ends, and counts as received once more", async () => {
    const { queue, clock, invocations, counters } = aSource();
    send(queue, ["a"]);
    await invocations[0]!.fail();
    expect(queue.counts).toMatchObject({ inFlight: 1 });
    await clock.advanceInTurns(30 * SECOND - 1);
    expect(invocations).toHaveLength(1);
    await clock.advanceInTurns(1);
    expect(invocations[1]!.records[0]).toMatchObject({ body: "a", attributes: { ApproximateReceiveCount: "2" } });
    expect(counters).toMatchObject({ failedInvoke: 1, deleted: 0 });
  });

  test("goes to the dead-letter queue by the queue's own count", async () => {
    const { queue, create, configure, clock, invocations } = aSource();
    const dead = create("dead");
    configure({ redrive: { deadLetterTargetArn: dead.arn, maxReceiveCount: 2 } });
    send(queue, ["a"]);
    for (const attempt of [0, 1]) {
      await invocations[attempt]!.fail();
      await clock.advanceInTurns(30 * SECOND);
    }
    expect(invocations).toHaveLength(2);
    expect(dead.counts).toMatchObject({ visible: 1 });
    expect(dead.look().find(String(invocations[0]!.records[0]!["messageId"]))).toBeDefined();
  });

  test("is all of the batch when the function is not asked which messages", async () => {
    const { queue, invocations } = aSource();
    queue.receivers.together(() => send(queue, ["a", "b"]));
    const [{ messageId } = {}] = invocations[0]!.records;
    await invocations[0]!.answer({ batchItemFailures: [{ itemIdentifier: messageId }] });
    expect(queue.counts).toMatchObject({ inFlight: 0 });
  });

  const failures = (list: unknown) => ({ batchItemFailures: list });
  test.for<[what: string, result: (ids: readonly string[]) => unknown, left: number]>([
    ["one of them", ([id]) => failures([{ itemIdentifier: id }]), 1],
    ["both", (ids) => failures(ids.map((itemIdentifier) => ({ itemIdentifier }))), 2],
    ["an empty list", () => failures([]), 0],
    ["null for a list", () => failures(null), 0],
    ["no list", () => ({}), 0],
    ["null", () => null, 0],
    ["a text", () => "OK", 0],
    ["an empty text", () => "", 0],
    ["a list in its place", () => [], 0],
    ["an empty id", ([id]) => failures([{ itemIdentifier: id }, { itemIdentifier: "" }]), 2],
    ["null for an id", () => failures([{ itemIdentifier: null }]), 2],
    ["a number for an id", () => failures([{ itemIdentifier: 1 }]), 2],
    ["another name for it", ([id]) => failures([{ id }]), 2],
    ["an id of nobody", () => failures([{ itemIdentifier: "nobody" }]), 2],
    ["null in the list", () => failures([null]), 2],
    ["a text for a list", () => failures("a"), 2],
  ])("is, by ReportBatchItemFailures, said with %s", async ([, result, left]) => {
    const { queue, invocations } = aSource({ reportsFailures: true });
    queue.receivers.together(() => send(queue, ["a", "b"]));
    const ids = invocations[0]!.records.map(({ messageId }) => String(messageId));
    await invocations[0]!.answer(result(ids));
    expect(queue.counts).toMatchObject({ inFlight: left, visible: 0 });
  });

  test.for<[payload: string, left: number]>([
    ["", 0],
    ["no JSON", 2],
  ])("is, by ReportBatchItemFailures and with the payload '%s', so many: %i", async ([payload, left]) => {
    const { queue, invocations } = aSource({ reportsFailures: true });
    queue.receivers.together(() => send(queue, ["a", "b"]));
    await invocations[0]!.end({ type: "answered", payload, executedVersion: "$LATEST", log: "" });
    expect(queue.counts).toMatchObject({ inFlight: left });
  });
});

describe("a FIFO queue", () => {
  const send4 = (queue: Parameters<typeof send>[0], groupId: string) => {
    queue.receivers.together(() => {
      for (const body of ["1", "2", "3", "4"]) {
        queue.send(aMessage(groupId + body, { groupId, deduplicationId: groupId + body }));
      }
    });
  };

  test("has a group in one invocation at a time, in order, and several groups side by side", async () => {
    const { queue, invocations } = aSource({ batchSize: 3 }, { isFifo: true });
    send4(queue, "a");
    send4(queue, "b");
    expect(bodiesOf(invocations)).toEqual([
      ["a1", "a2", "a3"],
      ["b1", "b2", "b3"],
    ]);
    await invocations[1]!.answer();
    expect(invocations[2]!.bodies).toEqual(["b4"]);
    await invocations[0]!.answer();
    expect(invocations[3]!.bodies).toEqual(["a4"]);
  });

  test("has those of a group again that were reported, in order", async () => {
    const { queue, invocations, clock, warnings } = aSource({ reportsFailures: true }, { isFifo: true });
    send4(queue, "a");
    const later = invocations[0]!.records.slice(1).map(({ messageId }) => ({ itemIdentifier: messageId }));
    await invocations[0]!.answer({ batchItemFailures: later });
    queue.send(aMessage("a5", { groupId: "a", deduplicationId: "a5" }));
    expect(invocations).toHaveLength(1);
    await clock.advanceInTurns(30 * SECOND);
    expect(invocations[1]!.bodies).toEqual(["a2", "a3", "a4", "a5"]);
    const counts = invocations[1]!.records.map(({ attributes }) => Object(attributes).ApproximateReceiveCount);
    expect(counts).toEqual(["2", "2", "2", "1"]);
    expect(warnings).toEqual([]);
  });

  test("is warned of when a later message of a group is deleted although an earlier one failed", async () => {
    const { queue, invocations, warnings } = aSource({ reportsFailures: true }, { isFifo: true });
    send4(queue, "a");
    const itemIdentifier = invocations[0]!.records[1]!["messageId"];
    await invocations[0]!.answer({ batchItemFailures: [{ itemIdentifier }] });
    expect(warnings).toEqual([expect.stringContaining("their order is lost")]);
    expect(queue.counts).toMatchObject({ inFlight: 1 });
  });
});

describe("concurrency", () => {
  const many = Array.from({ length: 60 }, (_, number) => String(number));

  test("is what the mapping says, and leaves the rest in the queue unreceived", async () => {
    const { queue, invocations } = aSource({ maximumConcurrency: 2, batchSize: 1 });
    send(queue, ["a", "b", "c"]);
    expect(bodiesOf(invocations)).toEqual([["a"], ["b"]]);
    expect(queue.counts).toMatchObject({ visible: 1, inFlight: 2 });
    await invocations[0]!.fail();
    expect(bodiesOf(invocations)).toEqual([["a"], ["b"], ["c"]]);
    expect(invocations[2]!.records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "1" } });
  });

  test("is five at first, and grows while there is much to do up to 32", async () => {
    const { queue, clock, invocations } = aSource({ batchSize: 1 }, { visibilityTimeoutMs: MINUTE });
    send(queue, many);
    expect(invocations).toHaveLength(5);
    await clock.advanceInTurns(SECOND);
    await invocations[0]!.answer();
    expect(invocations).toHaveLength(11);
    await clock.advanceInTurns(20 * SECOND);
    await invocations[1]!.answer();
    expect(invocations).toHaveLength(34);
  });
});

describe("a function that is throttled", () => {
  const throttled = { type: "throttled", reason: "ReservedFunctionConcurrentInvocationLimitExceeded" } as const;

  test("is tried again with the same batch, under another request id, and it counts as received once", async () => {
    const { queue, clock, invocations } = aSource();
    send(queue, ["a"]);
    await invocations[0]!.end(throttled);
    expect(invocations).toHaveLength(1);
    await clock.advanceInTurns(SECOND);
    expect(invocations).toHaveLength(2);
    expect(invocations[1]!.call.payload).toBe(invocations[0]!.call.payload);
    expect(invocations[1]!.call.requestId).not.toBe(invocations[0]!.call.requestId);
    await invocations[1]!.answer();
    expect(queue.counts).toMatchObject({ inFlight: 0 });
  });

  test("is tried again as soon as another batch is done", async () => {
    const { queue, invocations } = aSource({ batchSize: 1 });
    send(queue, ["a", "b"]);
    await invocations[1]!.end(throttled);
    await invocations[0]!.answer();
    expect(bodiesOf(invocations)).toEqual([["a"], ["b"], ["b"]]);
  });

  test("has its messages come again when their visibility timeout ends", async () => {
    const { queue, clock, invocations } = aSource();
    send(queue, ["a"]);
    for (let index = 0; clock.now() < 1_700_000_000_000 + 31 * SECOND; index++) {
      await invocations[index]?.end(throttled);
      await clock.advanceInTurns(SECOND);
    }
    expect(invocations.at(-1)!.records[0]).toMatchObject({ attributes: { ApproximateReceiveCount: "2" } });
  });
});

test("messages that went in a loop fail, and the others of their batch are handled", async () => {
  const { queue, mapping, invocations, warnings, counters } = aSource();
  let traceHeader = "Root=1-2-3";
  for (let pass = 0; pass < MOST_PASSES; pass++) traceHeader = passedThrough(mapping.functionArn, traceHeader);
  queue.receivers.together(() => {
    send(queue, ["a"]);
    send(queue, ["loop"], { traceHeader });
    send(queue, ["b"]);
  });
  expect(invocations.map(({ bodies, call }) => [bodies, call.traceId])).toEqual([[["a", "loop", "b"], traceHeader]]);
  await invocations[0]!.end({ type: "recursive", reason: "It goes in a loop." });
  expect(invocations.slice(1).map(({ bodies, call }) => [bodies, call.traceId])).toEqual([[["a", "b"], undefined]]);
  await invocations[1]!.answer();
  expect(queue.counts).toMatchObject({ visible: 0, inFlight: 1 });
  expect(counters).toMatchObject({ failedInvoke: 1, deleted: 2 });
  expect(warnings).toEqual(["It goes in a loop."]);
});

describe("while an invocation is under way", () => {
  test("a mapping that is disabled or deleted has it come to its end", async () => {
    for (const end of ["disable", "delete"]) {
      const { queue, sources, mapping, set, invocations } = aSource();
      send(queue, ["a"]);
      if (end === "disable") set({ isEnabled: false });
      else sources.gone(queue.scope, mapping.uuid);
      send(queue, ["b"]);
      await invocations[0]!.answer();
      expect(invocations).toHaveLength(1);
      expect(queue.counts).toMatchObject({ visible: 1, inFlight: 0 });
    }
  });

  test("a queue that is deleted and made again keeps its own messages, and goes on", async () => {
    const { queues, queue, create, invocations } = aSource();
    send(queue, ["a"]);
    queues.delete(queue);
    const again = create("queue");
    send(again, ["b"]);
    expect(bodiesOf(invocations)).toEqual([["a"], ["b"]]);
    await invocations[0]!.answer();
    expect(again.counts).toMatchObject({ inFlight: 1 });
    await invocations[1]!.answer();
    expect(again.counts).toMatchObject({ inFlight: 0 });
  });

  test("a reset of queues leaves nothing behind", async () => {
    const { directory, queue, create, invocations } = aSource({ windowMs: 10 * SECOND });
    send(queue, ["a"]);
    directory.reset();
    const again = create("queue");
    send(again, ["b"]);
    expect(invocations).toHaveLength(0);
  });

  test("closing gives it up, and leaves no alarm", async () => {
    const { queue, sources, signals, invocations, clock } = aSource({ batchSize: 1 });
    send(queue, ["a", "b"]);
    await invocations[1]!.end({ type: "throttled", reason: "ConcurrentInvocationLimitExceeded" });
    sources.close();
    expect(signals[0]!.aborted).toBe(true);
    await invocations[0]!.end({ type: "stopped" });
    expect(invocations).toHaveLength(2);
    expect(queue.counts).toMatchObject({ inFlight: 2 });
    queue.close();
    expect(clock.pending).toBe(0);
  });
});

test("A mapping that is forgotten with everything gives up what waits, and leaves no alarm", async () => {
  const { queue, sources, mapping, signals, invocations, clock } = aSource({ batchSize: 1 });
  send(queue, ["a", "b"]);
  await invocations[1]!.end({ type: "throttled", reason: "ConcurrentInvocationLimitExceeded" });
  sources.gone(queue.scope, mapping.uuid, "forgotten");
  expect(signals[0]!.aborted).toBe(true);
  await invocations[0]!.end({ type: "stopped" });
  queue.close();
  expect([invocations.length, clock.pending]).toEqual([2, 0]);
});

test("A mapping of another account with the same UUID, as a fork has it, is another one", () => {
  const { directory, queue, sources, mapping, invocations } = aSource();
  const scope = scopeOf("111111111111", "us-east-1");
  const forked = directory.in(scope).create("queue", { settings: queue.settings, attributes: {}, tags: {} });
  sources.set(scope, { ...mapping, sourceArn: forked.arn });
  send(forked, ["b"]);
  send(queue, ["a"]);
  expect(bodiesOf(invocations)).toEqual([["b"], ["a"]]);
  sources.gone(scope, mapping.uuid);
  send(forked, ["d"]);
  send(queue, ["c"]);
  expect(bodiesOf(invocations).slice(2)).toEqual([["c"]]);
});

test("Two mappings of a queue share its messages, each of which goes to one of them", async () => {
  const { queue, sources, mapping, invocations } = aSource({ batchSize: 1 });
  sources.set(queue.scope, { ...mapping, uuid: "other", functionArn: `${mapping.functionArn}:live` });
  send(queue, ["1", "2", "3", "4", "5", "6", "7"]);
  expect(new Set(invocations.map(({ bodies }) => bodies[0]))).toEqual(new Set(["1", "2", "3", "4", "5", "6", "7"]));
  expect(new Set(invocations.map(({ call }) => call.functionArn)).size).toBe(2);
});
