import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { TLSSocket } from "node:tls";
import { Scratch } from "../../kernel/memory/block-pool.ts";
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

const EMPTY = Buffer.alloc(0);
/** So many pieces are made one: each costs some hundred bytes beside its own, which a client may send one by one. */
const MOST_LOOSE = 256;

/** Where bodies that come in pieces are put together, one after the other. */
const scratch = new Scratch();

/**
 * Hands over the whole body, which is there until `done` returns, or undefined as soon as it has grown past `maxBytes`.
 * What follows then is read and dropped, so that the client gets to see its answer; one who goes on as long again is cut
 * off.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
  const pieces = new Pieces();
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

/** What has come of a body. */
class Pieces {
  #pieces: Buffer[] = [];
  /** How many have come since some were joined last. */
  #loose = 0;

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    if (++this.#loose < MOST_LOOSE) return;
    this.#pieces.push(Buffer.concat(this.#pieces.splice(-MOST_LOOSE)));
    this.#loose = 0;
  }

  clear(): void {
    this.#pieces = [];
  }

  whole(size: number): Buffer {
    const [only = EMPTY, second] = this.#pieces;
    return second === undefined ? only : joined(this.#pieces, size);
  }
}

function joined(pieces: readonly Buffer[], size: number): Buffer {
  const whole = scratch.take(size);
  let used = 0;
  for (const piece of pieces) used += piece.copy(whole, used);
  return whole.subarray(0, size);
}
