import type { ReceivedMessage } from "../../../engine/queue/message.ts";
import type { Queue } from "../../../engine/queue/queue.ts";

/** AWS: what a synchronous invocation takes. */
const MOST_BYTES = 6 * 1024 * 1024;
/** What the event has around each record and around all of them, at most. */
const AROUND_BYTES = 16;

/** A message with the record it is in the event. */
interface Item {
  readonly received: ReceivedMessage;
  readonly record: string;
}

/** Messages of a queue that a function is invoked with at once. */
export class Batch {
  readonly queue: Queue;
  readonly items: Item[] = [];
  /** When the first of its messages is visible again. */
  readonly visibleAt: number;
  #bytes = AROUND_BYTES;

  constructor(queue: Queue, visibleAt: number) {
    this.queue = queue;
    this.visibleAt = visibleAt;
  }

  get size(): number {
    return this.items.length;
  }

  /** The same without some of its messages. */
  without(isLeftOut: (received: ReceivedMessage) => boolean): Batch {
    const rest = new Batch(this.queue, this.visibleAt);
    for (const { received, record } of this.items) if (!isLeftOut(received)) rest.add(received, record);
    return rest;
  }

  /** Adds a message, unless that makes the event too large; the first is never too large. Says whether it did. */
  add(received: ReceivedMessage, record: string): boolean {
    const bytes = this.#bytes + Buffer.byteLength(record) + 1;
    if (this.size > 0 && bytes > MOST_BYTES) return false;
    this.#bytes = bytes;
    this.items.push({ received, record });
    return true;
  }
}
