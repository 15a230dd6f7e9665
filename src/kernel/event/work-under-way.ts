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

/**
 * Work that goes on in real time and takes none of its account's: a function that runs. While there is some, a clock that is
 * moved forward stays where it has got to, as it does while everything stands still.
 */
export class WorkUnderWay {
  readonly #byAccount = new Map<string, number>();
  /** What work waits for that may never come, by who waits for it, and of which account. */
  readonly #stalls = new Map<object, { readonly account: string; readonly why: string }>();
  readonly #standstill: Standstill;
  #count = 0;
  #waiting: (() => void)[] = [];

  /** Nothing ever stands still unless that is given which says when. */
  constructor(standstill = new Standstill()) {
    this.#standstill = standstill;
  }

  /** Counts a piece of work of the account, and returns what ends it. */
  begin(account: string): () => void {
    this.#byAccount.set(account, this.count(account) + 1);
    this.#count++;
    let isOver = false;
    return () => {
      if (isOver) return;
      isOver = true;
      this.#end(account);
    };
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

  /** How much of it goes on, of an account or of all. */
  count(account?: string): number {
    return account === undefined ? this.#count : (this.#byAccount.get(account) ?? 0);
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

  #end(account: string): void {
    const left = this.count(account) - 1;
    if (left > 0) this.#byAccount.set(account, left);
    else this.#byAccount.delete(account);
    this.#count--;
    this.#tell();
  }

  #tell(): void {
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
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
