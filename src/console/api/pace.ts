import { machineNow } from "../browser/timing.ts";

/** However much happens, the server is asked no more often. */
export const SHORTEST_PAUSE_MS = 100;
/** A pause is so many times as long as what came before it took, so that a page that shows much leaves most of the time to others. */
const PAUSE_FACTOR = 4;

/** Spaces out what is asked again and again. */
export class Pace {
  #readyAt = 0;

  /** Milliseconds until it is time to ask again. */
  get waitMs(): number {
    return Math.max(0, this.#readyAt - machineNow());
  }

  /** Asks, and remembers how long the answer took. */
  async take<T>(ask: () => Promise<T>): Promise<T> {
    const askedAt = machineNow();
    try {
      return await ask();
    } finally {
      const answeredAt = machineNow();
      this.#readyAt = Math.max(askedAt + SHORTEST_PAUSE_MS, answeredAt + PAUSE_FACTOR * (answeredAt - askedAt));
    }
  }
}
