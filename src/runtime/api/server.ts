import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { handleCall, refuseMalformed } from "./node-call.ts";
import type { RuntimeSession } from "./session.ts";

/** One process has one connection, or a few. */
const MOST_CONNECTIONS = 64;

/**
 * The Runtime API for one environment, on a port of its own: clients paste the address into URLs, some of them without the
 * path, so that the port alone tells who asks. AWS: Using the Lambda runtime API, 2018-06-01.
 */
export class RuntimeServer {
  readonly #server: Server;

  private constructor(session: RuntimeSession) {
    // An event may be waited for without end, and an answer may be streamed for as long as the function may run.
    const options = { noDelay: true, requestTimeout: 0, keepAliveTimeout: 0 };
    this.#server = createServer(options, (request, response) => void handleCall(session, request, response));
    this.#server.on("clientError", refuseMalformed);
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
    this.#server.closeAllConnections();
  }
}
