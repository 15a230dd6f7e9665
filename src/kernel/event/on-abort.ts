/** Those who want to hear it, by the signal. */
const waiting = new WeakMap<AbortSignal, Waiting>();

/**
 * Calls the listener when the signal aborts; returns what ends that. A signal of whoever uses the emulator may be that of
 * very many calls at a time, so it has one listener for all of them: Node takes more than ten for a leak, and says so.
 */
export function onAbort(signal: AbortSignal, listener: () => void): () => void {
  const own = waiting.get(signal) ?? new Waiting(signal);
  own.add(listener);
  return () => own.delete(listener);
}

/** Who listens to one signal. While nobody does the signal knows nothing of it. */
class Waiting {
  readonly #signal: AbortSignal;
  readonly #listeners = new Set<() => void>();
  readonly #tell = (): void => {
    for (const listener of this.#listeners) listener();
  };

  constructor(signal: AbortSignal) {
    this.#signal = signal;
    waiting.set(signal, this);
  }

  add(listener: () => void): void {
    if (this.#listeners.size === 0) this.#signal.addEventListener("abort", this.#tell);
    this.#listeners.add(listener);
  }

  delete(listener: () => void): void {
    if (this.#listeners.delete(listener) && this.#listeners.size === 0) {
      this.#signal.removeEventListener("abort", this.#tell);
    }
  }
}
