import { present } from "../../kernel/present.ts";
import type { Job } from "./job.ts";

/** What all receiver queues together may hold. */
export interface TotalLimits {
  readonly pending: number;
  /** Characters of what jobs keep. */
  readonly characters: number;
  /** Deliveries that a receiver queue may hold whatever the others do. */
  readonly assured: number;
}

/** Everything on its way. What jobs share is in memory once, and counted once, however many receiver queues hold it. */
export class PendingLimits {
  readonly #limits: TotalLimits;
  readonly #holders = new Map<object, number>();
  #pending = 0;
  #characters = 0;

  constructor(limits: TotalLimits) {
    this.#limits = limits;
  }

  /** Whether a receiver queue that holds so many deliveries may have one more. */
  hasRoomFor(held: number): boolean {
    const { pending, characters, assured } = this.#limits;
    return held < assured || (this.#pending < pending && this.#characters < characters);
  }

  add({ content, characters }: Job): void {
    this.#pending++;
    if (content === undefined) return;
    const holders = this.#holders.get(content) ?? 0;
    if (holders === 0) this.#characters += characters;
    this.#holders.set(content, holders + 1);
  }

  delete({ content, characters }: Job): void {
    this.#pending--;
    if (content === undefined) return;
    const holders = present(this.#holders.get(content), "holders of what a job keeps") - 1;
    if (holders > 0) this.#holders.set(content, holders);
    else {
      this.#holders.delete(content);
      this.#characters -= characters;
    }
  }
}
