import type { Socket } from "node:net";
import { PassThrough } from "node:stream";
import { expect, test } from "vitest";
import { sniff, type Wire, wireOf } from "../../../src/server/http/sniff.ts";

const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** A stream in a socket's place, and what was sniffed on it. */
function aSocket() {
  const stream = Object.assign(new PassThrough(), { patienceMs: -1 });
  const socket = Object.assign(stream, {
    setTimeout(ms: number) {
      stream.patienceMs = ms;
      return stream;
    },
  });
  const wires: Wire[] = [];
  sniff(socket as unknown as Socket, 75_000, (wire) => wires.push(wire));
  return { socket, wires };
}

/** Resolves once everything that was queued for the next turns of the event loop has run. */
async function settled(socket: PassThrough): Promise<void> {
  await new Promise<void>((resolve) => {
    socket.write("", () => resolve());
  });
  await new Promise((resolve) => process.nextTick(resolve));
}

test.for([
  ["a TLS handshake", "\x16\x03\x01", "tls"],
  ["a request", "GET / HTTP/1.1\r\n", "http1"],
  ["one byte that starts no preface", "G", "http1"],
  ["one byte that may start a preface", "P", undefined],
  ["a POST, which parts from the preface at its second byte", "PO", "http1"],
  ["a preface but for its last byte", PREFACE.slice(0, -1), undefined],
  ["a preface", PREFACE, "http2"],
  ["a preface with frames behind it", `${PREFACE}\x00\x00\x00\x04`, "http2"],
  ["a preface with another last byte", `${PREFACE.slice(0, -1)}x`, "http1"],
  ["nothing", "", undefined],
] as const)("%s is told by its bytes", ([, bytes, wire]) => {
  expect(wireOf(Buffer.from(bytes, "latin1"))).toBe(wire);
});

test.for(Array.from({ length: PREFACE.length - 1 }, (_, index) => index + 1))(
  "a preface split after byte %i is put together and handed over whole",
  async (split) => {
    const { socket, wires } = aSocket();
    socket.write(PREFACE.slice(0, split));
    await settled(socket);
    expect(wires).toEqual([]);
    socket.write(PREFACE.slice(split));
    await settled(socket);
    expect(wires).toEqual(["http2"]);
    expect(String(socket.read())).toBe(PREFACE);
  },
);

test("patience with a silent client is limited until it is known what the client speaks", async () => {
  const { socket } = aSocket();
  expect(socket.patienceMs).toBe(75_000);
  socket.write("GET / HTTP/1.1\r\n");
  await settled(socket);
  expect(socket.patienceMs).toBe(0);
});

test("a silent client is hung up on", () => {
  const { socket } = aSocket();
  socket.emit("timeout");
  expect(socket.destroyed).toBe(true);
});

test("a client that was understood is not hung up on for being silent later", async () => {
  const { socket } = aSocket();
  socket.write("GET / HTTP/1.1\r\n");
  await settled(socket);
  socket.emit("timeout");
  expect(socket.destroyed).toBe(false);
});
