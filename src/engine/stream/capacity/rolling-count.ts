const DAY_MS = 24 * 60 * 60_000;

/** Counts what happened within the last 24 hours. */
export class RollingCount {
  #instants: readonly number[] = [];

  note(at: number): void {
    this.#instants = [...this.#within(at), at];
  }

  /** Something that happened 24 hours ago to the millisecond counts no more. */
  at(now: number): number {
    return this.#within(now).length;
  }

  #within(now: number): readonly number[] {
    return this.#instants.filter((instant) => instant + DAY_MS > now);
  }
}
