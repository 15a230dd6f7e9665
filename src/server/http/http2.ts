import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import type { Http2Server } from "node:http2";

/** Megabytes one connection may keep in memory; many large requests can be under way on it at once. */
const MAX_SESSION_MEMORY = 512;

/** The server for HTTP/2 connections. Node's request and response stand in for those of HTTP/1, if not by their types. */
export function createHttp2Server(serve: RequestListener): Http2Server {
  const { createServer } = process.getBuiltinModule("node:http2");
  return createServer({ maxSessionMemory: MAX_SESSION_MEMORY }, (request, response) => {
    serve(
      request as unknown as IncomingMessage,
      response as unknown as ServerResponse<IncomingMessage> & { req: IncomingMessage },
    );
  });
}
