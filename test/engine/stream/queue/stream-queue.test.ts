import { expect, test } from "vitest";
import { create, DAY, HOUR, MIB, put, SECOND, START, shard, slow } from "../../../support/stream.ts";
import { aQueue, createQueue, receive, receiveOne, receiveTexts, textOf } from "../../../support/stream-queue.ts";

test("every queue of a stream hands out every record", () => {
  const { stream, queue } = aQueue();
  const other = createQueue(stream, { name: "other" });
  put(stream, ["a", "b", "c"]);
  expect(receiveTexts(queue)).toEqual(["a", "b", "c"]);
  expect(receiveTexts(queue)).toEqual([]);
  expect(receiveTexts(other, { max: 2 })).toEqual(["a", "b"]);
  expect(receiveTexts(other)).toEqual(["c"]);
});

test("a queue begins where it was told: at the oldest record, behind the newest, or at an instant", () => {
  const { stream, clock, queue: oldest } = aQueue();
  put(stream, ["early"]);
  clock.advance(SECOND);
  put(stream, ["late"]);
  clock.advance(SECOND);
  const newest = createQueue(stream, { name: "newest", start: { type: "LATEST" } });
  const instant = START + SECOND;
  const between = createQueue(stream, { name: "between", start: { type: "AT_TIMESTAMP", instant } });
  put(stream, ["new"]);
  expect(receiveTexts(oldest)).toEqual(["early", "late", "new"]);
  expect(receiveTexts(newest)).toEqual(["new"]);
  expect(receiveTexts(between)).toEqual(["late", "new"]);
  expect([oldest.startsAt, newest.startsAt, between.startsAt]).toEqual([START, START + 2 * SECOND, instant]);
});

test("an instant that lies ahead is refused, one before the oldest record is moved to it", () => {
  const { stream, clock } = aQueue();
  const definition = { settings: { visibilityTimeoutMs: 0 }, tags: {} };
  const at = (instant: number) => ({ name: "at", start: { type: "AT_TIMESTAMP", instant } as const, ...definition });
  expect(stream.queues.create(at(START + 1))).toBe("future");
  clock.advance(2 * DAY);
  expect(createQueue(stream, at(START)).startsAt).toBe(START + DAY);
});

test("unseen records come by their arrival, whichever shards they are in", () => {
  const { stream, clock, queue } = aQueue();
  const texts = Array.from({ length: 20 }, (_, number) => String(number));
  for (const text of texts) {
    put(stream, [text], { partitionKey: `key ${text}` });
    clock.advance(1);
  }
  expect(new Set(receive(queue).map(({ receipt }) => receipt.shard)).size).toBeGreaterThan(1);
  expect(receiveTexts(queue)).toEqual(texts.slice(10));
});

test("a record is hidden until its visibility timeout ends, then comes before all unseen ones with a new receipt", () => {
  const { stream, clock, queue } = aQueue();
  put(stream, ["a"]);
  const first = receiveOne(queue);
  clock.advance(30 * SECOND - 1);
  put(stream, ["b"]);
  expect(queue.counts).toEqual({ visible: 1, inFlight: 1, deadVisible: 0, deadInFlight: 0 });
  clock.advance(1);
  expect(queue.counts).toEqual({ visible: 2, inFlight: 0, deadVisible: 0, deadInFlight: 0 });
  const [again, second] = receive(queue);
  expect([textOf(again!), again!.receiveCount, again!.firstReceivedAt]).toEqual(["a", 2, START]);
  expect(textOf(second!)).toBe("b");
  expect(queue.acknowledge(first.receipt)).toBe("unknown");
  expect(queue.acknowledge(again!.receipt)).toBe("done");
});

