import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Http2Server, ServerHttp2Session } from "node:http2";
import { answerStream } from "./http2-request.ts";
import type { PlainAnswers } from "./plain-connection.ts";

/** Megabytes one connection may keep in memory; many large requests can be under way on it at once. */
const MAX_SESSION_MEMORY = 512;
/** Requests under way on one connection: far more than the SDKs send, a few hundred bytes of state each. */
const MAX_STREAMS = 1000;

interface Http2Deps {
  readonly serve: RequestListener;
  /** Answers requests as SDKs send them; absent when Node's request and response are to have them all. */
  readonly aws?: PlainAnswers | undefined;
  /** How long a connection may be idle. */
  readonly patienceMs: number;
  /** Hears of each connection. */
  readonly onSession: (session: ServerHttp2Session) => void;
}

/**
 * The server for HTTP/2 connections. Requests as SDKs send them are answered on their streams; for the others Node's request and
 * response stand in for those of HTTP/1, if not by their types. Node's library ends a connection whose client cancels
 * requests as fast as it sends them: a thousand at once, 33 a second after that.
 */
export function createHttp2Server({ serve, aws, patienceMs, onSession }: Http2Deps): Http2Server {
  const { createServer } = process.getBuiltinModule("node:http2");
  const server = createServer({
    maxSessionMemory: MAX_SESSION_MEMORY,
    settings: { maxConcurrentStreams: MAX_STREAMS },
  });
  // Makes Node's request and response for the streams that it is told of.
  const others = createServer((request, response) => {
    serve(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse<IncomingMessage> & { req: IncomingMessage },
    );
  });
  server.on("stream", (stream, headers, flags) => {
    if (aws === undefined || !answerStream(stream, headers, aws)) others.emit("stream", stream, headers, flags);
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
