import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createSecureServer } from "node:https";
import { text } from "node:stream/consumers";
import { selfSigned } from "../../src/server/http/tls.ts";

/** A request as it arrived. */
export interface Received {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  /** Header names as they were sent. */
  readonly headerNames: readonly string[];
  readonly body: string;
  readonly response: ServerResponse;
}

/** What a receiver does with a request. */
export type Behaviour = (request: Received) => void;

export function answers(status: number, headers: Readonly<Record<string, string>> = {}, body = ""): Behaviour {
  return ({ response }) => response.writeHead(status, headers).end(body);
}

/** One behaviour after the other; the last one from then on. */
export function inTurn(...behaviours: readonly Behaviour[]): Behaviour {
  let turn = 0;
  return (request) => behaviours[Math.min(turn++, behaviours.length - 1)]!(request);
}

export const keepsSilent: Behaviour = () => {};

/** Closes the connection instead of answering. */
export const hangsUp: Behaviour = ({ response }) => response.socket?.destroy();

/** A real server on a free port, which remembers what it was sent. */
export class Receiver implements AsyncDisposable {
  readonly requests: Received[] = [];
  readonly #server: Server;
  readonly #isSecure: boolean;
  #onChange: () => void = () => {};
  /** How many connections were opened in all, and how many of them are closed. */
  connections = 0;
  disconnections = 0;

  static async open(behaviour: Behaviour = answers(200), options: { isSecure?: boolean } = {}): Promise<Receiver> {
    const { isSecure = false } = options;
    const credentials = isSecure ? selfSigned("127.0.0.1", Buffer.alloc(16, 1)) : undefined;
    const server = credentials === undefined ? createServer() : createSecureServer(credentials);
    server.listen(0, "127.0.0.1");
    await once(server, "listening");
    return new Receiver(server, isSecure, behaviour);
  }

  private constructor(server: Server, isSecure: boolean, behaviour: Behaviour) {
    this.#server = server;
    this.#isSecure = isSecure;
    server.on("connection", (socket) => {
      this.connections++;
      socket.on("close", () => {
        this.disconnections++;
        this.#onChange();
      });
    });
    server.on("request", (request, response) => void this.#receive(request, response, behaviour));
  }

  /** Where it is found; `more` follows the port. */
  url(more = "/", userInfo = ""): string {
    return `${this.#isSecure ? "https" : "http"}://${userInfo}127.0.0.1:${this.port}${more}`;
  }

  get port(): number {
    const address = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : 0;
  }

  /** Resolves once it has been sent so many requests in all, with the last of them. */
  async received(count = 1): Promise<Received> {
    while (this.requests.length < count) await this.#change();
    return this.requests[count - 1]!;
  }

  /** Resolves once every connection is closed. */
  async disconnected(): Promise<void> {
    while (this.disconnections < this.connections) await this.#change();
  }

  async [Symbol.asyncDispose](): Promise<void> {
    const closed = once(this.#server, "close");
    this.#server.close();
    this.#server.closeAllConnections();
    await closed;
  }

  #change(): Promise<void> {
    return new Promise((resolve) => {
      this.#onChange = resolve;
    });
  }

  async #receive(request: IncomingMessage, response: ServerResponse, behave: Behaviour): Promise<void> {
    const { method = "", url: path = "", headers, rawHeaders } = request;
    const headerNames = rawHeaders.filter((_, index) => index % 2 === 0);
    const received = { method, path, headers, headerNames, body: await text(request), response };
    this.requests.push(received);
    behave(received);
    this.#onChange();
  }
}

/** A port where nobody listens. */
export async function deafPort(): Promise<number> {
  const receiver = await Receiver.open();
  const { port } = receiver;
  await receiver[Symbol.asyncDispose]();
  return port;
}
