import { type ControlledClock, msUntil } from "./controlled-clock.ts";
import type { MovableClock, Turns } from "./movable-clock.ts";

/** The clocks of all accounts. */
interface EveryClockDeps {
  /** The time of all accounts that were not moved by themselves, and of those still to come. */
  readonly shared: ControlledClock;
  /** Those that somebody holds. */
  readonly accounts: () => Iterable<ControlledClock>;
}

/**
 * The time of every account at once. Accounts that were not moved by themselves share it, so what happens between them happens
 * in order; the others are moved along, one after the other.
 */
export class EveryClock implements MovableClock {
  readonly #shared: ControlledClock;
  readonly #accounts: EveryClockDeps["accounts"];
  /** What is to be done at instants of no account. */
  readonly #alarms = new Set<() => void>();

  constructor({ shared, accounts }: EveryClockDeps) {
    this.#shared = shared;
    this.#accounts = accounts;
  }

  now(): number {
    return this.#shared.now();
  }

  at(instant: number, task: () => void): () => void {
    const ring = (): void => {
      this.#alarms.delete(ring);
      task();
    };
    this.#alarms.add(ring);
    const cancel = this.#shared.at(instant, ring);
    return () => {
      this.#alarms.delete(ring);
      cancel();
    };
  }

  get isFrozen(): boolean {
    return this.#shared.isFrozen;
  }

  get pending(): number {
    return Array.from(this.#accounts()).reduce((sum, { pending }) => sum + pending, this.#alarms.size);
  }

  freeze(): void {
    for (const clock of this.parts()) clock.freeze();
  }

  resume(): void {
    for (const clock of this.parts()) clock.resume();
  }

  /** Throws AdvanceStopped, too: then some clocks may be further than others. */
  async advanceInTurns(by: number | string, turns: Turns = {}): Promise<void> {
    for (const clock of this.parts()) await clock.advanceInTurns(by, turns);
  }

  /** Throws TimeError, with no time passed, when one of the clocks is past the instant. */
  async advanceTo(instant: number, turns: Turns = {}): Promise<void> {
    const clocks = this.parts();
    for (const clock of clocks) msUntil(instant, clock.now());
    // One that runs may have got there by itself meanwhile.
    for (const clock of clocks) if (clock.now() < instant) await clock.advanceTo(instant, turns);
  }

  /** What it consists of: the time that is shared first, then the clocks that were moved by themselves. */
  parts(): readonly ControlledClock[] {
    return [this.#shared, ...Array.from(this.#accounts()).filter(({ isOnItsOwn }) => isOnItsOwn)];
  }
}
