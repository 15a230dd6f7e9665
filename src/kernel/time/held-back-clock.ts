import type { Standstill } from "../event/standstill.ts";
import type { Clock } from "./clock.ts";

/** Another clock's time, with alarms that wait while everything stands still. */
export class HeldBackClock implements Clock {
  readonly #clock: Clock;
  readonly #standstill: Standstill;

  constructor(clock: Clock, standstill: Standstill) {
    this.#clock = clock;
    this.#standstill = standstill;
  }

  now(): number {
    return this.#clock.now();
  }

  at(instant: number, task: () => void): () => void {
    let isCancelled = false;
    const ring = (): void => {
      const passed = isCancelled ? undefined : this.#standstill.passed();
      if (passed !== undefined) void passed.then(ring);
      else if (!isCancelled) task();
    };
    const cancel = this.#clock.at(instant, ring);
    return () => {
      isCancelled = true;
      cancel();
    };
  }
}
