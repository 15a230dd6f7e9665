import { Standstill } from "../event/standstill.ts";
import { WorkUnderWay } from "../event/work-under-way.ts";
import type { Clock } from "./clock.ts";
import { ControlledClock } from "./controlled-clock.ts";
import { EveryClock } from "./every-clock.ts";
import { HeldBackClock } from "./held-back-clock.ts";

/** How a clock stands. */
export interface ClockState {
  readonly now: number;
  readonly isFrozen: boolean;
}

/** Hears how the clock of an account stands now that it was moved, or that of all who share their time. */
type ClockListener = (account: string | undefined, state: ClockState) => void;

/**
 * One clock per account, so that a test can move its own account's time and nobody else's. A clock that was not moved shares
 * the time of all others like it and is as good as new, so it is there for as long as somebody holds it: to ask what time it
 * is for an account leaves nothing.
 */
export class Clocks {
  /** The time that all of them follow. Its alarms wait while everything stands still. */
  readonly base: Clock;
  /** What everybody waits for, alarms of all accounts included. */
  readonly standstill = new Standstill();
  /** What is waited for before any of them is moved further. */
  readonly work = new WorkUnderWay(this.standstill);
  readonly #followed: Clock;
  readonly #byAccount = new Map<string, WeakRef<ControlledClock>>();
  /** Those that were moved, which nobody may hold. */
  readonly #moved = new Map<string, ControlledClock>();
  readonly #forgotten = new FinalizationRegistry<string>((account) => {
    if (this.#byAccount.get(account)?.deref() === undefined) this.#byAccount.delete(account);
  });

  /** What clocks follow that were not moved by themselves. */
  #shared: ControlledClock;
  #every: EveryClock;

  readonly #listeners = new Set<ClockListener>();
  readonly #closing = new AbortController();

  constructor(base: Clock) {
    this.#followed = base;
    this.base = new HeldBackClock(base, this.standstill);
    this.#shared = this.#sharedClock();
    this.#every = this.#everyClock();
  }

  /** The time of every account, and of those still to come. */
  get every(): EveryClock {
    return this.#every;
  }

  /** Aborts with `close`. */
  get closed(): AbortSignal {
    return this.#closing.signal;
  }

  /** Stops whatever moves time, where it has got to. */
  close(): void {
    this.#closing.abort(new Error("Nobody goes by these clocks any more."));
  }

  /** Accounts whose clocks somebody holds or moved. */
  get count(): number {
    return this.#byAccount.size;
  }

  /** The accounts whose clocks somebody holds or moved. */
  accounts(): readonly string[] {
    return [...this.#byAccount.keys()];
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
    if (account !== undefined) return;
    this.#shared = this.#sharedClock();
    this.#every = this.#everyClock();
  }

  /** How the clock of the account stands if it was moved by itself, or the one that others share if that was. */
  stateOf(account: string | undefined): ClockState | undefined {
    const clock = account === undefined ? this.#shared : this.#byAccount.get(account)?.deref();
    const isMoved = account === undefined ? clock?.isFrozen || clock?.isOnTime === false : clock?.isOnItsOwn;
    return clock !== undefined && isMoved === true ? stateOf(clock) : undefined;
  }

  /** Has the clock of the account, or the one that others share, go on from there. */
  startAt(account: string | undefined, { now, isFrozen }: ClockState): void {
    const clock = account === undefined ? this.#shared : this.of(account);
    clock.startAt(now, isFrozen);
  }

  /** Has somebody hear whenever a clock is moved, until the answer is called. */
  listen(listener: ClockListener): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  #sharedClock(): ControlledClock {
    const moved = (): void => {
      if (this.#shared === shared) this.#tell(undefined, shared);
    };
    const shared: ControlledClock = new ControlledClock(this.#followed, moved, undefined, this.work.holding());
    return shared;
  }

  #open(account: string): ControlledClock {
    const moved = (): void => this.#note(account, clock);
    const clock: ControlledClock = new ControlledClock(this.#followed, moved, this.#shared, this.work.holding(account));
    this.#byAccount.set(account, new WeakRef(clock));
    this.#forgotten.register(clock, account);
    return clock;
  }

  #note(account: string, clock: ControlledClock): void {
    if (this.#byAccount.get(account)?.deref() !== clock) return;
    if (clock.isOnTime && this.#shared.isOnTime) this.#moved.delete(account);
    else this.#moved.set(account, clock);
    this.#tell(account, clock);
  }

  #tell(account: string | undefined, clock: ControlledClock): void {
    for (const listener of this.#listeners) listener(account, stateOf(clock));
  }

  #everyClock(): EveryClock {
    return new EveryClock({ shared: this.#shared, accounts: () => this.#held() });
  }

  *#held(): Generator<ControlledClock, void, void> {
    for (const [, reference] of this.#byAccount) {
      const clock = reference.deref();
      if (clock !== undefined) yield clock;
    }
  }
}

function stateOf(clock: ControlledClock): ClockState {
  return { now: clock.now(), isFrozen: clock.isFrozen };
}
