import type { Socket } from "node:net";

/** What a client speaks, as its first bytes tell. */
export type Wire = "tls" | "http2" | "http1";

/** TLS: content type of a handshake record. RFC 8446 §5.1 */
const TLS_HANDSHAKE = 0x16;

/** What a client sends first when it knows beforehand that the server speaks HTTP/2. RFC 9113 §3.4 */
const HTTP2_PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

const NOTHING = Buffer.alloc(0);

/** What the first bytes belong to, or undefined while they could still become one or the other. */
export function wireOf(bytes: Buffer): Wire | undefined {
  if (bytes.length === 0) return undefined;
  if (bytes[0] === TLS_HANDSHAKE) return "tls";
  const compared = Math.min(bytes.length, HTTP2_PREFACE.length);
  if (HTTP2_PREFACE.compare(bytes, 0, compared, 0, compared) !== 0) return "http1";
  return compared === HTTP2_PREFACE.length ? "http2" : undefined;
}

/**
 * Reads until it is clear what the client speaks, puts the bytes back and tells. A client that does not say so within
 * `patienceMs` is hung up on; Node keeps all such waits on one timer.
 */
export function sniff(socket: Socket, patienceMs: number, tell: (wire: Wire) => void): void {
  let seen: Buffer = NOTHING;
  const giveUp = () => socket.destroy();
  const look = () => {
    const chunk: Buffer | null = socket.read();
    if (chunk === null) return;
    seen = seen.length === 0 ? chunk : Buffer.concat([seen, chunk]);
    const wire = wireOf(seen);
    if (wire === undefined) return;
    socket.off("readable", look).off("timeout", giveUp).setTimeout(0);
    socket.unshift(seen);
    tell(wire);
  };
  socket.on("error", giveUp).on("timeout", giveUp).on("readable", look).setTimeout(patienceMs);
}
