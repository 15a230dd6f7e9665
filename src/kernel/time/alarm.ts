import type { Clock } from "./clock.ts";

/** One alarm that can be set to another instant as often as need be. */
export class Alarm {
  readonly #clock: Clock;
  readonly #task: () => void;
  #instant = Number.POSITIVE_INFINITY;
  #cancel: () => void = () => {};

  constructor(clock: Clock, task: () => void) {
    this.#clock = clock;
    this.#task = task;
  }

  /** Has the task run at the instant instead of any earlier choice; never, if that is Infinity. */
  set(instant: number): void {
    if (instant === this.#instant) return;
    this.#cancel();
    this.#instant = instant;
    this.#cancel = instant === Number.POSITIVE_INFINITY ? () => {} : this.#clock.at(instant, () => this.#ring());
  }

  #ring(): void {
    this.#instant = Number.POSITIVE_INFINITY;
    this.#cancel = () => {};
    this.#task();
  }
}
