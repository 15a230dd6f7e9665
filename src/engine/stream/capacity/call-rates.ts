import { type Scope, scopeKey } from "../../../kernel/scope.ts";
import type { Clock } from "../../../kernel/time/clock.ts";
import { TokenBucket } from "./token-bucket.ts";

/** When so many callers are remembered, those whose calls no longer matter are forgotten. */
const REMEMBERED = 1_000;

interface Caller {
  readonly bucket: TokenBucket;
  readonly account: string;
}

/**
 * How often calls may come, per caller. A key names whatever a quota counts: an operation of an account and region, of
 * a stream. Callers of all accounts are remembered together, so that strangers who ask once do not add up.
 */
export class CallRates {
  readonly #clockOf: (account: string) => Clock;
  readonly #callers = new Map<string, Caller>();
  #sweepAtSize = REMEMBERED;

  constructor(clockOf: (account: string) => Clock) {
    this.#clockOf = clockOf;
  }

  /** Counts a call, unless the key had `perSecond` of them within the last second already. A key has one rate for ever. */
  admit(scope: Scope, name: string, perSecond: number): boolean {
    const now = this.#clockOf(scope.account).now();
    const key = `${scopeKey(scope)} ${name}`;
    let caller = this.#callers.get(key);
    if (caller === undefined) {
      this.#forgetIdle();
      caller = { bucket: new TokenBucket(perSecond, now), account: scope.account };
      this.#callers.set(key, caller);
    }
    return caller.bucket.take(1, now);
  }

  /** Forgets the calls of an account, or all of them. */
  reset(account?: string): void {
    for (const [key, caller] of this.#callers) {
      if (account === undefined || caller.account === account) this.#callers.delete(key);
    }
  }

  #forgetIdle(): void {
    if (this.#callers.size < this.#sweepAtSize) return;
    for (const [key, { bucket, account }] of this.#callers) {
      if (bucket.isFull(this.#clockOf(account).now())) this.#callers.delete(key);
    }
    this.#sweepAtSize = Math.max(REMEMBERED, 2 * this.#callers.size);
  }
}
