import type { CallOptions, Client } from "./client.ts";
import type { AnswerAt } from "./control-table.ts";
import { type Duration, type Instant, isoOf } from "./waiting.ts";

/** What the clock of an account says, or that of all. */
type ClockState = AnswerAt<"GET", "clock">;

/** The clock of an emulator in another process. */
export class RemoteClock {
  readonly #client: Client;

  constructor(client: Client) {
    this.#client = client;
  }

  async read(options?: CallOptions): Promise<ClockState> {
    return this.#client.call("GET", "clock", this.#client.scope, options);
  }

  /** Stops time at the present instant. */
  async freeze(options?: CallOptions): Promise<ClockState> {
    return this.#client.call("POST", "clock/freeze", this.#client.scope, options);
  }

  /** Lets time run on from the present instant. */
  async resume(options?: CallOptions): Promise<ClockState> {
    return this.#client.call("POST", "clock/resume", this.#client.scope, options);
  }

  /** Moves time forward by a text such as `30s`, `5m`, `2d`, `1h30m` or `PT1H`. What falls due on the way has happened then. */
  async advance(duration: Duration, options?: CallOptions): Promise<ClockState> {
    return this.#client.call("POST", "clock/advance", { ...this.#client.scope, duration }, options);
  }

  /** Moves time forward to an instant. */
  async set(time: Instant, options?: CallOptions): Promise<ClockState> {
    return this.#client.call("POST", "clock/set", { ...this.#client.scope, time: isoOf(time) }, options);
  }
}
