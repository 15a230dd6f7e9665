/** AWS: so many batches at first, and so many more in a minute. SQS event sources, Lambda developer guide. */
const AT_FIRST = 5;
const MORE_PER_MINUTE = 300;
const MINUTE_MS = 60_000;
/** GAP: AWS goes on to 1,250, which no machine has as processes. */
const MOST = 32;

/** How many batches of a queue a function is invoked with at a time: as the mapping says, or ever more while there are any. */
export class Concurrency {
  #busySince: number | undefined;

  /** How many may be under way, of which so many are. `maximum` is what the mapping says. */
  limit(underWay: number, now: number, maximum: number | undefined): number {
    if (underWay === 0) this.#busySince = undefined;
    this.#busySince ??= now;
    if (maximum !== undefined) return maximum;
    const more = Math.floor(((now - this.#busySince) * MORE_PER_MINUTE) / MINUTE_MS);
    return Math.min(AT_FIRST + more, MOST);
  }
}
