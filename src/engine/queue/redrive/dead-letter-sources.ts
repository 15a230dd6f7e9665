import { type IndexRange, OrderedIndex } from "../../../kernel/collection/ordered-index.ts";
import { present } from "../../../kernel/present.ts";
import type { Queue } from "../queue.ts";

/** Which queues have which dead-letter queue, which need not exist. */
export class DeadLetterSources {
  readonly #byTarget = new Map<string, OrderedIndex<Queue>>();
  readonly #targetOf = new Map<Queue, string>();

  has(targetArn: string): boolean {
    return this.#byTarget.has(targetArn);
  }

  /** The sources of that dead-letter queue, by name. */
  of(targetArn: string, range?: IndexRange): Iterable<Queue> {
    return this.#byTarget.get(targetArn)?.list(range) ?? [];
  }

  /** Notes which dead-letter queue a queue has from now on, if any. Costs O(log n). */
  set(queue: Queue, targetArn: string | undefined): void {
    const former = this.#targetOf.get(queue);
    if (former === targetArn) return;
    if (former !== undefined) this.#remove(queue, former);
    if (targetArn === undefined) return;
    this.#targetOf.set(queue, targetArn);
    let sources = this.#byTarget.get(targetArn);
    if (sources === undefined) {
      sources = new OrderedIndex<Queue>(({ name }) => name);
      this.#byTarget.set(targetArn, sources);
    }
    sources.set(queue);
  }

  #remove(queue: Queue, targetArn: string): void {
    this.#targetOf.delete(queue);
    const sources = present(this.#byTarget.get(targetArn), "the sources of a dead-letter queue");
    sources.delete(queue);
    if (sources.size === 0) this.#byTarget.delete(targetArn);
  }
}
