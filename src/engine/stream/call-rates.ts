import type { Clock } from "../../kernel/clock.ts";
import { TokenBucket } from "./token-bucket.ts";

/** When so many callers are remembered, those whose calls no longer matter are forgotten. */
const REMEMBERED = 1_000;

/** How often calls may come, per caller. A key names whatever a quota counts: an operation of an account, of a stream. */
export class CallRates {
  readonly #clock: Clock;
  readonly #buckets = new Map<string, TokenBucket>();
  #sweepAtSize = REMEMBERED;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Counts a call, unless the key had `perSecond` of them within the last second already. A key has one rate for ever. */
  admit(key: string, perSecond: number): boolean {
    const now = this.#clock.now();
    let bucket = this.#buckets.get(key);
    if (bucket === undefined) {
      this.#forgetIdle(now);
      bucket = new TokenBucket(perSecond, now);
      this.#buckets.set(key, bucket);
    }
    return bucket.take(1, now);
  }

  #forgetIdle(now: number): void {
    if (this.#buckets.size < this.#sweepAtSize) return;
    for (const [key, bucket] of this.#buckets) if (bucket.isFull(now)) this.#buckets.delete(key);
    this.#sweepAtSize = Math.max(REMEMBERED, 2 * this.#buckets.size);
  }
}
