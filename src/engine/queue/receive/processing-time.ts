/** How far back processing counts as recent. AWS does not publish the span; ours is that of its other windows. */
const WINDOW_MS = 5 * 60_000;

/** The sums at some time, as plain data. */
export interface ProcessedLately {
  readonly windowStart: number;
  readonly presentMs: number;
  readonly previousMs: number;
  readonly presentCount: number;
  readonly previousCount: number;
}

/** Sums the time that messages spent in flight lately: the present window and the one before. Costs O(1). */
export class ProcessingTime {
  #windowStart = 0;
  #presentMs = 0;
  #previousMs = 0;
  #presentCount = 0;
  #previousCount = 0;

  add(durationMs: number, now: number): void {
    this.#turn(now);
    this.#presentMs += durationMs;
    this.#presentCount++;
  }

  recentMs(now: number): number {
    return this.#recent(now, this.#presentMs, this.#previousMs);
  }

  recentCount(now: number): number {
    return this.#recent(now, this.#presentCount, this.#previousCount);
  }

  /** The sums, unless nothing of them is recent. */
  kept(now: number): ProcessedLately | undefined {
    if (this.recentCount(now) === 0) return undefined;
    return {
      windowStart: this.#windowStart,
      presentMs: this.#presentMs,
      previousMs: this.#previousMs,
      presentCount: this.#presentCount,
      previousCount: this.#previousCount,
    };
  }

  keep({ windowStart, presentMs, previousMs, presentCount, previousCount }: ProcessedLately): void {
    this.#windowStart = windowStart;
    this.#presentMs = presentMs;
    this.#previousMs = previousMs;
    this.#presentCount = presentCount;
    this.#previousCount = previousCount;
  }

  #recent(now: number, present: number, previous: number): number {
    const windows = this.#windowsUntil(now);
    if (windows < 1) return present + previous;
    return windows === 1 ? present : 0;
  }

  #windowsUntil(now: number): number {
    return Math.floor((now - this.#windowStart) / WINDOW_MS);
  }

  #turn(now: number): void {
    const windows = this.#windowsUntil(now);
    if (windows < 1) return;
    this.#previousMs = windows === 1 ? this.#presentMs : 0;
    this.#previousCount = windows === 1 ? this.#presentCount : 0;
    this.#presentMs = 0;
    this.#presentCount = 0;
    this.#windowStart += windows * WINDOW_MS;
  }
}
