import { present } from "../../../kernel/present.ts";
import type { RecordArrived } from "../events.ts";
import type { Shard } from "../shard/shard.ts";
import type { QueueEvent } from "./queue-events.ts";
import type { QueueRegister } from "./queue-register.ts";
import { QueueState, type StreamAtInstant } from "./queue-state.ts";

/** The queues of one stream, each of which sees all its records. Only events and the passing of time change them. */
export class QueuesState {
  readonly #streamName: string;
  readonly #register: QueueRegister;
  readonly #byId = new Map<string, QueueState>();

  constructor(streamName: string, register: QueueRegister) {
    this.#streamName = streamName;
    this.#register = register;
  }

  get size(): number {
    return this.#byId.size;
  }

  /** When time alone next changes the status of one; Infinity when it does not. Costs O(n). */
  get nextChange(): number {
    let next = Number.POSITIVE_INFINITY;
    for (const { changesAt } of this.#byId.values()) next = Math.min(next, changesAt);
    return next;
  }

  /** In the order of creation. */
  all(): readonly QueueState[] {
    return [...this.#byId.values()];
  }

  find(id: string): QueueState | undefined {
    return this.#byId.get(id);
  }

  /** Changes the statuses that are due by `now`. Costs O(n). */
  passTime(now: number, stream: StreamAtInstant): void {
    for (const queue of this.#byId.values()) {
      queue.passTime(now, stream);
      if (!queue.isGone) continue;
      this.#byId.delete(queue.identity.id);
      this.#register.delete(queue);
    }
  }

  /** Ends the visibility timeouts that are due, and forgets what arrived before the horizon. Costs O(n) beside that. */
  release(now: number, horizon: number): void {
    for (const queue of this.#byId.values()) queue.release(now, horizon);
  }

  /** A record joined the shard. */
  arrived(shard: Shard, { index, at }: RecordArrived): void {
    for (const { backlog } of this.#byId.values()) backlog.arrived(shard, index, at);
  }

  apply(event: QueueEvent, stream: StreamAtInstant): void {
    if (event.type !== "queueCreated") {
      present(this.#byId.get(event.queue), "a queue").apply(event, stream.shards);
      return;
    }
    const state = new QueueState(event, stream);
    this.#byId.set(event.queue, state);
    this.#register.add({ state, streamName: this.#streamName });
  }
}