test("a timeout of zero counts, and shows the record again at once, but never twice in one receive", () => {
  const { stream, queue } = aQueue();
  put(stream, ["a", "b"]);
  expect(receiveTexts(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
  expect(receive(queue).map(({ receiveCount }) => receiveCount)).toEqual([2, 2]);
});

test("an acknowledged record never comes back, and to acknowledge it again does no harm", () => {
  const { stream, clock, queue } = aQueue();
  put(stream, ["a"]);
  const { receipt } = receiveOne(queue);
  expect(queue.acknowledge(receipt)).toBe("done");
  clock.advance(HOUR);
  expect(receive(queue)).toEqual([]);
  expect([queue.acknowledge(receipt), queue.changeVisibility(receipt, 0), queue.restore(receipt)]).toEqual([
    "done",
    "gone",
    "gone",
  ]);
});

test("a late acknowledgement counts unless somebody else got the record", () => {
  const { stream, clock, queue } = aQueue();
  put(stream, ["a"]);
  const { receipt } = receiveOne(queue);
  clock.advance(MINUTE_AND_MORE);
  expect(queue.changeVisibility(receipt, 5 * SECOND)).toBe("unknown");
  expect(queue.acknowledge(receipt)).toBe("done");
  expect(receive(queue)).toEqual([]);
});

const MINUTE_AND_MORE = 61 * SECOND;

test("a change of visibility counts from now", () => {
  const { stream, clock, queue } = aQueue();
  put(stream, ["a"]);
  const { receipt } = receiveOne(queue);
  clock.advance(20 * SECOND);
  expect(queue.changeVisibility(receipt, 30 * SECOND)).toBe("done");
  clock.advance(30 * SECOND - 1);
  expect(receive(queue)).toEqual([]);
  expect(queue.changeVisibility(receipt, 0)).toBe("done");
  expect(receiveTexts(queue)).toEqual(["a"]);
});

test("a record that was received too often is a dead letter until it is acknowledged or restored", () => {
  const { stream, clock, queue } = aQueue({ settings: { maxReceiveCount: 2 } });
  put(stream, ["a"]);
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  const last = receiveOne(queue);
  expect(queue.counts).toMatchObject({ inFlight: 1, deadVisible: 0 });
  clock.advance(30 * SECOND);
  expect(queue.counts).toMatchObject({ visible: 0, inFlight: 0, deadVisible: 1 });
  expect(receive(queue)).toEqual([]);
  expect(queue.acknowledge(last.receipt)).toBe("unknown");
  const dead = receiveOne(queue, { isDead: true });
  expect([dead.receiveCount, dead.receipt.isDead]).toEqual([3, true]);
  expect(queue.restore(dead.receipt)).toBe("done");
  expect([queue.acknowledge(dead.receipt), queue.restore(dead.receipt)]).toEqual(["unknown", "unknown"]);
  const restored = receiveOne(queue);
  expect([textOf(restored), restored.receiveCount, restored.firstReceivedAt]).toEqual(["a", 1, START]);
});

test("dead letters time out as dead letters, however often", () => {
  const { stream, clock, queue } = aQueue({ settings: { maxReceiveCount: 1 } });
  put(stream, ["a"]);
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  for (const count of [2, 3, 4]) {
    expect(receiveOne(queue, { isDead: true }).receiveCount).toBe(count);
    clock.advance(30 * SECOND);
  }
  const { receipt } = receiveOne(queue, { isDead: true });
  expect(queue.acknowledge(receipt)).toBe("done");
  expect(queue.counts).toEqual({ visible: 0, inFlight: 0, deadVisible: 0, deadInFlight: 0 });
});

test("where nothing becomes a dead letter a record comes again and again; a maximum set later counts what was", () => {
  const { stream, queue } = aQueue();
  const { maxReceiveCount: _, ...settings } = queue.settings;
  queue.update(settings);
  put(stream, ["a", "b"]);
  for (let count = 1; count <= 20; count++) {
    expect(receiveOne(queue, { visibilityTimeoutMs: 0 }).receiveCount).toBe(count);
  }
  queue.update({ ...settings, maxReceiveCount: 3 });
  expect(receiveTexts(queue)).toEqual(["b"]);
  queue.update(settings);
  expect(receiveTexts(queue, { isDead: true })).toEqual(["a"]);
});

test("records expire with the stream's retention, in whatever state they are", () => {
  const { stream, clock, queue } = aQueue({ settings: { maxReceiveCount: 1 } });
  put(stream, ["dead", "in flight", "unseen"]);
  receiveOne(queue, { visibilityTimeoutMs: 0 });
  const { receipt } = receiveOne(queue, { visibilityTimeoutMs: 2 * DAY });
  clock.advance(DAY);
  expect(queue.counts).toEqual({ visible: 1, inFlight: 1, deadVisible: 1, deadInFlight: 0 });
  clock.advance(1);
  expect(queue.counts).toEqual({ visible: 0, inFlight: 0, deadVisible: 0, deadInFlight: 0 });
  expect([receive(queue), receive(queue, { isDead: true })]).toEqual([[], []]);
  expect([queue.acknowledge(receipt), queue.changeVisibility(receipt, 0)]).toEqual(["gone", "gone"]);
});

test("a shorter retention takes records from a queue at once, a longer one keeps what is there", () => {
  const { stream, clock, queue } = aQueue();
  stream.configuration.increaseRetention(48 * HOUR);
  put(stream, ["old"]);
  receiveOne(queue);
  clock.advance(30 * HOUR);
  put(stream, ["new"]);
  expect(queue.counts.visible).toBe(2);
  stream.configuration.decreaseRetention(24 * HOUR);
  expect(queue.counts.visible).toBe(1);
  stream.configuration.increaseRetention(96 * HOUR);
  expect(receiveTexts(queue)).toEqual(["new"]);
});

test("parents are drained and children are handed out from their start on, in the order of arrival", () => {
  const { stream, clock, queue } = aQueue({ start: { type: "LATEST" } });
  const keys = Array.from({ length: 8 }, (_, number) => `key ${number}`);
  const putAll = (round: string): void => {
    for (const partitionKey of keys) put(stream, [`${round} ${partitionKey}`], { partitionKey });
    clock.advance(SECOND);
  };
  putAll("before");
  stream.shards.rescale(7);
  putAll("after");
  stream.shards.rescale(4);
  putAll("again");
  const received = [receiveTexts(queue), receiveTexts(queue), receiveTexts(queue)].flat();
  const rounds = received.map((text) => text.split(" ")[0]);
  expect(new Set(received).size).toBe(24);
  expect(rounds).toEqual(["before", "after", "again"].flatMap((round) => keys.map(() => round)));
});

test("one answer holds no more than 10 MiB, but one record at the least", () => {
  const { stream, queue } = aQueue();
  stream.configuration.changeMaxRecordBytes(10 * MIB);
  const put6 = (): unknown => stream.put({ data: Buffer.alloc(6 * MIB), partitionKey: "a" });
  for (let count = 0; count < 2; count++) put6();
  stream.put({ data: Buffer.alloc(10 * MIB), partitionKey: "key" });
  expect([receive(queue).length, receive(queue).length, receive(queue).length]).toEqual([1, 1, 1]);
});

test("as many records as are allowed are in flight, dead letters counted for themselves", () => {
  const { stream, queue } = aQueue({ settings: { maxReceiveCount: 1 } }, { quotas: { inFlightQueueRecords: 2 } });
  put(stream, ["a", "b", "c", "d"]);
  expect(receiveTexts(queue, { visibilityTimeoutMs: 0 })).toEqual(["a", "b"]);
  expect(receiveTexts(queue)).toEqual(["c", "d"]);
  put(stream, ["e"]);
  expect(receiveTexts(queue)).toEqual([]);
  expect(receiveTexts(queue, { isDead: true })).toEqual(["a", "b"]);
});

test("an answer that nobody got counts for nothing", () => {
  const { stream, queue } = aQueue();
  put(stream, ["a"]);
  queue.returnUndelivered(receive(queue));
  expect(receiveOne(queue).receiveCount).toBe(1);
});

test("a queue goes from CREATING to ACTIVE, over UPDATING back, and over DELETING away", () => {
  const { stream, streams, clock, directory } = aQueue({}, slow);
  const queue = stream.queues.list()[0]!;
  const { arn } = queue.identity;
  const statusLater = (): string => {
    clock.advance(30 * SECOND - 1);
    const before = directory.queueByArn(arn)?.queue.status;
    clock.advance(1);
    return `${before} ${directory.queueByArn(arn)?.queue.status}`;
  };
  expect([queue.isDelivering, queue.update(queue.settings), queue.startsAt]).toEqual([false, "notActive", undefined]);
  expect(statusLater()).toBe("CREATING ACTIVE");
  expect(queue.update({ visibilityTimeoutMs: 1 })).toBe("updating");
  expect([queue.isDelivering, queue.settings]).toEqual([true, { visibilityTimeoutMs: 1 }]);
  expect(statusLater()).toBe("UPDATING ACTIVE");
  expect(streams.delete(stream, true)).toBe("hasQueues");
  queue.delete();
  expect([queue.isDelivering, streams.delete(stream, true)]).toEqual([false, "hasQueues"]);
  expect(statusLater()).toBe("DELETING undefined");
  expect(streams.delete(stream, true)).toBe("deleting");
});

test("what is put while a queue is CREATING is handed out afterwards", () => {
  const { stream, clock, queue } = aQueue({ start: { type: "LATEST" } }, slow);
  put(stream, ["a"]);
  clock.advance(30 * SECOND);
  expect(receiveTexts(queue)).toEqual(["a"]);
});

test("a queue is refused on a provisioned stream, with a name that is taken, and beyond the limits", () => {
  const { stream, streams } = aQueue({}, { quotas: { consumersPerStream: 3, changingQueues: 9 } });
  const definition = { start: { type: "LATEST" }, settings: { visibilityTimeoutMs: 0 }, tags: {} } as const;
  const provisioned = create(streams, { name: "provisioned" });
  expect(provisioned.queues.create({ name: "other", ...definition })).toBe("notOnDemand");
  const elsewhere = create(streams, { name: "elsewhere", settings: { mode: "ON_DEMAND" } });
  expect(elsewhere.queues.create({ name: "queue", ...definition })).toBe("exists");
  stream.consumers.register("consumer", {});
  createQueue(stream, { name: "third" });
  expect(stream.queues.create({ name: "fourth", ...definition })).toBe("tooMany");
  expect(stream.consumers.register("more", {})).toBe("tooMany");
  expect(stream.configuration.changeMode("PROVISIONED")).toBe("hasQueues");
  stream.queues.list()[0]!.delete();
  expect(createQueue(stream, { name: "queue" }).identity.id).not.toBe(stream.queues.list()[0]!.identity.id);
});

test("so many queues can be created and deleted at the same time", () => {
  const { stream, clock } = aQueue({}, { durations: { queueMs: SECOND }, quotas: { changingQueues: 2 } });
  createQueue(stream, { name: "second" });
  const third = { name: "third", start: { type: "LATEST" }, settings: { visibilityTimeoutMs: 0 }, tags: {} } as const;
  expect(stream.queues.create(third)).toBe("tooManyChanging");
  clock.advance(SECOND);
  expect(typeof stream.queues.create(third)).toBe("object");
});

test("the queues of an account and region are listed by name", () => {
  const { streams, stream } = aQueue();
  const other = create(streams, { name: "other", settings: { mode: "ON_DEMAND" } });
  createQueue(other, { name: "a" });
  createQueue(stream, { name: "z" });
  expect(streams.queues.list().map((found) => [found.queue.identity.name, found.stream.name])).toEqual([
    ["a", "other"],
    ["queue", "stream"],
    ["z", "stream"],
  ]);
});

test("what became of a record is told: not handed out, in flight, visible again, a dead letter, acknowledged", () => {
  const { stream, clock, queue } = aQueue({ settings: { maxReceiveCount: 2 } });
  put(stream, ["a"]);
  const [{ next } = { next: 0 }] = stream.look().records(shard(stream));
  const standing = () => queue.recordAt(shard(stream), next - 1);
  expect(standing()).toEqual({ state: "unseen" });
  receive(queue);
  const once = { isDead: false, receiveCount: 1, visibleAt: START + 30 * SECOND };
  expect(standing()).toEqual({ state: "inFlight", ...once });
  clock.advance(30 * SECOND);
  expect(standing()).toEqual({ state: "visible", ...once });
  receive(queue);
  clock.advance(30 * SECOND);
  expect(standing()).toEqual({ state: "visible", isDead: true, receiveCount: 2, visibleAt: START + 60 * SECOND });
  queue.acknowledge(receiveOne(queue, { isDead: true }).receipt);
  expect(standing()).toEqual({ state: "acknowledged" });
});
