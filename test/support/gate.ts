import { createServer, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A server that answers nobody until it is told to: a function that calls it runs for as long as a test wants. */
export class Gate implements AsyncDisposable {
  readonly #server: Server;
  readonly #held: ServerResponse[] = [];
  #isOpen = false;
  #arrivals = 0;
  #look: () => void = () => {};

  private constructor() {
    this.#server = createServer((_request, response) => {
      this.#arrivals++;
      if (this.#isOpen) response.end();
      else this.#held.push(response);
      this.#look();
    });
  }

  static async open(): Promise<Gate> {
    const gate = new Gate();
    await new Promise<void>((resolve) => void gate.#server.listen(0, "127.0.0.1", resolve));
    return gate;
  }

  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}`;
  }

  /** Resolves when so many have come altogether. */
  arrived(count: number): Promise<void> {
    return new Promise((resolve) => {
      this.#look = () => {
        if (this.#arrivals >= count) resolve();
      };
      this.#look();
    });
  }

  /** Answers everybody, from now on at once. */
  release(): void {
    this.#isOpen = true;
    for (const response of this.#held.splice(0)) response.end();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
    this.#server.closeAllConnections();
    await new Promise<void>((resolve) => void this.#server.close(() => resolve()));
  }
}
