import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { BodyPieces } from "../../kernel/http/body-pieces.ts";
import { ReceivedRequest } from "../call.ts";

/** Node's request as the protocols see it. HTTP/2 names the host in `:authority`; below it is `host` throughout. */
export function receivedRequest(request: IncomingMessage, body: Buffer): ReceivedRequest {
  const { method = "GET", headers } = request;
  const target = targetOf(request.url ?? "/");
  const mark = target.indexOf("?");
  headers.host ??= authorityOf(request);
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  return new ReceivedRequest({ method, path, query, headers, body });
}

/** Scheme and authority the caller used: `http://localhost:4566`. */
export function originOf(request: IncomingMessage): string {
  return isSecure(request) ? `https://${authorityOf(request)}` : `http://${authorityOf(request)}`;
}

/** Host and port the caller used, or the address it reached when it does not say, as in HTTP/1.0. */
export function authorityOf({ headers, socket }: IncomingMessage): string {
  return headers.host ?? pseudoHeader(headers, ":authority") ?? `${socket.localAddress}:${socket.localPort}`;
}

function isSecure({ headers, socket, httpVersionMajor }: IncomingMessage): boolean {
  if (httpVersionMajor === 2) return pseudoHeader(headers, ":scheme") === "https";
  return (socket as Partial<TLSSocket>).encrypted === true;
}

function pseudoHeader(headers: IncomingMessage["headers"], name: string): string | undefined {
  const value = headers[name];
  return typeof value === "string" ? value : undefined;
}

/** Path and query. A client that takes the server for a proxy sends the whole URL. RFC 9112 §3.2.2 */
function targetOf(url: string): string {
  if (url.startsWith("/")) return url;
  return /^https?:\/\/[^/?]*([/?].*)?$/i.exec(url)?.[1] || "/";
}

/** What carries a request and its answer, and closes with them at the latest: a socket, or an HTTP/2 stream. */
export function carrierOf(request: IncomingMessage): Duplex {
  const { stream }: { readonly stream?: Duplex } = request as { readonly stream?: Duplex };
  return stream ?? request.socket;
}

/**
 * Hands over the whole body, which is there until `done` returns, or undefined as soon as it has grown past `maxBytes`.
 * What follows then is read and dropped, so that the client gets to see its answer; one who goes on as long again is cut
 * off.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
  const pieces = new BodyPieces();
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    const sizeBefore = size;
    size += chunk.length;
    if (size <= maxBytes) pieces.add(chunk);
    else if (sizeBefore <= maxBytes) {
      pieces.clear();
      done(undefined);
    } else if (size > 2 * maxBytes) request.destroy();
  });
  request.on("end", () => {
    // HTTP/2 requests end even when the connection breaks off in the middle.
    if (size <= maxBytes && !request.aborted) done(pieces.whole(size));
  });
}
