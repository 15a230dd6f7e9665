/** How far back processing counts as recent. AWS does not publish the span; ours is that of its other windows. */
const WINDOW_MS = 5 * 60_000;

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
