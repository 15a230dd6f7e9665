import type { Clock } from "./clock.ts";
import { ControlledClock } from "./controlled-clock.ts";

/** One clock per account, so that a test can move its own account's time and nobody else's. */
export class Clocks {
  readonly #base: Clock;
  readonly #byAccount = new Map<string, ControlledClock>();

  constructor(base: Clock) {
    this.#base = base;
  }

  of(account: string): ControlledClock {
    let clock = this.#byAccount.get(account);
    if (clock === undefined) {
      clock = new ControlledClock(this.#base);
      this.#byAccount.set(account, clock);
    }
    return clock;
  }

  /** Runs a task in a later turn of the event loop, whether accounts' clocks are frozen or not. */
  soon(task: () => void): void {
    this.#base.at(this.#base.now(), task);
  }

  /** Puts the account's clock, or every clock, back on the system's time once nothing holds it any more. */
  forget(account?: string): void {
    if (account === undefined) this.#byAccount.clear();
    else this.#byAccount.delete(account);
  }
}
