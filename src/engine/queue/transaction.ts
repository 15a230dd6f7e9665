import type { EventLog } from "../../kernel/event/event-log.ts";
import type { QueueEntry, QueueEvent, QueuesEvent } from "./events.ts";
import { plainEvent } from "./plain-events.ts";

/** A queue on which somebody may wait for what happened. */
interface Waited {
  serveWaiting(now: number): void;
}

/**
 * What a command does to the queues of one account, which stands in the account's log as one append. An event added while
 * none is open is a transaction of its own; one that is open inside another is part of that.
 */
export class Transaction {
  readonly log: EventLog;
  readonly #toServe = new Map<Waited, number>();
  #entries: QueueEntry[] = [];
  #depth = 0;

  constructor(log: EventLog) {
    this.log = log;
  }

  get isOpen(): boolean {
    return this.#depth > 0;
  }

  /** Adds what happened to the queue of that ARN. To be called while the log is heard: then alone it costs a copy. */
  add(arn: string, event: QueueEvent): void {
    this.#append(arn, plainEvent(event));
  }

  /** Adds what happened in an account and region. */
  addToAccount(resource: string, event: QueuesEvent): void {
    if (this.log.isHeard) this.#append(resource, event);
  }

  /** Has those who wait on the queue served once the open transaction is over: to serve is to receive, a command of its own. */
  serveAfterwards(queue: Waited, now: number): void {
    this.#toServe.set(queue, now);
  }

  /** Does what belongs together. */
  run<Result>(task: () => Result): Result {
    this.#depth++;
    try {
      return task();
    } finally {
      if (--this.#depth === 0) this.#end();
    }
  }

  #end(): void {
    if (this.#entries.length > 0) {
      const entries = this.#entries;
      this.#entries = [];
      this.log.append(entries);
    }
    if (this.#toServe.size === 0) return;
    const toServe = [...this.#toServe];
    this.#toServe.clear();
    for (const [queue, now] of toServe) queue.serveWaiting(now);
  }

  #append(resource: string, event: QueueEntry["event"]): void {
    if (this.isOpen) this.#entries.push({ resource, event });
    else this.log.appendOne(resource, event);
  }
}
