import type { Clock } from "../../../kernel/time/clock.ts";

/** What ends a wait if nothing changes. */
export interface Patience {
  readonly until: number;
  readonly signal: AbortSignal;
}

/** Those who wait for a shard to change. Each has one alarm, for the end of its patience. */
export class Watchers {
  readonly #clock: Clock;
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

  /** Wakes those who wait for the shard. */
  wake(shard: number): void {
    if (this.#byShard.size === 0) return;
    for (const wake of this.#byShard.get(shard) ?? []) wake();
  }

  wakeAll(): void {
    for (const shard of this.#byShard.keys()) this.wake(shard);
  }

  #leave(shard: number, wake: () => void): void {
    const line = this.#byShard.get(shard);
    line?.delete(wake);
    if (line?.size === 0) this.#byShard.delete(shard);
  }
}
