import type { Clock } from "./clock.ts";
import type { Clocks } from "./clocks.ts";

/**
 * What may be said when time is advanced.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * const options = { signal: AbortSignal.timeout(10_000) }; // no test waits longer for it
 * await emulator.clock().advance("1h30m", options);
 * await emulator.close();
 */
export interface AdvanceOptions {
  /** Stops the clock where it has got to. */
  readonly signal?: AbortSignal;
}

/**
 * The clock of an account for whoever keeps it: also after the account was reset, it is the one the account goes by.
 *
 * @example
 * import { createEmulator } from "waystation";
 *
 * const emulator = await createEmulator();
 * const clock = emulator.clock("111111111111");
 * clock.freeze();
 * const start = clock.now();
 * await clock.advance(30_000); // what is in flight for 30 seconds is visible again
 * if (clock.now() !== start + 30_000) throw new Error("time has passed");
 * await emulator.close();
 */
export class AccountClock implements Clock {
  readonly #clocks: Clocks;
  readonly #account: string;

  constructor(clocks: Clocks, account: string) {
    this.#clocks = clocks;
    this.#account = account;
  }

  now(): number {
    return this.#clocks.of(this.#account).now();
  }

  at(instant: number, task: () => void): () => void {
    return this.#clocks.of(this.#account).at(instant, task);
  }

  get isFrozen(): boolean {
    return this.#clocks.of(this.#account).isFrozen;
  }

  /** Alarms that have not rung yet; above zero, somebody waits. */
  get pending(): number {
    return this.#clocks.of(this.#account).pending;
  }

  /** Stops time at the present instant. */
  freeze(): void {
    this.#clocks.of(this.#account).freeze();
  }

  /** Lets time run on from the present instant. */
  resume(): void {
    this.#clocks.of(this.#account).resume();
  }

  /**
   * Moves time forward, by milliseconds or by a text such as `30s`, `5m`, `2d`, `1h30m` or `PT1H`, and rings everything that
   * falls due on the way, in order, frozen or running; meanwhile requests are served. Throws TimeError, with no time passed,
   * unless that is a whole number of milliseconds from 0 to 1,000,000,000,000 and ends before the year 10000. Throws
   * AdvanceStopped when the signal aborts: then the clock is where it had got to.
   */
  advance(by: number | string, options: AdvanceOptions = {}): Promise<void> {
    return this.#clocks.of(this.#account).advanceInTurns(by, { signal: options.signal });
  }
}
