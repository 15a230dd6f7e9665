/** What one who waits needs of an AbortSignal. */
export interface AbortNotice {
  readonly aborted: boolean;
  addEventListener(type: "abort", listener: () => void): void;
  removeEventListener(type: "abort", listener: () => void): void;
}

/** Aborts what waits in this process. It is no event target, of which each would cost more than all else about a wait. */
export class AbortSource implements AbortNotice {
  #isAborted: boolean;
  #listeners: Set<() => void> | undefined;

  constructor(isAborted: boolean) {
    this.#isAborted = isAborted;
  }

  get aborted(): boolean {
    return this.#isAborted;
  }

  addEventListener(_type: "abort", listener: () => void): void {
    this.#listeners ??= new Set();
    this.#listeners.add(listener);
  }

  removeEventListener(_type: "abort", listener: () => void): void {
    this.#listeners?.delete(listener);
  }

  /** Tells those who listen, the first time. */
  abort(): void {
    if (this.#isAborted) return;
    this.#isAborted = true;
    for (const listener of this.#listeners ?? []) listener();
  }
}
