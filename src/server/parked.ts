import type { Duplex } from "node:stream";
import type { Exchange } from "./handle.ts";

/** The exchanges whose answer takes its time: they hear when the caller hangs up and when the server closes. */
export class ParkedExchanges {
  readonly #exchanges = new Set<Exchange>();
  #isClosing = false;
  #whenEmpty: () => void = () => {};

  get isClosing(): boolean {
    return this.#isClosing;
  }

  /** Watches over the exchange until what carries it closes, or until the function returned says that the answer has left. */
  watch(exchange: Exchange, carrier: Duplex): () => void {
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
   * Has every exchange answered at once, and waits until they are. Those still to come are answered at once too, but
   * not waited for: a client that asks again and again would keep the server from ever closing.
   */
  async close(): Promise<void> {
    this.#isClosing = true;
    for (const exchange of this.#exchanges) exchange.abort();
    if (this.#exchanges.size === 0) return;
    await new Promise<void>((resolve) => {
      this.#whenEmpty = resolve;
    });
  }

  #forget(exchange: Exchange): void {
    this.#exchanges.delete(exchange);
    if (this.#exchanges.size === 0) this.#whenEmpty();
  }
}
