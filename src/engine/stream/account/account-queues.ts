import type { QueueRegister } from "../queue/queue-register.ts";
import type { StreamQueue } from "../queue/stream-queue.ts";
import type { Stream } from "../stream.ts";

/** A queue with the stream whose records it hands out. */
export interface QueueOfStream {
  readonly stream: Stream;
  readonly queue: StreamQueue;
}

/** The queues of one account and region, whichever stream they are of. */
export class AccountQueues {
  readonly #register: QueueRegister;
  readonly #streamOf: (name: string) => Stream | undefined;

  constructor(register: QueueRegister, streamOf: (name: string) => Stream | undefined) {
    this.#register = register;
    this.#streamOf = streamOf;
  }

  /** All of them, by name. Costs O(n). */
  list(): readonly QueueOfStream[] {
    const found: QueueOfStream[] = [];
    for (const { state } of [...this.#register.all()]) {
      const queue = this.byId(state.identity.id);
      if (queue !== undefined) found.push(queue);
    }
    return found;
  }

  byId(id: string): QueueOfStream | undefined {
    const registered = this.#register.find(id);
    const stream = registered && this.#streamOf(registered.streamName);
    const queue = stream?.queues.find(id);
    return stream === undefined || queue === undefined ? undefined : { stream, queue };
  }
}
