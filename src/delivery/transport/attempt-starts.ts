import { Deque } from "../../kernel/collection/deque.ts";
import { present } from "../../kernel/present.ts";
import type { Soon } from "../../kernel/time/in-turns.ts";

/** Attempts to start in one turn of the event loop. Each takes it some fifty microseconds, for a request and a connection. */
const STARTS_PER_TURN = 16;

/** Spreads the starts of attempts over turns of the event loop, so that a publish to a thousand endpoints delays nobody else. */
export class AttemptStarts {
  readonly #soon: Soon;
  readonly #waiting = new Deque<() => void>();
  #started = 0;

  /** `soon` runs a task in a later turn. */
  constructor(soon: Soon) {
    this.#soon = soon;
  }

  /** Resolves when an attempt may start, in the order of asking. */
  turn(): Promise<void> {
    return new Promise((resolve) => {
      this.#waiting.push(resolve);
      if (this.#started === 0) this.#soon(() => this.#nextTurn());
      this.#start();
    });
  }

  #nextTurn(): void {
    this.#started = 0;
    if (this.#waiting.size === 0) return;
    this.#soon(() => this.#nextTurn());
    this.#start();
  }

  #start(): void {
    while (this.#started < STARTS_PER_TURN && this.#waiting.size > 0) {
      this.#started++;
      present(this.#waiting.shift(), "an attempt that waits")();
    }
  }
}
