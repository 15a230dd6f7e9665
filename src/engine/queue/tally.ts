import type { Counts, Message } from "./message.ts";

/** Counts the messages of a queue by state, so that nobody has to go through them. */
export class Tally implements Counts {
  visible = 0;
  inFlight = 0;
  delayed = 0;

  add(state: Message["state"]): void {
    this.#change(state, 1);
  }

  remove(state: Message["state"]): void {
    this.#change(state, -1);
  }

  #change(state: Message["state"], by: number): void {
    if (state === "visible") this.visible += by;
    else if (state === "inFlight") this.inFlight += by;
    else if (state === "delayed") this.delayed += by;
  }
}
