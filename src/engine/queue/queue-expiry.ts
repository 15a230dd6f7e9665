import type { Clock } from "../../kernel/time/clock.ts";
import type { Expiring } from "../../kernel/time/sweeper.ts";
import type { QueueState } from "./queue-state.ts";

/** Lets time pass for a queue that nobody uses. */
export class QueueExpiry implements Expiring {
  readonly #state: QueueState;
  readonly #clock: Clock;

  constructor(state: QueueState, clock: Clock) {
    this.#state = state;
    this.#clock = clock;
  }

  get nextExpiry(): number {
    const { nextRetentionEnd, accepted, attempts } = this.#state;
    return Math.min(nextRetentionEnd, accepted.nextEnd, attempts.nextEnd);
  }

  expire(most: number): number {
    return this.#state.passTime(this.#clock.now(), most);
  }
}
