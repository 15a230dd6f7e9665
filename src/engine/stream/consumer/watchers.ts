import type { Clock } from "../../../kernel/time/clock.ts";

/** What ends a wait if nothing changes. */
export interface Patience {
  readonly until: number;
  readonly signal: AbortSignal;
}

/** Is told that a shard changed, or that any of them may have. Never throws, and changes nothing of the stream. */
export type ShardListener = (shard: number | undefined) => void;

/** Those who wait for a shard to change, each with one alarm for the end of its patience, and those who are told of every change. */
export class Watchers {
  readonly #clock: Clock;
  readonly #listeners = new Set<ShardListener>();
  readonly #byShard = new Map<number, Set<() => void>>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Resolves as soon as the shard changes, the patience ends or the signal aborts. */
  change(shard: number, { until, signal }: Patience): Promise<void> {
    if (signal.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const wake = (): void => {
        this.#leave(shard, wake);
        cancelAlarm();
        signal.removeEventListener("abort", wake);
        resolve();
      };
      const cancelAlarm = this.#clock.at(until, wake);
      signal.addEventListener("abort", wake, { once: true });
      const line = this.#byShard.get(shard);
      if (line === undefined) this.#byShard.set(shard, new Set([wake]));
      else line.add(wake);
    });
  }

  /** Calls the listener with every change, until the answer is called. */
  listen(listener: ShardListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Wakes those who wait for the shard. */
  wake(shard: number): void {
    if (this.#listeners.size > 0) for (const listener of this.#listeners) listener(shard);
    if (this.#byShard.size > 0) this.#wake(shard);
  }

  wakeAll(): void {
    for (const listener of this.#listeners) listener(undefined);
    for (const shard of this.#byShard.keys()) this.#wake(shard);
  }

  #wake(shard: number): void {
    for (const wake of this.#byShard.get(shard) ?? []) wake();
  }

  #leave(shard: number, wake: () => void): void {
    const line = this.#byShard.get(shard);
    line?.delete(wake);
    if (line?.size === 0) this.#byShard.delete(shard);
  }
}
