import type { Clock } from "./clock.ts";
import { ControlledClock } from "./controlled-clock.ts";

/**
 * One clock per account, so that a test can move its own account's time and nobody else's. A clock that was not moved is
 * as good as new, so it is there for as long as somebody holds it: to ask what time it is for an account leaves nothing.
 */
export class Clocks {
  /** The time that all of them follow. */
  readonly base: Clock;
  readonly #byAccount = new Map<string, WeakRef<ControlledClock>>();
  /** Those that were moved, which nobody may hold. */
  readonly #moved = new Map<string, ControlledClock>();
  readonly #forgotten = new FinalizationRegistry<string>((account) => {
    if (this.#byAccount.get(account)?.deref() === undefined) this.#byAccount.delete(account);
  });

  constructor(base: Clock) {
    this.base = base;
  }

  /** Accounts whose clocks somebody holds or moved. */
  get count(): number {
    return this.#byAccount.size;
  }

  of(account: string): ControlledClock {
    return this.#byAccount.get(account)?.deref() ?? this.#open(account);
  }

  /** Runs a task in a later turn of the event loop, whether accounts' clocks are frozen or not. */
  soon(task: () => void): void {
    this.base.at(this.base.now(), task);
  }

  /** Puts the account's clock, or every clock, back on the system's time once nothing holds it any more. */
  forget(account?: string): void {
    for (const accounts of [this.#byAccount, this.#moved]) {
      if (account === undefined) accounts.clear();
      else accounts.delete(account);
    }
  }

  #open(account: string): ControlledClock {
    const clock = new ControlledClock(this.base, () => this.#note(account, clock));
    this.#byAccount.set(account, new WeakRef(clock));
    this.#forgotten.register(clock, account);
    return clock;
  }

  #note(account: string, clock: ControlledClock): void {
    if (this.#byAccount.get(account)?.deref() !== clock) return;
    if (clock.isOnTime) this.#moved.delete(account);
    else this.#moved.set(account, clock);
  }
}
