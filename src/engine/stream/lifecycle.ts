import { type HeapItem, IndexedHeap } from "../../kernel/collection/indexed-heap.ts";
import { present } from "../../kernel/present.ts";

export type LifecycleStatus = "CREATING" | "ACTIVE" | "UPDATING" | "DELETING";

/** The status of something that takes a while to come, to change and to go. Only the `Living` it is among change it. */
export class Lifecycle {
  #status: LifecycleStatus = "CREATING";
  #changesAt: number;
  #isGone = false;

  /** CREATING until that instant. */
  constructor(activeAt: number) {
    this.#changesAt = activeAt;
  }

  get status(): LifecycleStatus {
    return this.#status;
  }

  /** When time alone changes the status; Infinity when it does not. */
  get changesAt(): number {
    return this.#changesAt;
  }

  get isGone(): boolean {
    return this.#isGone;
  }

  /** Goes into a status that time ends. */
  begin(status: "UPDATING" | "DELETING", until: number): void {
    this.#status = status;
    this.#changesAt = until;
  }

  /** Ends the status that time ends. */
  end(): void {
    this.#changesAt = Number.POSITIVE_INFINITY;
    if (this.#status === "DELETING") this.#isGone = true;
    else this.#status = "ACTIVE";
  }
}

interface HasLifecycle {
  readonly lifecycle: Lifecycle;
}

/** One whose status time changes. */
interface Due extends HeapItem {
  readonly key: string;
}

/**
 * All of one kind that come, change and go, by key, until they are gone. Only events and the passing of time change
 * them. Unless said otherwise all costs O(1), and O(log n) for each whose status changes.
 */
export class Living<T extends HasLifecycle> {
  readonly #byKey = new Map<string, T>();
  readonly #dueByKey = new Map<string, Due>();
  readonly #due = new IndexedHeap<Due>();
  #changing = 0;

  get size(): number {
    return this.#byKey.size;
  }

  /** How many are CREATING or DELETING. */
  get changing(): number {
    return this.#changing;
  }

  /** When time alone next changes the status of one; Infinity when it does not. */
  get nextChange(): number {
    return this.#due.firstRank();
  }

  has(key: string): boolean {
    return this.#byKey.has(key);
  }

  find(key: string): T | undefined {
    return this.#byKey.get(key);
  }

  /** In the order of creation. */
  all(): Iterable<T> {
    return this.#byKey.values();
  }

  add(key: string, item: T): void {
    this.#byKey.set(key, item);
    this.#count(item, 1);
    this.#plan(key, item.lifecycle.changesAt);
  }

  /** Has one go into a status that time ends. */
  begin(key: string, status: "UPDATING" | "DELETING", until: number): void {
    const item = this.#present(key);
    this.#count(item, -1);
    item.lifecycle.begin(status, until);
    this.#count(item, 1);
    this.#plan(key, until);
  }

  /** Ends the statuses that are due by `now`, and tells of each one and when it was due. */
  passTime(now: number, changed: (item: T, at: number) => void = () => {}): void {
    while (this.#due.firstRank() <= now) {
      const at = this.#due.firstRank();
      const { key } = present(this.#due.pop(), "what is due");
      this.#dueByKey.delete(key);
      const item = this.#present(key);
      this.#count(item, -1);
      item.lifecycle.end();
      if (item.lifecycle.isGone) this.#byKey.delete(key);
      else this.#count(item, 1);
      changed(item, at);
    }
  }

  #plan(key: string, at: number): void {
    const due = this.#dueByKey.get(key) ?? { heapSlot: -1, key };
    this.#dueByKey.set(key, due);
    this.#due.set(due, at);
  }

  #present(key: string): T {
    return present(this.#byKey.get(key), "one of the living");
  }

  #count({ lifecycle: { status } }: T, sign: 1 | -1): void {
    if (status === "CREATING" || status === "DELETING") this.#changing += sign;
  }
}
