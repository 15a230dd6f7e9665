import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import type { Created, QueuesEvent, Removed } from "./events.ts";
import { MoveTaskHistory } from "./move/move-task-history.ts";
import type { Queue } from "./queue.ts";
import { DeadLetterSources } from "./redrive/dead-letter-sources.ts";

/**
 * Which queues an account and region has, with their move tasks and the names that cannot be used again yet. Only events
 * and the passing of time change it; what is in a queue is the queue's own state.
 */
export class QueuesState {
  readonly moveTasks = new MoveTaskHistory();
  readonly deadLetterSources = new DeadLetterSources();
  readonly #queueOf: (arn: string, created: Created) => Queue;
  readonly #byName = new Map<string, Queue>();
  readonly byName: ReadonlyMap<string, Queue> = this.#byName;
  readonly #inOrder = new OrderedIndex<Queue>(({ name }) => name);
  /** When names become free again, in that order; only those of queues deleted within the cool-down. */
  readonly #freeAt = new Map<string, number>();

  /** `queueOf` makes the queue that was created. */
  constructor(queueOf: (arn: string, created: Created) => Queue) {
    this.#queueOf = queueOf;
  }

  get isEmpty(): boolean {
    return this.#byName.size === 0 && this.#freeAt.size === 0;
  }

  list(range?: IndexRange): Iterable<Queue> {
    return this.#inOrder.list(range);
  }

  /** Whether the name belonged to a queue deleted so lately that it cannot be used yet. */
  isCoolingDown(name: string): boolean {
    return this.#freeAt.has(name);
  }

  /** The names that cannot be used yet, and until when, in that order. */
  get coolingDown(): Iterable<readonly [name: string, freeAt: number]> {
    return this.#freeAt;
  }

  /** When the next name is free again; Infinity when all are. */
  get nextFreeAt(): number {
    const [first = Number.POSITIVE_INFINITY] = this.#freeAt.values();
    return first;
  }

  /** Forgets the names that are free again by now, and says how many. */
  passTime(now: number): number {
    const before = this.#freeAt.size;
    // The cool-down is the same for all, so they lie in the order in which they end.
    for (const [name, freeAt] of this.#freeAt) {
      if (freeAt > now) break;
      this.#freeAt.delete(name);
    }
    return before - this.#freeAt.size;
  }

  apply(resource: string, event: QueuesEvent): void {
    switch (event.type) {
      case "created":
        return this.#created(resource, event);
      case "removed":
        return this.#removed(this.#byName.get(nameIn(resource)), event);
      case "nameKept":
        this.#freeAt.set(nameIn(resource), event.freeAt);
        return;
      case "reset":
        for (const queue of [...this.#byName.values()]) this.#removed(queue, { at: event.at, freeAt: event.at });
        return this.#freeAt.clear();
      default:
        this.moveTasks.apply(resource, event);
    }
  }

  #created(arn: string, event: Created): void {
    const queue = this.#queueOf(arn, event);
    this.#byName.set(queue.name, queue);
    this.#inOrder.set(queue);
    this.deadLetterSources.set(queue, event.definition.settings.redrive?.deadLetterTargetArn);
  }

  #removed(queue: Queue | undefined, { at, freeAt }: Pick<Removed, "at" | "freeAt">): void {
    if (queue === undefined) return;
    this.#byName.delete(queue.name);
    this.#inOrder.delete(queue);
    this.deadLetterSources.set(queue, undefined);
    this.moveTasks.forget(queue.arn);
    this.#freeAt.delete(queue.name);
    if (freeAt > at) this.#freeAt.set(queue.name, freeAt);
  }
}

function nameIn(arn: string): string {
  return arn.slice(arn.lastIndexOf(":") + 1);
}
