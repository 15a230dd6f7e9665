import type { Wire } from "./wire.ts";

/** Where requests go, and the text of each. */
export class Destination {
  readonly port: number;
  readonly #wire: Wire;
  readonly #pathOf: (operation: string) => string;
  readonly #heads = new Map<string, string>();
  #latest = { operation: "", body: "", request: "" };

  /** The path is `/` unless said. */
  constructor(port: number, wire: Wire, pathOf: (operation: string) => string = () => "/") {
    this.port = port;
    this.#wire = wire;
    this.#pathOf = pathOf;
  }

  /** The text of a request. Most are the same as the one before, and large ones are not cheap to put together. */
  requestFor(operation: string, body: string): string {
    const latest = this.#latest;
    if (latest.body === body && latest.operation === operation) return latest.request;
    const request = `${this.#headOf(operation)}${body.length}\r\n\r\n${body}`;
    this.#latest = { operation, body, request };
    return request;
  }

  #headOf(operation: string): string {
    let head = this.#heads.get(operation);
    if (head === undefined) {
      const start = [`POST ${this.#pathOf(operation)} HTTP/1.1`, `host: 127.0.0.1:${this.port}`];
      head = [...start, ...this.#wire.headersOf(operation), "content-length: "].join("\r\n");
      this.#heads.set(operation, head);
    }
    return head;
  }
}
