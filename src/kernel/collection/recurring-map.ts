import { Deque } from "./deque.ts";

/** How many removed keys stay. */
const KEPT = 1000;

interface Entry<K, V> {
  readonly key: K;
  value: V | undefined;
  isInLine: boolean;
}

/**
 * A map for keys that come and go, each step in constant time. V8 leaves a removed entry in its chain until the table is
 * built anew, which for a large one is seldom, so a key added and removed again and again is found ever more slowly.
 * Here its entry stays, empty, until a thousand other keys were removed.
 */
export class RecurringMap<K, V> {
  readonly #entries = new Map<K, Entry<K, V>>();
  readonly #removed = new Deque<Entry<K, V>>();

  get(key: K): V | undefined {
    return this.#entries.get(key)?.value;
  }

  set(key: K, value: V): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) this.#entries.set(key, { key, value, isInLine: false });
    else entry.value = value;
  }

  delete(key: K): void {
    const entry = this.#entries.get(key);
    if (entry === undefined) return;
    entry.value = undefined;
    if (entry.isInLine) return;
    entry.isInLine = true;
    this.#removed.push(entry);
    if (this.#removed.size > KEPT) this.#forget(this.#removed.shift()!);
  }

  /** The values there are, those of removed keys aside. */
  *values(): Generator<V, void, void> {
    for (const { value } of this.#entries.values()) if (value !== undefined) yield value;
  }

  #forget(entry: Entry<K, V>): void {
    entry.isInLine = false;
    if (entry.value === undefined) this.#entries.delete(entry.key);
  }
}
