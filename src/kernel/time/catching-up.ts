import { Alarm } from "./alarm.ts";
import type { Clock } from "./clock.ts";

/** So many messages or records become visible or expire in one turn of the event loop, a matter of few milliseconds. */
export const SETTLED_PER_TURN = 2_000;

/** What later turns do about it that more is due somewhere than one turn takes. */
export class CatchingUp {
  readonly #clock: Clock;
  readonly #alarm: Alarm;
  #waiting: (() => void)[] = [];

  /** `goOn` lets happen what one turn takes, and says whether that was all. */
  constructor(clock: Clock, goOn: () => boolean) {
    this.#clock = clock;
    this.#alarm = new Alarm(clock, () => {
      if (goOn()) this.#tell();
    });
  }

  goOnLater(): void {
    this.#alarm.set(this.#clock.now());
  }

  /** Settles when nothing more is due, or when nobody goes on with it. */
  end(): Promise<void> {
    return new Promise((resolve) => this.#waiting.push(resolve));
  }

  stop(): void {
    this.#alarm.set(Number.POSITIVE_INFINITY);
    this.#tell();
  }

  #tell(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
