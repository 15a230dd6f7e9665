/** Objects and lists may be inside each other on so many levels. GAP: AWS's limit is not known. */
export const MAX_DEPTH = 100;

/** Has others have their turn. */
export type Pause = () => Promise<void>;

/** A turn of the event loop takes so many steps, a step being some microseconds. */
const STEPS_PER_TURN = 4000;

/** What is made of one resource of a template takes about so many steps. */
export const STEPS_PER_RESOURCE = 100;

/** Lets others have their turn once many steps were made since the last time. */
export class Pace {
  readonly #pause: Pause;
  #steps = 0;

  constructor(pause: Pause) {
    this.#pause = pause;
  }

  /** Whether it is time to wait for `turn`. */
  isDue(steps: number): boolean {
    this.#steps += steps;
    return this.#steps >= STEPS_PER_TURN;
  }

  async turn(): Promise<void> {
    this.#steps = 0;
    await this.#pause();
  }
}
