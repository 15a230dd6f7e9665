/**
 * Tells those who wait that something went on which is no event: a read, a delivery that is through. While nobody waits a
 * beat costs a look.
 */
export class Pulse {
  readonly #listeners = new Set<() => void>();

  beat(): void {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listeners) listener();
  }

  /** Calls the listener with every beat. It never throws, and asks no engine: it is told in the middle of what engines do. */
  listen(listener: () => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }
}
