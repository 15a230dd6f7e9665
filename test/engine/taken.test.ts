import { expect, type MockInstance, onTestFinished, test, vi } from "vitest";
import { Message } from "../../src/engine/queue/message.ts";
import { QueueDirectory } from "../../src/engine/queue/queue-directory.ts";
import { StreamDirectory } from "../../src/engine/stream/account/stream-directory.ts";
import { noDurations } from "../../src/engine/stream/rules.ts";
import { Segment } from "../../src/engine/stream/shard/segment.ts";
import { Notification } from "../../src/engine/topic/notification.ts";
import { Subscription } from "../../src/engine/topic/subscription/subscription.ts";
import { joined, type Taken } from "../../src/kernel/collection/taken.ts";
import { EventLogs } from "../../src/kernel/event/event-logs.ts";
import { seededIds } from "../../src/kernel/ids.ts";
import { defaultSettings } from "../support/queue.ts";
import { aFrozenClock } from "../support/service-call.ts";
import { streamRules } from "../support/stream.ts";
import { aSubscription, scope, someTopics } from "./topic/topic-fixture.ts";

const MANY = 2_000;
const rules = { purgeCooldownMs: 0, recreateCooldownMs: 0, attributePropagationMs: 0, inFlightLimit: MANY };

/** What there is many of, the entries that tell of it, and what counts how many of them were looked at. */
interface Stock {
  readonly taken: () => Taken<unknown>;
  readonly looks: () => number;
}

function aQueue(isFifo: boolean) {
  const directory = new QueueDirectory({ clockOf: clocks(), ids: seededIds("q"), rules, logs: new EventLogs() });
  const settings = { ...defaultSettings, isFifo };
  const queue = directory.in(scope).create("jobs", { settings, attributes: {}, tags: {} });
  for (let number = 0; number < MANY; number++) {
    const groups = { groupId: `${number}`, ...(isFifo && { deduplicationId: `${number}` }) };
    queue.send({ body: "text", senderId: "s", ...groups });
  }
  for (let received = 0; received < MANY / 2; received += 10) queue.receive({ max: 10 });
  return { taken: () => joined([...directory.taken()]), looks: looksOf(vi.spyOn(Message.prototype, "origin", "get")) };
}

function aTopic(): Stock {
  const { directory, create } = someTopics();
  const topic = create();
  for (let number = 0; number < MANY; number++) topic.subscribe(aSubscription(`${number}`));
  return {
    taken: () => joined([...directory.taken()]),
    looks: looksOf(vi.spyOn(Subscription.prototype, "hasPlainConfirmation", "get")),
  };
}

function anArchive(): Stock {
  const { directory, create } = someTopics();
  const topic = create({ isFifo: true, archiveRetentionMs: 1_000_000 });
  for (let number = 0; number < MANY; number++) {
    topic.publish({ message: "text", groupId: "g", deduplicationId: `${number}`, origin: "http://localhost" });
  }
  return {
    taken: () => joined([...directory.taken()]),
    looks: looksOf(vi.spyOn(Notification.prototype, "content", "get")),
  };
}

function aStream(): Stock {
  const rulesOfStreams = streamRules({ durations: noDurations });
  const directory = new StreamDirectory({
    clockOf: clocks(),
    ids: seededIds("s"),
    rules: rulesOfStreams,
    logs: new EventLogs(),
  });
  const stream = directory.in(scope).create({ name: "clicks" });
  if (typeof stream === "string") throw new Error(stream);
  for (let number = 0; number < MANY; number++) stream.put({ partitionKey: `${number}`, data: Buffer.from("text") });
  return { taken: () => joined([...directory.taken()]), looks: looksOf(vi.spyOn(Segment.prototype, "dataAt")) };
}

function clocks() {
  const clock = aFrozenClock();
  return () => clock;
}

/** How often the spy was asked. */
function looksOf(spy: MockInstance): () => number {
  onTestFinished(() => void spy.mockRestore());
  return () => spy.mock.calls.length;
}

test.for<[string, () => Stock]>([
  ["messages of a standard queue, half of them in flight", () => aQueue(false)],
  ["messages of a FIFO queue, half of them in flight", () => aQueue(true)],
  ["subscriptions of a topic", aTopic],
  ["messages in the archive of a topic", anArchive],
  ["records of a stream", aStream],
])("to take note of %s looks at none of them, and to read some at no more than those", ([, stocked]) => {
  const { taken, looks } = stocked();
  const entries = taken();
  expect(looks()).toBe(0);
  const reading = entries[Symbol.iterator]();
  for (let read = 0; read < 100; read++) reading.next();
  expect(looks()).toBeGreaterThan(50);
  expect(looks()).toBeLessThanOrEqual(200);
  entries.end();
});
