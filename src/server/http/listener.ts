import { createServer as createHttp1Server, type Server as Http1Server, type RequestListener } from "node:http";
import type { Http2Server } from "node:http2";
import { type AddressInfo, createServer, type Server, type Socket } from "node:net";
import type { Server as TlsServer } from "node:tls";
import { lazily } from "../../kernel/load/late-package.ts";
import type { Clock } from "../../kernel/time/clock.ts";
import { Http2Connection, type Http2ConnectionDeps } from "../http2/connection.ts";
import type { Logger } from "../log.ts";
import { expectAnswer, refuseConnect, refuseMalformed, refuseUnfinished } from "./malformed.ts";
import { createHttp2Server } from "./node-http2.ts";
import { oneAtATime } from "./one-at-a-time.ts";
import { PlainConnection, type PlainConnectionDeps } from "./plain-connection.ts";
import { SlowRequests } from "./slow-requests.ts";
import { sniff, type Wire } from "./sniff.ts";
import { type Credentials, createTlsServer } from "./tls.ts";
import { LAST_WORDS_MS } from "./waiting-exchanges.ts";

export interface ListenerDeps {
  readonly serve: RequestListener;
  /** Answers the requests that SDKs send, of HTTP/1.1 and HTTP/2, before Node's servers see them; absent when those are to have them all. */
  readonly plain?: Pick<PlainConnectionDeps, "aws" | "date"> | undefined;
  /** Key and certificate, asked for when the first TLS client comes; absent when TLS is off. */
  readonly credentials: (() => Credentials) | undefined;
  /** How many connections there may be at once; any number unless given. */
  readonly maxConnections?: number | undefined;
  readonly clock: Clock;
  readonly log: Logger;
}

/** A client's pool must not find its idle connections closed before it gives them up; the SDKs' do so after a minute. */
const KEEP_ALIVE_MS = 75_000;
/** Presigned requests carry everything in the URL. */
const MAX_HEADER_BYTES = 64 * 1024;

/**
 * One port for every way to speak HTTP. The first bytes of a connection tell which server takes it:
 *
 *     net ── sniff ─┬─ plain ──┬── http1 ── serve
 *                   ├─ http2 ──┘
 *                   └─ tls ── ALPN   and where there is none, sniff again
 *
 * Requests as SDKs send them are answered on the socket or the stream. The first other one takes a connection of HTTP/1.1 on to http1;
 * of HTTP/2 each goes there by itself. What TLS needs of Node is loaded with the first client that needs it.
 */
export class Listener {
  readonly #deps: ListenerDeps;
  readonly #sockets = new Set<Socket>();
  /** Connections of HTTP/2. */
  readonly #sessions = new Set<{ close(): void }>();
  #whenNoSession: () => void = () => {};
  #isFull = false;
  readonly #server: Server;
  readonly #http1: Http1Server;
  readonly #plain: PlainConnectionDeps | undefined;
  readonly #slow: SlowRequests;
  readonly #http2: Http2ConnectionDeps | undefined;
  readonly #nodeHttp2: () => Http2Server;
  readonly #tls: (() => TlsServer) | undefined;

