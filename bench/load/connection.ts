import { connect, type Socket } from "node:net";

/** An answer of status 200. Its body has to be read before the connection carries the next one. */
export class Answer {
  readonly head: string;
  readonly #body: Buffer;

  constructor(head: string, body: Buffer) {
    this.head = head;
    this.#body = body;
  }

  /** Made when asked for, since most answers of a load are only waited for. */
  get body(): string {
    return this.#body.toString("latin1");
  }
}

interface Exchange {
  readonly resolve: (answer: Answer) => void;
  readonly reject: (cause: Error) => void;
}

const END_OF_HEAD = "\r\n\r\n";
const CONTENT_LENGTH = /\r\ncontent-length: (\d+)/i;
const READ_BYTES = 65_536;

/** An answer whose head is there: where its body begins and ends in the bytes read. */
interface Incoming {
  readonly head: string;
  readonly bodyStart: number;
  readonly bodyEnd: number;
}

/**
 * A keep-alive connection that carries one request after another. It knows as little HTTP as it can, since node:http's
 * client costs more than the servers measured here: text out, and in until Content-Length is reached. ASCII only.
 */
export class Connection {
  readonly #socket: Socket;
  /** Where one answer after another is put together. */
  #bytes = Buffer.allocUnsafe(READ_BYTES);
  #length = 0;
  #incoming: Incoming | undefined;
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

  /** Sends a request, what is from `cut` on in another turn, and waits for its answer. Rejects on any status but 200. */
  exchange(request: string, cut = request.length): Promise<Answer> {
    return new Promise((resolve, reject) => {
      if (this.#socket.destroyed) throw new Error("The connection is closed.");
      this.#exchange = { resolve, reject };
      this.#socket.write(request.slice(0, cut), "latin1");
      if (cut < request.length) setImmediate(() => this.#socket.write(request.slice(cut), "latin1"));
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(bytesRead: number, buffer: Buffer): boolean {
    this.#keep(buffer, bytesRead);
    this.#incoming ??= this.#readHead();
    if (this.#incoming !== undefined && this.#length >= this.#incoming.bodyEnd) this.#finish(this.#incoming);
    return true;
  }

  #keep(buffer: Buffer, length: number): void {
    if (this.#bytes.length < this.#length + length) {
      this.#bytes = Buffer.concat([this.#bytes], 2 * (this.#length + length));
    }
    buffer.copy(this.#bytes, this.#length, 0, length);
    this.#length += length;
  }

  #readHead(): Incoming | undefined {
    const headEnd = this.#bytes.subarray(0, this.#length).indexOf(END_OF_HEAD, 0, "latin1");
    if (headEnd < 0) return undefined;
    const head = this.#bytes.toString("latin1", 0, headEnd);
    const bodyStart = headEnd + END_OF_HEAD.length;
    const bodyEnd = bodyStart + Number(CONTENT_LENGTH.exec(head)?.[1]);
    if (Number.isNaN(bodyEnd)) this.#fail(new Error(`An answer does not say how long it is: ${head}`));
    return { head, bodyStart, bodyEnd };
  }

  #finish({ head, bodyStart, bodyEnd }: Incoming): void {
    const exchange = this.#exchange;
    const answer = new Answer(head, this.#bytes.subarray(bodyStart, bodyEnd));
    this.#length = 0;
    this.#incoming = undefined;
    this.#exchange = undefined;
    if (head.startsWith("200", "HTTP/1.1 ".length)) exchange?.resolve(answer);
    else exchange?.reject(new Error(`${head}${END_OF_HEAD}${answer.body}`));
  }

  #fail(cause: Error): void {
    this.#exchange?.reject(cause);
    this.#exchange = undefined;
  }
}
