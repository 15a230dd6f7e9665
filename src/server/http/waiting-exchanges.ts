import type { Clock } from "../../kernel/time/clock.ts";
import type { Exchange } from "../exchange.ts";
import type { Carrier } from "./reply.ts";

/** How long a closing server lets clients take their answers: those who do not read would keep it open for ever. */
export const LAST_WORDS_MS = 1000;

/** An exchange that hears of its caller. */
type Waiting = Pick<Exchange, "abort" | "undelivered">;

/** The exchanges whose answer takes its time: they hear when the caller hangs up and when the server closes. */
export class WaitingExchanges {
  readonly #clock: Clock;
  readonly #exchanges = new Set<Waiting>();
  #isClosing = false;
  #whenEmpty: () => void = () => {};

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Watches over the exchange until what carries it closes, or until the function returned says that the answer has left. */
  watch(exchange: Waiting, carrier: Pick<Carrier, "once" | "off">): () => void {
    const hungUp = () => {
      this.#forget(exchange);
      exchange.abort();
      exchange.undelivered();
    };
    carrier.once("close", hungUp);
    if (this.#isClosing) exchange.abort();
    else this.#exchanges.add(exchange);
    return () => {
      carrier.off("close", hungUp);
      this.#forget(exchange);
    };
  }

  /**
   * Has every exchange answered at once, and waits until they are, within reason. Those still to come are answered at
   * once too, but not waited for: a client that asks again and again would keep the server from ever closing.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const exchange of this.#exchanges) exchange.abort();
    if (this.#exchanges.size === 0) return;
    await new Promise<void>((resolve) => {
      const giveUp = this.#clock.at(this.#clock.now() + LAST_WORDS_MS, resolve);
      this.#whenEmpty = () => {
        giveUp();
        resolve();
      };
    });
  }

  #forget(exchange: Waiting): void {
    this.#exchanges.delete(exchange);
    if (this.#exchanges.size === 0) this.#whenEmpty();
  }
}
