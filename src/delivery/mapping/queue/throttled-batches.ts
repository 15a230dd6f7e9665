import { Alarm } from "../../../kernel/time/alarm.ts";
import type { Clock } from "../../../kernel/time/clock.ts";

/** AWS: how the attempts follow one another is not known. */
const FIRST_PAUSE_MS = 500;
const LONGEST_PAUSE_MS = 10_000;

interface Waiting {
  readonly at: number;
  readonly tryAgain: (goesOn: boolean) => void;
}

/** Batches of a mapping whose function has no room for them at the moment. There are as many as are under way at most. */
export class ThrottledBatches {
  readonly #clock: Clock;
  readonly #waiting = new Set<Waiting>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Waits until the function is to be tried again: after a while, or when another batch is done. False when the messages
   * are visible again by then, or nothing is to go on.
   */
  wait(attempt: number, visibleAt: number): Promise<boolean> {
    return new Promise((resolve) => {
      const pauseMs = Math.min(FIRST_PAUSE_MS * 2 ** attempt, LONGEST_PAUSE_MS);
      const at = Math.min(this.#clock.now() + pauseMs, visibleAt);
      const waiting: Waiting = {
        at,
        tryAgain: (goesOn) => {
          alarm.set(Number.POSITIVE_INFINITY);
          this.#waiting.delete(waiting);
          resolve(goesOn && this.#clock.now() < visibleAt);
        },
      };
      const alarm = new Alarm(this.#clock, () => waiting.tryAgain(true));
      this.#waiting.add(waiting);
      alarm.set(at);
    });
  }

  /** When they are tried again, in order. */
  upcoming(): readonly number[] {
    return Array.from(this.#waiting, ({ at }) => at).sort((one, other) => one - other);
  }

  /** Has the batch that waits longest tried again. */
  tryAgain(): void {
    const [first] = this.#waiting;
    first?.tryAgain(true);
  }

  /** Gives all of them up. */
  close(): void {
    for (const waiting of this.#waiting) waiting.tryAgain(false);
  }
}
