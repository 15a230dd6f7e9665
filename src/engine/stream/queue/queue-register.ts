import { OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import type { QueueState } from "./queue-state.ts";

/** A queue, and the name of the stream it is of. */
interface RegisteredQueue {
  readonly state: QueueState;
  readonly streamName: string;
}

/** All queues of one account and region, which is what their names and ids are unique in. */
export class QueueRegister {
  readonly #byId = new Map<string, RegisteredQueue>();
  readonly #names = new Set<string>();
  readonly #inOrder = new OrderedIndex<RegisteredQueue>(({ state }) => state.identity.name);

  add(queue: RegisteredQueue): void {
    this.#byId.set(queue.state.identity.id, queue);
    this.#names.add(queue.state.identity.name);
    this.#inOrder.set(queue);
  }

  delete({ identity }: QueueState): void {
    const queue = this.#byId.get(identity.id);
    this.#byId.delete(identity.id);
    this.#names.delete(identity.name);
    if (queue !== undefined) this.#inOrder.delete(queue);
  }

  find(id: string): RegisteredQueue | undefined {
    return this.#byId.get(id);
  }

  /** Whether there is one of that name, in whatever state. */
  hasName(name: string): boolean {
    return this.#names.has(name);
  }

  /** By name. */
  all(): Iterable<RegisteredQueue> {
    return this.#inOrder.list();
  }
}
