import { connect, type Socket } from "node:net";

/** An answer of status 200. */
export interface Answer {
  readonly head: string;
  readonly body: string;
}

interface Exchange {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
}

const END_OF_HEAD = "\r\n\r\n";
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)/i;
const READ_BYTES = 16_384;

/**
 * A keep-alive connection that carries one request after another. It knows as little HTTP as it can, since node:http's
 * client costs more than the servers measured here: text out, and in until Content-Length is reached. ASCII only.
 */
export class Connection {
  readonly #socket: Socket;
  #received = "";
  #exchange: Exchange | undefined;

  private constructor(port: number, opened: () => void, failed: (cause: Error) => void) {
    const callback = (bytesRead: number, buffer: Uint8Array): boolean => this.#read(bytesRead, buffer as Buffer);
    const onread = { buffer: Buffer.alloc(READ_BYTES), callback };
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true, onread }, opened);
    this.#socket.on("error", (cause) => {
      failed(cause);
      this.#fail(cause);
    });
    this.#socket.on("close", () => this.#fail(new Error("The connection was closed.")));
  }

  static open(port: number): Promise<Connection> {
    return new Promise((resolve, reject) => {
      const connection: Connection = new Connection(port, () => resolve(connection), reject);
    });
  }

  static openMany(port: number, count: number): Promise<readonly Connection[]> {
    return Promise.all(Array.from({ length: count }, () => Connection.open(port)));
  }

  /** Sends a request and waits for its answer. Rejects on any status but 200. */
  exchange(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new Error("The connection is closed.");
      this.#exchange = { resolve, reject };
      this.#socket.write(request, "latin1");
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(bytesRead: number, buffer: Buffer): boolean {
    this.#received += buffer.toString("latin1", 0, bytesRead);
    const headEnd = this.#received.indexOf(END_OF_HEAD);
    if (headEnd < 0) return true;
    const head = this.#received.slice(0, headEnd);
    const bodyStart = headEnd + END_OF_HEAD.length;
    const bodyEnd = bodyStart + Number(CONTENT_LENGTH.exec(head)?.[1]);
    if (Number.isNaN(bodyEnd)) this.#fail(new Error(`An answer does not say how long it is: ${head}`));
    else if (this.#received.length >= bodyEnd) this.#finish({ head, body: this.#received.slice(bodyStart, bodyEnd) });
    return true;
  }

  #finish(answer: Answer): void {
    const exchange = this.#exchange;
    this.#received = "";
    this.#exchange = undefined;
    if (answer.head.startsWith("200", "HTTP/1.1 ".length)) exchange?.resolve(answer);
    else exchange?.reject(new Error(`${answer.head}${END_OF_HEAD}${answer.body}`));
  }

  #fail(cause: Error): void {
    this.#exchange?.reject(cause);
    this.#exchange = undefined;
  }
}
