import type { Clock } from "../time/clock.ts";
import type { Turns } from "../time/movable-clock.ts";
import { TimeHeld } from "../time/time-error.ts";
import { onAbort } from "./on-abort.ts";
import { Standstill } from "./standstill.ts";

/** What holds a clock where it is while it is moved forward. */
export interface Holding {
  isHeld(): boolean;
  /** Resolves once nothing stands still any more; undefined while nothing does. Then no alarm rings, whether time is moved forward or passes. */
  passed(): Promise<void> | undefined;
  /** What some of the work waits for that may never come, as a sentence; undefined while all of it goes on by itself. */
  stalledBy(): string | undefined;
  /** Settles when it may not be held any more. */
  change(): Promise<void>;
}

/** What goes on: a function that runs, a stack that is worked on, an event source mapping for which nothing reads yet. */
type WorkKind = "function" | "stack" | "mapping";

/** How much goes on, in all and of each kind. */
type Tally = Record<WorkKind | "total", number>;

/**
 * Work that goes on in real time and takes none of its account's. While there is some, a clock that is moved forward stays
 * where it has got to, as it does while everything stands still.
 */
export class WorkUnderWay {
  readonly #all = newTally();
  readonly #byAccount = new Map<string, Tally>();
  /** What work waits for that may never come, by who waits for it, and of which account. */
  readonly #stalls = new Map<object, { readonly account: string; readonly why: string }>();
  readonly #standstill: Standstill;
  readonly #listeners = new Set<() => void>();
  #waiting: (() => void)[] = [];

  /** Nothing ever stands still unless that is given which says when. */
  constructor(standstill = new Standstill()) {
    this.#standstill = standstill;
  }

  /** Counts a piece of work of the account, and returns what ends it. */
  begin(account: string, kind: WorkKind = "function"): () => void {
    this.#add(account, kind, 1);
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#add(account, kind, -1);
      this.#tell();
      for (const listener of this.#listeners) listener();
    };
  }

  /** Calls the listener whenever a piece of work is over, until the answer is called. It never throws, and asks no engine. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Says that a piece of work of the account waits for what may never come, a person for instance. Returns what ends that. */
  stall(account: string, why: string): () => void {
    const stall = {};
    this.#stalls.set(stall, { account, why });
    this.#tell();
    return () => {
      if (this.#stalls.delete(stall)) this.#tell();
    };
  }

  /** What work of an account, or of all, waits for that may never come: the first of it, as a sentence. */
  stalledBy(account?: string): string | undefined {
    for (const { account: own, why } of this.#stalls.values()) if (account === undefined || own === account) return why;
    return undefined;
  }

  /** How much of it goes on, of an account or of all, of a kind or of every kind. */
  count(account?: string, kind: keyof Tally = "total"): number {
    const tally = account === undefined ? this.#all : this.#byAccount.get(account);
    return tally?.[kind] ?? 0;
  }

  /** What holds the clock of the account, or the one that accounts share. */
  holding(account?: string): Holding {
    return {
      isHeld: () => this.#standstill.isOn || this.count(account) > 0,
      passed: () => this.#standstill.passed(),
      stalledBy: () => this.stalledBy(account),
      change: () => this.#change(),
    };
  }

  #change(): Promise<void> {
    const change = new Promise<void>((resolve) => this.#waiting.push(resolve));
    const passed = this.#standstill.passed();
    return passed === undefined ? change : Promise.race([change, passed]);
  }

  #add(account: string, kind: WorkKind, change: 1 | -1): void {
    let ofAccount = this.#byAccount.get(account);
    if (ofAccount === undefined) {
      ofAccount = newTally();
      this.#byAccount.set(account, ofAccount);
    }
    for (const tally of [this.#all, ofAccount]) {
      tally.total += change;
      tally[kind] += change;
    }
    if (ofAccount.total === 0) this.#byAccount.delete(account);
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

function newTally(): Tally {
  return { total: 0, function: 0, stack: 0, mapping: 0 };
}

/** For so long, in real time, a clock stands still for what may never come. */
export const STALL_MS = 30_000;

/**
 * Waits until nothing holds the clock any more, what that leads to in its turn included, or until nobody waits for that.
 * Throws TimeHeld when it is held for too long by what waits for somebody; the time is real.
 */
export async function untilReleased(holding: Holding, { signal, nextTurn }: Turns, realTime: Clock): Promise<void> {
  let stalledSince: number | undefined;
  while (holding.isHeld() && signal?.aborted !== true) {
    const why = holding.stalledBy();
    stalledSince = why === undefined ? undefined : (stalledSince ?? realTime.now());
    const givenUpAt = stalledSince === undefined ? undefined : stalledSince + STALL_MS;
    if (why !== undefined && givenUpAt !== undefined && givenUpAt <= realTime.now()) throw new TimeHeld(why);
    await changeOf(holding, signal, givenUpAt === undefined ? undefined : { clock: realTime, at: givenUpAt });
    await nextTurn?.();
  }
}

async function changeOf(
  holding: Holding,
  signal: AbortSignal | undefined,
  patience: { readonly clock: Clock; readonly at: number } | undefined,
): Promise<void> {
  const ends: (() => void)[] = [];
  const isOver = new Promise<void>((resolve) => {
    if (signal !== undefined) ends.push(onAbort(signal, resolve));
    if (patience !== undefined) ends.push(patience.clock.at(patience.at, resolve));
  });
  await Promise.race([holding.change(), isOver]);
  for (const end of ends) end();
}
