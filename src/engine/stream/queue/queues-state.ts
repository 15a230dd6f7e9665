import { present } from "../../../kernel/present.ts";
import type { RecordArrived } from "../events.ts";
import { Living } from "../lifecycle.ts";
import type { Shard } from "../shard/shard.ts";
import type { QueueEvent } from "./queue-events.ts";
import type { QueueRegister } from "./queue-register.ts";
import { QueueState, type StreamAtInstant } from "./queue-state.ts";

/** The queues of one stream, each of which sees all its records. Only events and the passing of time change them. */
export class QueuesState {
  readonly #streamName: string;
  readonly #register: QueueRegister;
  readonly #living = new Living<QueueState>();
  #isBehind = false;

  constructor(streamName: string, register: QueueRegister) {
    this.#streamName = streamName;
    this.#register = register;
  }

  get size(): number {
    return this.#living.size;
  }

  /** Whether more was due in one of them than was to happen at most when time passed last. */
  get isBehind(): boolean {
    return this.#isBehind;
  }

  /** How many are being created or deleted. */
  get changing(): number {
    return this.#living.changing;
  }

  /** When time alone next changes the status of one; Infinity when it does not. */
  get nextChange(): number {
    return this.#living.nextChange;
  }

  /** In the order of creation. Costs O(n). */
  all(): readonly QueueState[] {
    return [...this.#living.all()];
  }

  find(id: string): QueueState | undefined {
    return this.#living.find(id);
  }

  /** Changes the statuses that are due by `now`. */
  passTime(now: number, stream: StreamAtInstant): void {
    this.#living.passTime(now, (queue, at) => {
      if (queue.lifecycle.isGone) this.#register.delete(queue);
      else queue.becameActive(at, stream);
    });
  }

  /** Ends the visibility timeouts that are due, and forgets what arrived before the horizon: so many of each queue. Costs O(n) beside that. */
  release(now: number, horizon: number, most: number): void {
    this.#isBehind = false;
    for (const queue of this.#living.all()) {
      queue.release(now, horizon, most);
      if (queue.records.isBehind) this.#isBehind = true;
    }
  }

  /** A record joined the shard. Costs O(n). */
  arrived(shard: Shard, { index, at }: RecordArrived): void {
    for (const { backlog } of this.#living.all()) backlog.arrived(shard, index, at);
  }

  apply(event: QueueEvent, stream: StreamAtInstant): void {
    switch (event.type) {
      case "queueCreated": {
        const state = new QueueState(event, stream);
        this.#living.add(event.queue, state);
        return this.#register.add({ state, streamName: this.#streamName });
      }
      case "queueDeleted":
        return this.#living.begin(event.queue, "DELETING", event.goneAt);
      default:
        present(this.find(event.queue), "a queue").apply(event, stream.shards);
        if (event.type === "queueUpdated") this.#living.begin(event.queue, "UPDATING", event.activeAt);
    }
  }
}
