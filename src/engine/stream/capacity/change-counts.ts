import type { LimitedChanges } from "../kept/kept-events.ts";

const DAY_MS = 24 * 60 * 60_000;

/** Counts what happened within the last 24 hours. */
class RollingCount {
  #instants: readonly number[] = [];

  note(at: number): void {
    this.#instants = [...this.#within(at), at];
  }

  /** Something that happened 24 hours ago to the millisecond counts no more. */
  at(now: number): number {
    return this.#within(now).length;
  }

  /** When it happened. */
  kept(now: number): readonly number[] {
    return this.#within(now);
  }

  keep(instants: readonly number[]): void {
    this.#instants = instants;
  }

  #within(now: number): readonly number[] {
    return this.#instants.filter((instant) => instant + DAY_MS > now);
  }
}

/** Counts the changes of a stream that a day has room for only so many of. */
export class ChangeCounts {
  readonly rescales = new RollingCount();
  readonly modeSwitches = new RollingCount();
  readonly encryptionStarts = new RollingCount();
  readonly encryptionStops = new RollingCount();

  /** When there were any within the last day; undefined if there were none. */
  kept(now: number): LimitedChanges | undefined {
    const kept = {
      rescales: this.rescales.kept(now),
      modeSwitches: this.modeSwitches.kept(now),
      encryptionStarts: this.encryptionStarts.kept(now),
      encryptionStops: this.encryptionStops.kept(now),
    };
    return Object.values(kept).some((instants) => instants.length > 0) ? kept : undefined;
  }

  keep({ rescales, modeSwitches, encryptionStarts, encryptionStops }: LimitedChanges): void {
    this.rescales.keep(rescales);
    this.modeSwitches.keep(modeSwitches);
    this.encryptionStarts.keep(encryptionStarts);
    this.encryptionStops.keep(encryptionStops);
  }
}
