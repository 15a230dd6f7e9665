import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";

/** What carries a request and its answer, and closes with them at the latest: a socket, or an HTTP/2 stream. */
export function carrierOf(request: IncomingMessage): Duplex {
  const { stream }: { readonly stream?: Duplex } = request as { readonly stream?: Duplex };
  return stream ?? request.socket;
}
