import type { Clock } from "../../kernel/time/clock.ts";

const MS_PER_SECOND = 1000;

/** How often a client may do what costs the server more than the client: so many times at once, and so many a second after that. */
export class Allowance {
  readonly #clock: Clock;
  readonly #most: number;
  readonly #perSecond: number;
  #left: number;
  #since: number;

  constructor(clock: Clock, { most, perSecond }: { readonly most: number; readonly perSecond: number }) {
    this.#clock = clock;
    this.#most = most;
    this.#perSecond = perSecond;
    this.#left = most;
    this.#since = clock.now();
  }

  /** Takes one, and says whether there was one. */
  take(): boolean {
    if (this.#left < 1) this.#refill();
    this.#left--;
    return this.#left >= 0;
  }

  #refill(): void {
    const now = this.#clock.now();
    this.#left = Math.min(this.#most, this.#left + ((now - this.#since) / MS_PER_SECOND) * this.#perSecond);
    this.#since = now;
  }
}
