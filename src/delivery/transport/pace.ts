const SECOND_MS = 1000;

/** Keeps attempts to so many within a second, as a throttlePolicy's `maxReceivesPerSecond` asks. */
export class Pace {
  readonly #maxPerSecond: () => number;
  #secondEndsAt = Number.NEGATIVE_INFINITY;
  #taken = 0;

  /** `maxPerSecond` is asked each time; Infinity is no limit. */
  constructor(maxPerSecond: () => number) {
    this.#maxPerSecond = maxPerSecond;
  }

  /** The instant from which another attempt may start; `now` when it may at once. */
  freeAt(now: number): number {
    return now < this.#secondEndsAt && this.#taken >= this.#maxPerSecond() ? this.#secondEndsAt : now;
  }

  /** Counts an attempt that starts now. */
  take(now: number): void {
    if (now >= this.#secondEndsAt) {
      this.#secondEndsAt = now + SECOND_MS;
      this.#taken = 0;
    }
    this.#taken++;
  }
}
