import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** Hears the numbers that handlers post to its URL. */
export class Listener implements AsyncDisposable {
  readonly #server = createServer((request, response) => {
    let text = "";
    request.setEncoding("utf8").on("data", (part: string) => {
      text += part;
    });
    request.on("end", () => {
      response.end();
      this.#hear(Number(text));
    });
  });
  #hear: (told: number) => void = () => {};

  static async open(): Promise<Listener> {
    const listener = new Listener();
    await new Promise<void>((resolve) => listener.#server.listen(0, "127.0.0.1", resolve));
    return listener;
  }

  get url(): string {
    const { port } = this.#server.address() as AddressInfo;
    return `http://127.0.0.1:${port}/`;
  }

  next(): Promise<number> {
    return new Promise((resolve) => {
      this.#hear = resolve;
    });
  }

  /** Resolves once the numbers that come from now on add up to so many. */
  sum(wanted: number): Promise<void> {
    let sum = 0;
    return new Promise((resolve) => {
      this.#hear = (told) => {
        sum += told;
        if (sum >= wanted) resolve();
      };
    });
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }
}
