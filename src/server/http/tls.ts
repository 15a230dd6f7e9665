import { generateKeyPairSync, sign } from "node:crypto";
import type { Socket } from "node:net";
import type { Server, TLSSocket } from "node:tls";
import { selfSignedCertificate } from "../../kernel/certificate.ts";
import type { Logger } from "../log.ts";
import { sniff, type Wire } from "./sniff.ts";

/** Who takes decrypted connections. */
interface TlsReceiver {
  readonly handOver: (socket: Socket, wire: Wire) => void;
  /** How long a client may take to say what it speaks. */
  readonly patienceMs: number;
}

/**
 * The server for TLS connections: decrypts, then hands over as the protocol that client and server agreed on. With a
 * client that offers none to agree on, its first bytes tell: the asynchronous client of the AWS SDK for Java speaks
 * HTTP/2 without a word before.
 */
export function createTlsServer(
  { key, cert }: Credentials,
  { handOver, patienceMs }: TlsReceiver,
  log: Logger,
): Server {
  const { createServer } = process.getBuiltinModule("node:tls");
  const server = createServer({ key, cert, ALPNProtocols: ["h2", "http/1.1"] }, (socket) => {
    if (socket.alpnProtocol === "h2") handOver(socket, "http2");
    else if (socket.alpnProtocol !== false) handOver(socket, "http1");
    else sniff(socket, patienceMs, (wire) => handOver(agreed(socket, wire), wire));
  });
  server.on("tlsClientError", (err) => log.log("info", { err }, "TLS handshake failed"));
  return server;
}

/** Node's HTTP/2 server takes only those TLS connections that look as if HTTP/2 had been agreed on. */
function agreed(socket: TLSSocket, wire: Wire): Socket {
  if (wire === "http2") socket.alpnProtocol = "h2";
  return socket;
}

/** Private key and certificate, both in PEM. */
export interface Credentials {
  readonly key: string;
  readonly cert: string;
}

/** A new key and a certificate signed with it, for the loopback names and addresses and for `host`. */
export function selfSigned(host: string, serial: Uint8Array): Credentials {
  const { privateKey, publicKey } = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const certified = { publicKey, sign: (digest: string, data: Uint8Array) => sign(digest, data, privateKey) };
  const alternativeNames = [...new Set(["localhost", "127.0.0.1", "::1", host.replace(/%.*/, "")])];
  const content = { commonName: "Waystation", alternativeNames, serial, purpose: "servers" } as const;
  return {
    key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
    cert: selfSignedCertificate(certified, content),
  };
}
