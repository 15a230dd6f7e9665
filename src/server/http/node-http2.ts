import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Http2Server, ServerHttp2Session } from "node:http2";

/** Megabytes one connection may keep in memory; many large requests can be under way on it at once. */
const MAX_SESSION_MEMORY = 512;
/** As many as with our own reader. */
const MAX_STREAMS = 1000;

interface Http2Deps {
  readonly serve: RequestListener;
  /** How long a connection may be idle. */
  readonly patienceMs: number;
  /** Hears of each connection. */
  readonly onSession: (session: ServerHttp2Session) => void;
}

/**
 * The server for HTTP/2 connections where Node is to read them. Its request and response stand in for those of HTTP/1, if not by their
 * types. It ends a connection whose client cancels requests as fast as it sends them: a thousand at once, 33 a second after that.
 */
export function createHttp2Server({ serve, patienceMs, onSession }: Http2Deps): Http2Server {
  const { createServer } = process.getBuiltinModule("node:http2");
  const options = { maxSessionMemory: MAX_SESSION_MEMORY, settings: { maxConcurrentStreams: MAX_STREAMS } };
  const server = createServer(options, (request, response) => {
    serve(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse<IncomingMessage> & { req: IncomingMessage },
    );
  });
  server.on("session", (session) => {
    onSession(session);
    closeWhenIdle(session, patienceMs);
  });
  return server;
}

/** A connection is not idle while a request is under way, be it a subscription that has nothing to tell. */
function closeWhenIdle(session: ServerHttp2Session, patienceMs: number): void {
  let underWay = 0;
  const over = () => {
    underWay--;
  };
  session.on("stream", (stream) => {
    underWay++;
    stream.on("close", over);
  });
  session.on("timeout", () => {
    if (underWay > 0) return;
    session.close();
    session.destroy();
  });
  session.setTimeout(patienceMs);
}
