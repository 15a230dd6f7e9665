import { Duplex } from "node:stream";
import { ErrorCode } from "./frame/frame.ts";
import { headerField, statusField } from "./hpack/encoder.ts";
import { Http1Answer } from "./http1-answer.ts";
import type { RequestHead } from "./request-head.ts";
import type { BodyTaker, Http2Stream } from "./stream.ts";

const NOTHING = new Uint8Array(0);
const LAST_CHUNK = "0\r\n\r\n";
/** What an answer of HTTP/1.1 says about its connection, of which there is nothing to say here. */
const ABOUT_CONNECTION = new Set(["connection", "keep-alive", "transfer-encoding"]);

/** Both ends of a connection. */
export interface Addresses {
  readonly remoteAddress?: string | undefined;
  readonly remotePort?: number | undefined;
  readonly localAddress?: string | undefined;
  readonly localPort?: number | undefined;
}

/**
 * A connection to node:http for one request, which goes there as one of HTTP/1.1, and whose answer comes back. So is served what
 * SDKs do not send: control routes, web pages, whatever is unusual. There is one opinion on that for both versions of HTTP.
 */
export class Http1Bridge extends Duplex implements BodyTaker {
  /** As a socket has it on which TLS is spoken. */
  readonly encrypted: boolean;
  readonly remoteAddress: string | undefined;
  readonly remotePort: number | undefined;
  readonly localAddress: string | undefined;
  readonly localPort: number | undefined;
  /** All that is under way on the client's connection, as the streams of node:http2 have it. */
  readonly session: { destroy(): void };
  readonly #stream: Http2Stream;
  readonly #isChunked: boolean;
  readonly #answer: Http1Answer;
  /** How much of the body has been handed on since node:http asked for more. */
  #handedOn = 0;
  /** Resolves when the client has taken what it was sent last. */
  #taken: Promise<void> | undefined;
  #isAnswered = false;

  constructor(stream: Http2Stream, head: RequestHead, addresses: Addresses) {
    super();
    this.#stream = stream;
    this.encrypted = head.scheme === "https";
    this.remoteAddress = addresses.remoteAddress;
    this.remotePort = addresses.remotePort;
    this.localAddress = addresses.localAddress;
    this.localPort = addresses.localPort;
    this.session = { destroy: () => stream.disconnect() };
    this.#isChunked = head.length === undefined && !stream.isWhole;
    this.#answer = new Http1Answer({
      head: (status, headers) => this.#sendHead(status, headers),
      body: (piece) => {
        this.#taken = stream.send(piece);
      },
    });
    this.on("error", () => {}); // whoever waits hears that it closes
    this.on("finish", () => this.destroy());
    this.push(`${firstLines(head, addresses)}${this.#isChunked ? "transfer-encoding: chunked\r\n" : ""}\r\n`, "latin1");
  }

  /** Hands on a piece of the request's body. */
  takePiece(piece: Buffer): void {
    if (piece.length === 0) return;
    this.#handedOn += piece.length;
    if (this.#isChunked) this.push(`${piece.length.toString(16)}\r\n`, "latin1");
    this.push(piece);
    if (this.#isChunked) this.push("\r\n", "latin1");
  }

  takeEnd(): void {
    if (this.#isChunked) this.push(LAST_CHUNK, "latin1");
  }

  abandon(): void {
    this.destroy();
  }

  /** More is wanted, so the client may send as much again. */
  override _read(): void {
    const bytes = this.#handedOn;
    this.#handedOn = 0;
    if (bytes > 0) this.#stream.widen(bytes);
  }

  override _write(bytes: Buffer, _encoding: BufferEncoding, done: () => void): void {
    this.#taken = undefined;
    this.#answer.read(bytes);
    const taken = this.#taken as Promise<void> | undefined;
    if (taken === undefined) done();
    else void taken.then(done);
  }

  override _final(done: () => void): void {
    if (this.#answer.isInBody) {
      this.#isAnswered = true;
      this.#stream.sendLast(NOTHING);
    }
    done();
  }

  override _destroy(cause: Error | null, done: (cause: Error | null) => void): void {
    if (!this.#isAnswered) this.#stream.reset(ErrorCode.INTERNAL_ERROR);
    done(cause);
  }

  #sendHead(status: number, headers: readonly (readonly [name: string, value: string])[]): void {
    let block = statusField(status);
    for (const [name, value] of headers) if (!ABOUT_CONNECTION.has(name)) block += headerField(name, value);
    this.#stream.sendHead(block, false);
  }
}

/** All of a head but the empty line. */
function firstLines({ method, path, authority, headers, repeated }: RequestHead, addresses: Addresses): string {
  const host = headers.host ?? (authority || `${addresses.localAddress}:${addresses.localPort}`);
  let text = `${method} ${method === "CONNECT" ? authority : path} HTTP/1.1\r\nhost: ${host}\r\nconnection: close\r\n`;
  for (const name in headers) if (name !== "host") text += `${name}: ${headers[name]}\r\n`;
  for (const { name, value } of repeated ?? []) text += `${name}: ${value}\r\n`;
  return text;
}
