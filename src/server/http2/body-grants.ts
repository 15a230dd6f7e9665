import { Deque } from "../../kernel/collection/deque.ts";
import { LONG_BODIES_BYTES } from "./limits.ts";
import type { Http2Stream } from "./stream.ts";

interface Wish {
  readonly stream: Http2Stream;
  readonly bytes: number;
}

/** Lets clients send bodies that are larger than what every stream takes: as many at once as there is memory for, and at least one. */
export class BodyGrants {
  readonly #granted = new Map<Http2Stream, number>();
  readonly #waiting = new Deque<Wish>();
  #bytes = 0;

  /** Lets the client send so much more, now or when others are through. */
  ask(stream: Http2Stream, bytes: number): void {
    this.#waiting.push({ stream, bytes });
    this.#serve();
  }

  /** The body has come, or never will. */
  giveBack(stream: Http2Stream): void {
    const bytes = this.#granted.get(stream);
    if (bytes === undefined) return;
    this.#granted.delete(stream);
    this.#bytes -= bytes;
    this.#serve();
  }

  #serve(): void {
    for (let wish = this.#waiting.at(0); wish !== undefined; wish = this.#waiting.at(0)) {
      const { stream, bytes } = wish;
      if (!stream.destroyed) {
        if (this.#granted.size > 0 && this.#bytes + bytes > LONG_BODIES_BYTES) return;
        this.#granted.set(stream, bytes);
        this.#bytes += bytes;
        stream.widen(bytes);
      }
      this.#waiting.shift();
    }
  }
}
