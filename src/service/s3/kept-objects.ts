import { type IndexRange, OrderedIndex } from "../../kernel/collection/ordered-index.ts";
import type { About } from "./asset-events.ts";

/** What lies under a key. */
export interface StoredObject extends About {
  readonly bytes: Uint8Array;
  /** In quotes. */
  readonly etag: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
}

/** What lies in a bucket: found by its key, and listed in the order of keys from anywhere without looking at the rest. */
export class KeptObjects {
  readonly #byKey = new Map<string, StoredObject>();
  readonly #inOrder = new OrderedIndex<StoredObject>(({ key }) => key);

  get size(): number {
    return this.#byKey.size;
  }

  get(key: string): StoredObject | undefined {
    return this.#byKey.get(key);
  }

  /** Keeps an object, in place of any other with its key. */
  set(object: StoredObject): void {
    this.#byKey.set(object.key, object);
    this.#inOrder.set(object);
  }

  /** Says whether there was one. */
  delete(key: string): boolean {
    const object = this.#byKey.get(key);
    if (object === undefined) return false;
    this.#byKey.delete(key);
    return this.#inOrder.delete(object);
  }

  /** In the order of keys. Nothing may be put or deleted until the last was taken. */
  list(range?: IndexRange): Iterable<StoredObject> {
    return this.#inOrder.list(range);
  }
}
