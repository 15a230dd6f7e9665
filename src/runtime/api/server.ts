import { once } from "node:events";
import { createServer as createHttpServer, type Server as HttpServer } from "node:http";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import { lazily } from "../../kernel/load/late-package.ts";
import { handleCall, refuseMalformed } from "./node-call.ts";
import { PlainConnection } from "./plain-connection.ts";
import type { RuntimeSession } from "./session.ts";

/** One process has one connection, or a few. */
const MOST_CONNECTIONS = 64;

/**
 * The Runtime API for one environment, on a port of its own: clients paste the address into URLs, some of them without the
 * path, so that the port alone tells who asks. AWS: Using the Lambda runtime API, 2018-06-01.
 */
export class RuntimeServer {
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  /** For calls that do not have the plain form. */
  readonly #http: () => HttpServer;

  private constructor(session: RuntimeSession) {
    this.#http = lazily(() => httpServer(session));
    const handOver = (socket: Socket): void => void this.#http().emit("connection", socket);
    this.#server = createServer({ noDelay: true, allowHalfOpen: true }, (socket) => {
      this.#sockets.add(socket);
      socket.on("close", () => this.#sockets.delete(socket));
      new PlainConnection(socket, { session, handOver });
    });
    this.#server.maxConnections = MOST_CONNECTIONS;
  }

  /** Listens on a port of this machine that nobody else reaches. Rejects when it is taken. */
  static async listen(session: RuntimeSession, port = 0): Promise<RuntimeServer> {
    const server = new RuntimeServer(session);
    server.#server.listen(port, "127.0.0.1");
    await once(server.#server, "listening");
    return server;
  }

  /** What processes know it by: host and port. */
  get address(): string {
    const { address, port } = this.#server.address() as AddressInfo;
    return `${address}:${port}`;
  }

  /** Hangs up on everyone. */
  close(): void {
    this.#server.close();
    for (const socket of this.#sockets) socket.destroy();
  }
}

/** It listens nowhere: it is handed connections. An event may be waited for without end, so it has no time-outs. */
function httpServer(session: RuntimeSession): HttpServer {
  const options = { noDelay: true, requestTimeout: 0, headersTimeout: 0, keepAliveTimeout: 0 };
  const server = createHttpServer(options, (request, response) => void handleCall(session, request, response));
  return server.on("clientError", refuseMalformed);
}
