import type { WireRequest } from "../protocol/protocol.ts";

/** A request whose body lies in memory that is used again: it is there until the handler returns. Whoever waits or keeps calls `retain`. */
export class ReceivedRequest implements WireRequest {
  readonly method: string;
  readonly path: string;
  readonly query: string;
  readonly headers: WireRequest["headers"];
  #body: Buffer;
  #isRetained = false;

  constructor({ method, path, query, headers, body }: WireRequest) {
    this.method = method;
    this.path = path;
    this.query = query;
    this.headers = headers;
    this.#body = body;
  }

  get body(): Buffer {
    return this.#body;
  }

  /** Copies the body, once, into memory of its own. */
  retain(): void {
    if (this.#isRetained) return;
    this.#isRetained = true;
    this.#body = Buffer.from(this.#body);
  }
}
