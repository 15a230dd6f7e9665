import { strangerText } from "../nearest-name.ts";
import type { Clock } from "./clock.ts";
import type { Clocks } from "./clocks.ts";
import { instantOf } from "./instant.ts";
import type { MovableClock } from "./movable-clock.ts";
import { TimeError } from "./time-error.ts";

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

/** What an account's clock asks of the emulator it belongs to. */
interface ClockDeps {
  /** Tells when what happened so far is kept. */
  kept(): Promise<void> | undefined;
  /** Throws once the emulator is closed, whose time nobody goes by. */
  refuse(): void;
}

/**
 * The clock of an account, or of every one, for whoever keeps it: also after a reset, it is the one that accounts go by.
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
  readonly #account: string | undefined;
  readonly #deps: ClockDeps;

  /** Of every account, and of those still to come, unless one is given. */
  constructor(clocks: Clocks, account: string | undefined, deps: ClockDeps) {
    this.#clocks = clocks;
    this.#account = account;
    this.#deps = deps;
  }

  now(): number {
    return this.#clock.now();
  }

  at(instant: number, task: () => void): () => void {
    return this.#clock.at(instant, task);
  }

  get isFrozen(): boolean {
    return this.#clock.isFrozen;
  }

  /** Alarms that have not rung yet; above zero, somebody waits. */
  get pending(): number {
    return this.#clock.pending;
  }

  /**
   * Stops time at the present instant. Where state outlasts the process, the promise is of that being kept. Throws WaystationError, as all
   * that moves or stops time does, when the emulator is closed.
   */
  freeze(): void | Promise<void> {
    this.#deps.refuse();
    this.#clock.freeze();
    return this.#deps.kept();
  }

  /** Lets time run on from the present instant, with a promise as `freeze` has. */
  resume(): void | Promise<void> {
    this.#deps.refuse();
    this.#clock.resume();
    return this.#deps.kept();
  }

  /**
   * Moves time forward, by milliseconds or by a text such as `30s`, `5m`, `2d`, `1h30m` or `PT1H`, and rings everything that
   * falls due on the way, in order, frozen or running; meanwhile requests are served. Throws TimeError, with no time passed,
   * unless that is a whole number of milliseconds from 0 to 1,000,000,000,000 and ends before the year 10000. Throws
   * AdvanceStopped when the signal aborts or the server is closed meanwhile, and after half a minute TimeError with what is waited for when
   * a function waits for its process, which a person was to start: then the clock is where it had got to.
   */
  async advance(by: number | string, options: AdvanceOptions = {}): Promise<void> {
    this.#deps.refuse();
    await this.#clock.advanceInTurns(by, { signal: this.#stopped(options) });
    await this.#deps.kept();
  }

  /**
   * Moves time forward to an instant, a text such as `2026-01-31T12:00:00Z` or epoch milliseconds, as `advance` does. Throws
   * TimeError, with no time passed, when that is over already or no instant.
   */
  async set(time: number | string, options: AdvanceOptions = {}): Promise<void> {
    this.#deps.refuse();
    await this.#clock.advanceTo(instantOf(time), { signal: this.#stopped(options) });
    await this.#deps.kept();
  }

  /** Throws TimeError when there is an option that is none: nothing would stop the clock. */
  #stopped(options: AdvanceOptions): AbortSignal {
    const stranger = strangerText("option", Object.keys(options), ["signal"]);
    if (stranger !== undefined) throw new TimeError(stranger);
    const { signal } = options;
    const { closed } = this.#clocks;
    return signal === undefined ? closed : AbortSignal.any([signal, closed]);
  }

  get #clock(): MovableClock {
    return this.#account === undefined ? this.#clocks.every : this.#clocks.of(this.#account);
  }
}
