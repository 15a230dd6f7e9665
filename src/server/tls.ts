import type { Socket } from "node:net";
import { createServer, type Server } from "node:tls";
import type { Logger } from "./log.ts";
import type { Credentials } from "./self-signed.ts";
import type { Wire } from "./sniff.ts";

/** The server for TLS connections: decrypts, then hands over as the protocol that client and server agreed on. */
export function createTlsServer(
  { key, cert }: Credentials,
  handOver: (socket: Socket, wire: Wire) => void,
  log: Logger,
): Server {
  const server = createServer({ key, cert, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
    handOver(socket, socket.alpnProtocol === "h2" ? "http2" : "http1");
  });
  server.on("tlsClientError", (err) => log.log("info", { err }, "TLS handshake failed"));
  return server;
}
