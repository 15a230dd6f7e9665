import type { QueueSettings, QueueStart } from "../../src/engine/stream/queue/queue-events.ts";
import type { QueueReceiveRequest, ReceivedQueueRecord } from "../../src/engine/stream/queue/queue-receiving.ts";
import type { StreamQueue } from "../../src/engine/stream/queue/stream-queue.ts";
import type { Stream } from "../../src/engine/stream/stream.ts";
import { bytesOf } from "../../src/kernel/base64.ts";
import { aStream, type RuleChanges, SECOND, type StreamFixture } from "./stream.ts";

/** What a queue of a test is that differs from one that hands out all there is, hidden for 30 seconds and six times. */
interface QueueWishes {
  readonly name?: string;
  readonly start?: QueueStart;
  readonly settings?: Partial<QueueSettings>;
}

/** A queue that has to come into being. */
export function createQueue(stream: Stream, wishes: QueueWishes = {}): StreamQueue {
  const { name = "queue", start = { type: "TRIM_HORIZON" }, settings } = wishes;
  const all = { visibilityTimeoutMs: 30 * SECOND, maxReceiveCount: 6, ...settings };
  const queue = stream.queues.create({ name, start, settings: all, tags: {} });
  if (typeof queue === "string") throw new Error(`the queue was refused: ${queue}`);
  return queue;
}

/** A queue on an on-demand stream of its own. */
export function aQueue(wishes: QueueWishes = {}, rules: RuleChanges = {}): StreamFixture & { queue: StreamQueue } {
  const fixture = aStream({ settings: { mode: "ON_DEMAND" } }, rules);
  return { ...fixture, queue: createQueue(fixture.stream, wishes) };
}

export function receive(queue: StreamQueue, rest: Partial<QueueReceiveRequest> = {}): readonly ReceivedQueueRecord[] {
  return queue.receive({ max: 10, isDead: false, ...rest });
}

/** The one record that there has to be. */
export function receiveOne(queue: StreamQueue, rest: Partial<QueueReceiveRequest> = {}): ReceivedQueueRecord {
  const [received] = receive(queue, { max: 1, ...rest });
  if (received === undefined) throw new Error("nothing was received");
  return received;
}

/** The texts of what is received. */
export function receiveTexts(queue: StreamQueue, rest: Partial<QueueReceiveRequest> = {}): readonly string[] {
  return receive(queue, rest).map(textOf);
}

export function textOf({ record }: ReceivedQueueRecord): string {
  return bytesOf(record.data).toString();
}