  constructor(deps: ListenerDeps) {
    const { serve, credentials, log } = deps;
    this.#deps = deps;
    this.#server = createServer({ noDelay: true }, (socket) => this.#greet(socket));
    if (deps.maxConnections !== undefined) this.#server.maxConnections = deps.maxConnections;
    this.#http1 = createHttp1Server(
      { keepAliveTimeout: KEEP_ALIVE_MS, maxHeaderSize: MAX_HEADER_BYTES },
      oneAtATime(serve),
    );
    this.#http1.prependListener("request", expectAnswer);
    this.#http1.on("clientError", (error, socket) => refuseMalformed(error, socket, log));
    this.#http1.on("connect", refuseConnect);
    this.#slow = new SlowRequests(deps.clock);
    this.#plain = deps.plain && {
      ...deps.plain,
      handOver: (socket) => this.#http1.emit("connection", socket),
      refuse: (reason, socket) => refuseUnfinished(reason, socket, log),
      slow: this.#slow,
      patienceMs: KEEP_ALIVE_MS,
    };
    this.#http2 = deps.plain && {
      ...deps.plain,
      serveHttp1: (connection) => this.#http1.emit("connection", connection),
      slow: this.#slow,
      clock: deps.clock,
      log,
      patienceMs: KEEP_ALIVE_MS,
      onClose: (connection) => this.#forget(connection),
    };
    this.#nodeHttp2 = lazily(() =>
      createHttp2Server({
        serve,
        patienceMs: KEEP_ALIVE_MS,
        onSession: (session) => {
          this.#sessions.add(session);
          session.on("close", () => this.#forget(session));
        },
      }),
    );
    this.#tls = credentials && lazily(() => this.#openTls(credentials));
  }

  /** Starts to listen and returns the port. Rejects with Node's error when that fails. */
  async open(host: string, port: number): Promise<number> {
    const { log } = this.#deps;
    await new Promise<void>((resolve, reject) => {
      this.#server.once("error", reject).listen({ host, port }, resolve);
    });
    this.#server.on("error", (err) => log.log("error", { err }, "connection not accepted"));
    this.#server.on("drop", () => this.#tellFull());
    this.#http1.emit("listening"); // starts Node's watch over requests that never end
    const address: AddressInfo | string | null = this.#server.address();
    return typeof address === "object" && address !== null ? address.port : port;
  }

  /** Takes no more connections, and ends those there are once `lastWords` are said. */
  async close(lastWords: Promise<unknown>): Promise<void> {
    const closed = new Promise<void>((resolve) => {
      this.#server.close(() => resolve());
    });
    this.#http1.close(); // ends that watch
    this.#slow.close();
    await Promise.all([lastWords, this.#closeSessions()]);
    // Whoever waits for an answer to leave hears by that that it never will; the server's own end is told of before.
    const ends = Array.from(this.#sockets, (socket) => new Promise((resolve) => socket.once("close", resolve)));
    for (const socket of this.#sockets) socket.destroy();
    await Promise.all([closed, ...ends]);
  }

  #forget(session: { close(): void }): void {
    this.#sessions.delete(session);
    if (this.#sessions.size === 0) this.#whenNoSession();
  }

  /** Tells HTTP/2 clients that no more requests are taken (GOAWAY), and gives them the time to leave. */
  async #closeSessions(): Promise<void> {
    const { clock } = this.#deps;
    for (const session of this.#sessions) session.close();
    if (this.#sessions.size === 0) return;
    await new Promise<void>((resolve) => {
      const giveUp = clock.at(clock.now() + LAST_WORDS_MS, resolve);
      this.#whenNoSession = () => {
        giveUp();
        resolve();
      };
    });
  }

  #greet(socket: Socket): void {
    this.#sockets.add(socket);
    socket.on("close", () => this.#sockets.delete(socket));
    this.#isFull = false;
    sniff(socket, KEEP_ALIVE_MS, (wire) => this.#handOver(socket, wire));
  }

  /** One line, however many come before there is room again. */
  #tellFull(): void {
    if (this.#isFull) return;
    this.#isFull = true;
    const { log, maxConnections } = this.#deps;
    log.log("error", { maxConnections }, "connections refused: there are too many at once");
  }

  #handOver(socket: Socket, wire: Wire): void {
    if (wire === "http1" && this.#plain !== undefined) new PlainConnection(socket, this.#plain);
    else if (wire === "http1") this.#http1.emit("connection", socket);
    else if (wire === "http2" && this.#http2 !== undefined)
      this.#sessions.add(new Http2Connection(socket, this.#http2));
    else if (wire === "http2") this.#handOverTo(this.#nodeHttp2, socket);
    else if (this.#tls !== undefined) this.#handOverTo(this.#tls, socket);
    else {
      this.#deps.log.log(
        "info",
        {},
        "TLS connection refused: TLS is off; clients take http:// here, or --tls self-signed has the port take https:// as well",
      );
      socket.destroy();
    }
  }

  /** What cannot be opened now is tried again with the next client. */
  #handOverTo(open: () => Http2Server | TlsServer, socket: Socket): void {
    try {
      open().emit("connection", socket);
    } catch (err) {
      this.#deps.log.log("error", { err }, "connection not served");
      socket.destroy();
    }
  }

  #openTls(credentials: () => Credentials): TlsServer {
    const handOver = (socket: Socket, wire: Wire) => this.#handOver(socket, wire);
    return createTlsServer(credentials(), { handOver, patienceMs: KEEP_ALIVE_MS }, this.#deps.log);
  }
}
