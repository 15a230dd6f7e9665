import { expect, onTestFinished, test, vi } from "vitest";
import type { Streams } from "../../../../src/engine/stream/account/streams.ts";
import { Stream } from "../../../../src/engine/stream/stream.ts";
import { StreamState } from "../../../../src/engine/stream/stream-state.ts";
import { aDirectory, aStream, create, HOUR, MINUTE, SECOND, START } from "../../../support/stream.ts";
import { createQueue } from "../../../support/stream-queue.ts";

const MANY = 200;
const settings = { mode: "ON_DEMAND" } as const;

function createMany(streams: Streams, prefix: string, count = MANY): void {
  for (let number = 0; number < count; number++) create(streams, { name: `${prefix}-${number}`, settings });
}

/** How often time caught up for a stream meanwhile. */
function catchUps(deed: () => unknown): number {
  const passTime = vi.spyOn(StreamState.prototype, "passTime");
  onTestFinished(() => passTime.mockRestore());
  deed();
  return passTime.mock.calls.length;
}

const rules = { quotas: { onDemandStreams: 10 * MANY, openShards: 100 * MANY } };

test("a queue is created without a look at the queues of other streams", () => {
  const { streams } = aDirectory({ ...rules, durations: { queueMs: 0 } });
  createMany(streams, "stream");
  for (const stream of streams.list()) createQueue(stream, { name: `queue-of-${stream.name}` });
  const one = streams.find("stream-1")!;
  expect(catchUps(() => createQueue(one, { name: "second" }))).toBeLessThan(20);
  const elsewhere = { start: { type: "LATEST" }, settings: { visibilityTimeoutMs: 0 }, tags: {} } as const;
  expect(one.queues.create({ name: "queue-of-stream-0", ...elsewhere })).toBe("exists");
});

test("the queues that are created and deleted are counted over all streams, as time passes for none of them", () => {
  const { streams, clock } = aDirectory({ ...rules, durations: { queueMs: SECOND } });
  createMany(streams, "stream", 4);
  for (const stream of streams.list()) createQueue(stream, { name: `queue-of-${stream.name}` });
  expect(streams.changingQueueCount).toBe(4);
  clock.advance(SECOND);
  expect(streams.changingQueueCount).toBe(0);
  streams.queues.list()[0]!.queue.delete();
  streams.queues.list()[1]!.queue.update({ visibilityTimeoutMs: 0 });
  expect([streams.changingQueueCount, streams.hasQueueNamed("queue-of-stream-0")]).toEqual([1, true]);
  clock.advance(SECOND);
  expect([streams.hasQueueNamed("queue-of-stream-0"), streams.changingQueueCount]).toEqual([false, 0]);
});

test("when the next stream expires is known without a look at all of them", () => {
  const { streams } = aDirectory(rules);
  createMany(streams, "stream");
  const asked = vi.spyOn(Stream.prototype, "nextExpiry", "get");
  onTestFinished(() => asked.mockRestore());
  expect(streams.nextExpiry).toBe(START + HOUR);
  expect(asked.mock.calls.length).toBeLessThan(5);
});

test("time passes for the streams that it changes, and for no more of them than wanted", () => {
  const { streams, clock } = aDirectory(rules);
  createMany(streams, "early");
  clock.advance(30 * MINUTE);
  createMany(streams, "late");
  clock.advance(30 * MINUTE);
  expect(catchUps(() => expect(streams.expire(150)).toBe(150))).toBeLessThan(160);
  expect(streams.nextExpiry).toBe(START + HOUR);
  expect([streams.expire(1000), streams.expire(1000)]).toEqual([MANY - 150, 0]);
  expect(streams.nextExpiry).toBe(START + HOUR + 30 * MINUTE);
});

test("what begins to change expires once the change is due", () => {
  const { streams, clock } = aDirectory({ ...rules, durations: { reshardingMs: 30 * SECOND } });
  createMany(streams, "stream");
  const stream = create(streams);
  expect(streams.nextExpiry).toBe(START + HOUR);
  expect(stream.shards.split(0, 1000n)).toBe("splitting");
  expect(streams.nextExpiry).toBe(START + 30 * SECOND);
  clock.advance(30 * SECOND);
  expect([streams.expire(1000), streams.nextExpiry]).toEqual([1, START + HOUR]);
});

test("a stream whose deletion is complete is let go of, although somebody looked at it since", () => {
  const { streams, stream, clock } = aStream({}, { durations: { deletingMs: SECOND } });
  streams.delete(stream, false);
  clock.advance(SECOND);
  expect(stream.isGone).toBe(true);
  expect(streams.expire(1000)).toBe(1);
  expect([streams.isEmpty, streams.nextExpiry]).toEqual([true, Number.POSITIVE_INFINITY]);
});
