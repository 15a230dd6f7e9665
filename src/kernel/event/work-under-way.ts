import type { Turns } from "../time/movable-clock.ts";
import { onAbort } from "./on-abort.ts";

/** What holds a clock where it is while it is moved forward. */
export interface Holding {
  isHeld(): boolean;
  /** Settles when it may not be held any more. */
  change(): Promise<void>;
}

/**
 * Work that goes on in real time and takes none of its account's: a function that runs. While there is some, a clock that is
 * moved forward stays where it has got to.
 */
export class WorkUnderWay {
  readonly #byAccount = new Map<string, number>();
  #count = 0;
  #waiting: (() => void)[] = [];

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

  /** How much of it goes on, of an account or of all. */
  count(account?: string): number {
    return account === undefined ? this.#count : (this.#byAccount.get(account) ?? 0);
  }

  /** What holds the clock of the account, or the one that accounts share. */
  holding(account?: string): Holding {
    return {
      isHeld: () => this.count(account) > 0,
      change: () => new Promise((resolve) => this.#waiting.push(resolve)),
    };
  }

  #end(account: string): void {
    const left = this.count(account) - 1;
    if (left > 0) this.#byAccount.set(account, left);
    else this.#byAccount.delete(account);
    this.#count--;
    for (const resolve of this.#waiting.splice(0)) resolve();
  }
}

/** Waits until nothing holds the clock any more, what that leads to in its turn included, or until nobody waits for that. */
export async function untilReleased(holding: Holding, { signal, nextTurn }: Turns): Promise<void> {
  while (holding.isHeld() && signal?.aborted !== true) {
    await changeOf(holding, signal);
    await nextTurn?.();
  }
}

async function changeOf(holding: Holding, signal: AbortSignal | undefined): Promise<void> {
  if (signal === undefined) return holding.change();
  let stopListening = (): void => {};
  const isStopped = new Promise<void>((resolve) => {
    stopListening = onAbort(signal, resolve);
  });
  await Promise.race([holding.change(), isStopped]).finally(stopListening);
}
