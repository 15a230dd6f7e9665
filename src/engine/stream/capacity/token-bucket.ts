/**
 * A right to so many units a second. It saves up what one second yields and starts out full. Levels are kept in
 * thousandths, so that a millisecond's share is a whole number.
 */
export class TokenBucket {
  readonly #perSecond: number;
  #level: number;
  #filledAt: number;

  constructor(perSecond: number, now: number) {
    this.#perSecond = perSecond;
    this.#level = perSecond * 1000;
    this.#filledAt = now;
  }

  /** Whether it is full, as if never used. */
  isFull(now: number): boolean {
    return this.holds(this.#perSecond, now);
  }

  /** Whether it holds the amount. A full one is good for any amount. */
  holds(amount: number, now: number): boolean {
    const gained = (now - this.#filledAt) * this.#perSecond;
    this.#level = Math.min(this.#perSecond * 1000, this.#level + gained);
    this.#filledAt = now;
    return this.#level >= Math.min(amount, this.#perSecond) * 1000;
  }

  /** Takes the amount out, going into debt if it has to. */
  drain(amount: number): void {
    this.#level -= amount * 1000;
  }

  /** Takes the amount out if it holds that much. */
  take(amount: number, now: number): boolean {
    const holds = this.holds(amount, now);
    if (holds) this.drain(amount);
    return holds;
  }
}
