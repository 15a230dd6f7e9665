import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { postAnswer, postError, postInitError } from "./posted.ts";
import { Refusal, type RuntimeSession, type TakenTask } from "./session.ts";

/** One process has one connection, or a few. */
const MOST_CONNECTIONS = 64;
const BASE = "/2018-06-01";
const OF_INVOCATION = /^\/2018-06-01\/runtime\/invocation\/([^/?]*)\/(response|error)$/;
const ACCEPTED = `${JSON.stringify({ status: "OK" })}\n`;

/**
 * The Runtime API for one environment, on a port of its own: clients paste the address into URLs, some of them without the
 * path, so that the port alone tells who asks. AWS: Using the Lambda runtime API, 2018-06-01.
 */
export class RuntimeServer {
  readonly #server: Server;
  readonly #session: RuntimeSession;

  private constructor(session: RuntimeSession) {
    this.#session = session;
    // An event may be waited for without end, and an answer may be streamed for as long as the function may run.
    const options = { noDelay: true, requestTimeout: 0, keepAliveTimeout: 0 };
    this.#server = createServer(options, (request, response) => void this.#handle(request, response));
    this.#server.maxConnections = MOST_CONNECTIONS;
    this.#server.on("clientError", onClientError);
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

  async #handle(request: IncomingMessage, response: ServerResponse): Promise<void> {
    request.on("error", () => {}); // the process hung up, which whoever reads is told by itself
    response.on("error", () => {});
    try {
      const { method, url = "" } = request;
      if (method === "GET" && url === `${BASE}/runtime/invocation/next`) this.#next(response);
      else if (method === "GET" && url === `${BASE}/ping`) write(response, 200, "pong", "text/plain");
      else if (method === "POST") await this.#post(url, request, response);
      else throw notFound();
    } catch (cause) {
      refuse(request, response, cause);
    }
  }

  #next(response: ServerResponse): void {
    const stop = this.#session.next({
      give: (task) => give(response, task),
      refuse: (refusal) => writeRefusal(response, refusal),
    });
    response.once("close", stop);
  }

  async #post(url: string, request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, id, what] = OF_INVOCATION.exec(url) ?? [];
    if (id !== undefined) {
      const post = what === "response" ? postAnswer : postError;
      await post(this.#session, decoded(id), request, () => accept(response));
    } else if (url === `${BASE}/runtime/init/error`) {
      await postInitError(this.#session, request, () => accept(response));
    } else throw notFound();
  }
}

function decoded(id: string): string {
  try {
    return decodeURIComponent(id);
  } catch {
    throw new Refusal(400, "InvalidRequestID", "Invalid request ID");
  }
}

const notFound = (): Refusal => new Refusal(404, "NotFound", "404 page not found");

function give(response: ServerResponse, { invocation, deadlineMs }: TakenTask): void {
  const { requestId, functionArn, clientContext, traceId, payload } = invocation;
  const fields = {
    "Lambda-Runtime-Aws-Request-Id": requestId,
    "Lambda-Runtime-Deadline-Ms": String(deadlineMs),
    "Lambda-Runtime-Invoked-Function-Arn": functionArn,
    "Lambda-Runtime-Trace-Id": traceId,
    "Lambda-Runtime-Client-Context": clientContext,
  };
  for (const [name, value] of Object.entries(fields)) {
    if (value !== undefined && value !== "") response.setHeader(name, headerText(value));
  }
  write(response, 200, payload, "application/json");
}

/** The bytes of UTF-8, which is what clients read. JSON has no control characters but between its tokens. */
function headerText(value: string): string {
  return Buffer.from(value, "utf8")
    .toString("latin1")
    .replace(/[^\x20-\x7e\x80-\xff]/g, " ");
}

function accept(response: ServerResponse): void {
  write(response, 202, ACCEPTED, "application/json");
}

function refuse(request: IncomingMessage, response: ServerResponse, cause: unknown): void {
  const refusal = cause instanceof Refusal ? cause : new Refusal(500, "InternalServerError", "Internal Server Error");
  // What is left of a body that nobody wants is not read, and the next request would begin in the middle of it.
  if (!request.complete) response.setHeader("Connection", "close");
  writeRefusal(response, refusal);
}

function writeRefusal(response: ServerResponse, { status, errorType, message }: Refusal): void {
  write(response, status, JSON.stringify({ errorMessage: message, errorType }), "application/json");
}

/**
 * In one write: what comes in two waits for an acknowledgement in between. As bytes, since Node would write the fields of
 * the header before a text in the encoding of that.
 */
function write(response: ServerResponse, status: number, body: string, contentType: string): void {
  if (response.headersSent || response.destroyed) return;
  const bytes = Buffer.from(body, "utf8");
  response.writeHead(status, { "Content-Type": contentType, "Content-Length": bytes.length });
  response.end(bytes);
}

/** What is no HTTP, or a body that ends before the length that was announced. */
function onClientError(_error: Error, socket: Socket): void {
  if (!socket.writable) return void socket.destroy();
  const body = JSON.stringify({
    errorMessage: "HTTP request detected as truncated",
    errorType: "TruncatedHTTPRequest",
  });
  const head = `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}`;
  socket.end(`${head}\r\nConnection: close\r\n\r\n${body}`);
}
