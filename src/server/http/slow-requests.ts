import type { Clock } from "../../kernel/time/clock.ts";

/** How long a client may take for a head and for a whole request, and how often is looked: as long as with node:http. */
const HEAD_MS = 60_000;
const REQUEST_MS = 300_000;
const LOOK_MS = 30_000;

/** A connection on which a request has begun. */
export interface Beginner {
  /** Whether all of the request's head has come. */
  readonly hasHead: boolean;
  /** Ends it: the client has taken too long. */
  tooSlow(): void;
}

/** Requests that are still to come whole. All are looked at together now and then, so none needs a timer of its own. */
export class SlowRequests {
  readonly #clock: Clock;
  readonly #begunAt = new Map<Beginner, number>();
  #cancel: (() => void) | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** A request has begun on that connection. */
  begun(connection: Beginner): void {
    if (this.#begunAt.has(connection)) return;
    this.#begunAt.set(connection, this.#clock.now());
    this.#cancel ??= this.#lookLater();
  }

  /** It has come whole, or will not any more. */
  over(connection: Beginner): void {
    this.#begunAt.delete(connection);
  }

  close(): void {
    this.#cancel?.();
    this.#begunAt.clear();
  }

  #lookLater(): () => void {
    return this.#clock.at(this.#clock.now() + LOOK_MS, () => this.#look());
  }

  #look(): void {
    const now = this.#clock.now();
    for (const [connection, begunAt] of this.#begunAt) {
      if (now - begunAt < (connection.hasHead ? REQUEST_MS : HEAD_MS)) continue;
      this.#begunAt.delete(connection);
      connection.tooSlow();
    }
    this.#cancel = this.#begunAt.size === 0 ? undefined : this.#lookLater();
  }
}
