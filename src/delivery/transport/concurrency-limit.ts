/** How many attempts may be under way at a time, those of all receiver queues together. */
export interface ConcurrencyLimits {
  /** What a receiver queue is let have while there is room at all, whatever the others take. */
  readonly assured: number;
  /** Beyond that a receiver queue gets more only while fewer than these are under way. */
  readonly shared: number;
  /** Never more. */
  readonly most: number;
}

/**
 * Lets attempts start, so that there are only so many connections. Endpoints that do not answer keep theirs for long;
 * were it not for the assured part, a few of them with much to get would have all that there are.
 */
export class ConcurrencyLimit {
  readonly #limits: ConcurrencyLimits;
  #inside = 0;
  /** Who waits, first come first: receiver queues with hardly anything under way, and the others. */
  readonly #assured = new Set<() => void>();
  readonly #others = new Set<() => void>();

  constructor(limits: ConcurrencyLimits) {
    this.#limits = limits;
  }

  /** Lets an attempt start, of a receiver queue with so many under way; else calls `wake` once it might. */
  enter(underWay: number, wake: () => void): boolean {
    const isAssured = underWay < this.#limits.assured;
    if (this.#hasRoom(isAssured)) {
      this.#inside++;
      return true;
    }
    (isAssured ? this.#assured : this.#others).add(wake);
    return false;
  }

  /** An attempt is over. */
  leave(): void {
    this.#inside--;
    for (let wake = this.#next(); wake !== undefined; wake = this.#next()) wake();
  }

  /** Calls `wake` no more. */
  forget(wake: () => void): void {
    this.#assured.delete(wake);
    this.#others.delete(wake);
  }

  #hasRoom(isAssured: boolean): boolean {
    return this.#inside < (isAssured ? this.#limits.most : this.#limits.shared);
  }

  #next(): (() => void) | undefined {
    const [assured] = this.#hasRoom(true) ? this.#assured : [];
    const [next] = assured === undefined && this.#hasRoom(false) ? this.#others : [assured];
    if (next !== undefined) this.forget(next);
    return next;
  }
}
