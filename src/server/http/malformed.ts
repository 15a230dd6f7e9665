import { type IncomingMessage, type ServerResponse, STATUS_CODES } from "node:http";
import type { Duplex } from "node:stream";
import type { Logger } from "../log.ts";

/** What Node's parser gives up on, where that is not simply a bad request. */
const STATUS_OF: Readonly<Record<string, number>> = {
  HPE_HEADER_OVERFLOW: 431,
  ERR_HTTP_REQUEST_TIMEOUT: 408,
};

/** What Node's parser says when the client ended the connection in the middle of a request, as a killed one does. */
const LEFT_EARLY = "HPE_INVALID_EOF_STATE";

/** Answers that are still to leave, by their connection, oldest first. */
const pending = new WeakMap<Duplex, Set<ServerResponse>>();

/** Keeps in mind that an answer is owed. */
export function expectAnswer({ socket }: IncomingMessage, response: ServerResponse): void {
  const owed = pending.get(socket) ?? new Set();
  pending.set(socket, owed.add(response));
  response.on("close", () => owed.delete(response));
}

/**
 * Answers bytes that are no HTTP/1.1 request, and hangs up. Requests before them on the connection that came whole are
 * served, so they are answered first.
 */
export function refuseMalformed(error: NodeJS.ErrnoException, socket: Duplex, log: Logger): void {
  const last = [...(pending.get(socket) ?? [])].findLast(({ req }) => req.complete);
  if (last === undefined) return refuse(error, socket, log);
  if (refused.has(socket)) return;
  refused.add(socket);
  last.on("close", () => refuse(error, socket, log));
}

/** Connections that are hung up on once the answers have left. */
const refused = new WeakSet<Duplex>();

/** Answers a request that does not come whole as it is answered when Node's parser finds that out, and hangs up. */
export function refuseUnfinished(code: string, socket: Duplex, log: Logger): void {
  refuse({ code }, socket, log);
}

function refuse(error: Pick<NodeJS.ErrnoException, "code">, socket: Duplex, log: Logger): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const status = STATUS_OF[error.code ?? ""] ?? 400;
  const level = error.code === LEFT_EARLY ? "debug" : "info";
  log.log(level, { status, errorCode: error.code }, "malformed HTTP request");
  hangUp(socket, status);
}

/** Answers CONNECT: the server is no proxy for anything else. */
export function refuseConnect(_request: IncomingMessage, socket: Duplex): void {
  hangUp(socket, 405);
}

function hangUp(socket: Duplex, status: number): void {
  const answer = `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`;
  socket.end(answer, () => socket.destroy());
}
