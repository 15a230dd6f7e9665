import { once } from "node:events";
import { Agent, get } from "node:http";
import { type ClientHttp2Session, connect as connectHttp2 } from "node:http2";
import { get as getSecurely } from "node:https";
import { createServer } from "node:net";
import { text as wholeText } from "node:stream/consumers";
import { connect as connectTls } from "node:tls";
import { describe, expect, test } from "vitest";
import { systemIds } from "../../../src/kernel/ids.ts";
import { SystemClock } from "../../../src/kernel/time/system-clock.ts";
import type { WireResponse } from "../../../src/protocol/protocol.ts";
import { Listener } from "../../../src/server/http/listener.ts";
import { selfSigned } from "../../../src/server/http/tls.ts";
import { silentLogger } from "../../../src/server/log.ts";
import { aLogger, aServer, text } from "../../support/a-server.ts";
import { RawConnection } from "../../support/raw-connection.ts";

const REQUEST = "GET /a?b=c HTTP/1.1\r\nHost: here\r\n\r\n";
const credentials = selfSigned("localhost", systemIds.bytes(16));

async function fetchHttp2(session: ClientHttp2Session, path: string): Promise<string> {
  session.on("error", () => {});
  const stream = session.request({ ":path": path });
  const body = await wholeText(stream);
  session.close();
  return body;
}

test("connections beyond the limit are hung up on, with one line in the log until there is room again", async () => {
  const { lines, logger } = aLogger("error");
  await using server = await aServer({ maxConnections: 1, log: logger });
  using first = await RawConnection.to(server.port);
  for (let i = 0; i < 3; i++) {
    using surplus = await RawConnection.to(server.port);
    expect(await surplus.hearsToTheEnd()).toBe("");
  }
  await first.say(REQUEST);
  await first.hears("200 OK");
  expect(lines).toEqual([
    { level: "error", fields: { maxConnections: 1 }, text: "connections refused: there are too many at once" },
  ]);
});

describe("HTTP/1.1", () => {
  test("requests follow one another on one connection", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(REQUEST);
    await client.hears("GET http://here /a b=c");
    await client.say("POST /d HTTP/1.1\r\nHost: here\r\nContent-Length: 5\r\n\r\nhello");
    await client.hears("POST http://here /d  hello");
  });

  test("requests sent at once are answered in order", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(`${REQUEST}GET /second HTTP/1.1\r\nHost: here\r\nConnection: close\r\n\r\n`);
    expect(await client.hearsToTheEnd()).toMatch(/GET http:\/\/here \/a b=c[\s\S]*GET http:\/\/here \/second/);
  });

  test("idle connections are kept for 75 seconds", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(REQUEST);
    expect(await client.hears("Keep-Alive")).toContain("Keep-Alive: timeout=75\r\n");
  });

  test("a first byte that comes alone is part of the request", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say("P");
    await client.say("OST /alone HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n");
    await client.hears("POST http://here /alone");
  });

  test("an offer to upgrade to HTTP/2 is answered in HTTP/1.1", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say("GET /up HTTP/1.1\r\nHost: here\r\nConnection: Upgrade\r\nUpgrade: h2c\r\n\r\n");
    expect(await client.hears("GET http://here /up")).toMatch(/^HTTP\/1\.1 200 /);
  });
});

describe("HTTP/2 without TLS", () => {
  test("is served to clients who know beforehand", async () => {
    await using server = await aServer();
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    expect(await fetchHttp2(session, "/a?b=c")).toBe(`GET http://127.0.0.1:${server.port} /a b=c `);
  });

  test.for([1, 3, 18, 23])("is served when its preface comes in two packets, split after byte %i", async (split) => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    const settings = "\x00\x00\x00\x04\x00\x00\x00\x00\x00";
    // HPACK: GET, http, / from the static table, :authority "here" as a literal. RFC 7541 appendix A
    const headers = "\x00\x00\x09\x01\x05\x00\x00\x00\x01\x82\x86\x84\x41\x04here";
    const bytes = Buffer.from(`PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n${settings}${headers}`, "latin1");
    await client.say(bytes.subarray(0, split));
    await client.say(bytes.subarray(split));
    await client.hears("GET http://here /  ");
  });
});

describe("TLS on the same port", () => {
  test.for([
    ["h2", "HTTP/2"],
    ["http/1.1", "HTTP/1.1"],
  ] as const)("the client that offers %s gets %s", async ([protocol]) => {
    await using server = await aServer({ credentials });
    const socket = connectTls({
      port: server.port,
      host: "127.0.0.1",
      ca: credentials.cert,
      ALPNProtocols: [protocol],
    });
    await once(socket, "secureConnect");
    expect(socket.alpnProtocol).toBe(protocol);
    socket.destroy();
  });

  test("HTTP/1.1 is served, and the origin says https", async () => {
    await using server = await aServer({ credentials });
    const url = `https://localhost:${server.port}/a`;
    const request = getSecurely(url, { ca: credentials.cert, agent: false, lookup: toLoopback });
    const [response] = await once(request, "response");
    expect(await wholeText(response)).toBe(`GET https://localhost:${server.port} /a  `);
  });

  test("HTTP/2 is served, and the origin says https", async () => {
    await using server = await aServer({ credentials });
    const session = connectHttp2(`https://127.0.0.1:${server.port}`, { ca: credentials.cert });
    expect(await fetchHttp2(session, "/a")).toBe(`GET https://127.0.0.1:${server.port} /a  `);
  });

  // As the asynchronous client of the AWS SDK for Java connects.
  test("HTTP/2 is served to a client that does not offer it in the handshake", async () => {
    await using server = await aServer({ credentials });
    const socket = connectTls({ port: server.port, host: "127.0.0.1", ca: credentials.cert });
    await once(socket, "secureConnect");
    expect(socket.alpnProtocol).toBe(false);
    const session = connectHttp2(`https://127.0.0.1:${server.port}`, { createConnection: () => socket });
    expect(await fetchHttp2(session, "/a")).toBe(`GET https://127.0.0.1:${server.port} /a  `);
  });

  test("HTTP/1.1 is served to a client that does not offer it in the handshake", async () => {
    await using server = await aServer({ credentials });
    const socket = connectTls({ port: server.port, host: "127.0.0.1", ca: credentials.cert });
    socket.write(REQUEST.replace("\r\n\r\n", "\r\nConnection: close\r\n\r\n"));
    expect(await wholeText(socket)).toContain("GET https://here /a b=c");
  });

  test("a silent client is hung up on when the server closes", async () => {
    const server = await aServer({ credentials });
    const socket = connectTls({ port: server.port, host: "127.0.0.1", ca: credentials.cert });
    await once(socket, "secureConnect");
    const closed = once(socket, "close");
    await server.close();
    await closed;
  });

  test("plain HTTP is served beside it", async () => {
    await using server = await aServer({ credentials });
    using client = await RawConnection.to(server.port);
    await client.say(REQUEST);
    await client.hears("GET http://here /a b=c");
  });

  test("a handshake is refused, and the log says why, when TLS is off", async () => {
    const { lines, logger } = aLogger("info");
    await using server = await aServer({ log: logger });
    const socket = connectTls({ port: server.port, host: "127.0.0.1" });
    await once(socket, "error");
    expect(lines).toMatchObject([
      { level: "info", text: expect.stringMatching(/^TLS connection refused: TLS is off; clients take http:/) },
    ]);
  });

  test("a handshake that fails leaves a line in the log and the server up", async () => {
    const { lines, logger } = aLogger("info");
    await using server = await aServer({ credentials, log: logger });
    using client = await RawConnection.to(server.port);
    await client.say("\x16\x03\x01\x00\x05hello");
    await client.hearsToTheEnd();
    expect(lines).toMatchObject([{ level: "info", text: "TLS handshake failed" }]);
    using next = await RawConnection.to(server.port);
    await next.say(REQUEST);
    await next.hears("GET http://here /a");
  });
});

describe("bytes that are no request", () => {
  test.for([
    ["no HTTP at all", "garbage\r\n\r\n", 400],
    ["a header without a name", "GET / HTTP/1.1\r\n: x\r\n\r\n", 400],
    ["HTTP/1.1 without a Host", "GET / HTTP/1.1\r\n\r\n", 400],
    ["a length that is no number", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: x\r\n\r\n", 400],
    ["headers past 64 KiB", `GET / HTTP/1.1\r\nHost: here\r\nA: ${"a".repeat(65 * 1024)}\r\n\r\n`, 431],
    ["CONNECT", "CONNECT there:443 HTTP/1.1\r\nHost: there\r\n\r\n", 405],
  ] as const)("%s is answered and hung up on", async ([, bytes, status]) => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(bytes);
    expect(await client.hearsToTheEnd()).toMatch(new RegExp(`^HTTP/1\\.1 ${status} `));
  });

  test("leave one line in the log", async () => {
    const { lines, logger } = aLogger("info");
    await using server = await aServer({ log: logger });
    using client = await RawConnection.to(server.port);
    await client.say("garbage\r\n\r\n");
    await client.hearsToTheEnd();
    expect(lines).toEqual([
      { level: "info", fields: { status: 400, errorCode: "HPE_INVALID_METHOD" }, text: "malformed HTTP request" },
    ]);
  });

  test.for([
    ["in the head", "POST / HT"],
    ["in the body", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 50\r\n\r\nabc"],
  ] as const)("a client that ends the connection %s is worth a line for debugging only", async ([, bytes]) => {
    const { lines, logger } = aLogger("info");
    await using server = await aServer({ log: logger });
    using client = await RawConnection.to(server.port);
    await client.say(bytes);
    client.socket.end();
    expect(await client.hearsToTheEnd()).toMatch(/^HTTP\/1\.1 400 /);
    expect(lines).toMatchObject([{ level: "debug", fields: { errorCode: "HPE_INVALID_EOF_STATE" } }]);
  });

  test("nearly 64 KiB of headers are a request", async () => {
    await using server = await aServer();
    using client = await RawConnection.to(server.port);
    await client.say(`GET /long HTTP/1.1\r\nHost: here\r\nA: ${"a".repeat(63 * 1024)}\r\n\r\n`);
    await client.hears("GET http://here /long");
  });

  test("a client that leaves without a word leaves the server up", async () => {
    await using server = await aServer();
    const silent = await RawConnection.to(server.port);
    silent.hangUp();
    const halfSaid = await RawConnection.to(server.port);
    await halfSaid.say("PRI * HT");
    halfSaid.hangUp();
    using client = await RawConnection.to(server.port);
    await client.say(REQUEST);
    await client.hears("GET http://here /a");
  });
});

test("a taken port is reported by Node's own error", async () => {
  const other = createServer().listen(0, "127.0.0.1");
  await once(other, "listening");
  const address = other.address();
  const port = typeof address === "object" && address !== null ? address.port : 0;
  const listener = new Listener({
    serve: () => {},
    credentials: undefined,
    clock: new SystemClock(),
    log: silentLogger,
  });
  await expect(listener.open("127.0.0.1", port)).rejects.toMatchObject({ code: "EADDRINUSE" });
  other.close();
});

test("closing hangs up on idle clients, silent ones included", async () => {
  const server = await aServer();
  const agent = new Agent({ keepAlive: true });
  const request = get({ port: server.port, agent });
  const [response] = await once(request, "response");
  await wholeText(response);
  using silent = await RawConnection.to(server.port);
  using halfSaid = await RawConnection.to(server.port);
  await halfSaid.say("PRI");
  const session = connectHttp2(`http://127.0.0.1:${server.port}`);
  await once(session, "remoteSettings");
  const closed = once(session, "close");
  await server.close();
  await Promise.all([silent.hearsToTheEnd(), halfSaid.hearsToTheEnd(), closed]);
  agent.destroy();
});

test("a closed port refuses clients", async () => {
  const server = await aServer();
  await server.close();
  await expect(RawConnection.to(server.port)).rejects.toMatchObject({ code: "ECONNREFUSED" });
});

function toLoopback(
  _host: string,
  _options: object,
  found: (error: null, addresses: { address: string; family: number }[]) => void,
): void {
  found(null, [{ address: "127.0.0.1", family: 4 }]);
}

describe("HTTP/2 connections", () => {
  /** HEADERS of a POST that is whole, then RST_STREAM of it: what a client does that cancels as it asks. RFC 9113 §6 */
  function cancelled(id: number): Buffer {
    const head = (length: number, type: number, flags: number) =>
      Buffer.from([0, 0, length, type, flags, ...[24, 16, 8, 0].map((shift) => (id >>> shift) & 0xff)]);
    const block = Buffer.from([0x83, 0x86, 0x84, 0x41, 0x01, 0x78]);
    return Buffer.concat([head(block.length, 1, 5), block, head(4, 3, 0), Buffer.from([0, 0, 0, 8])]);
  }
  const HELLO = Buffer.concat([
    Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
    Buffer.from([0, 0, 0, 4, 0, 0, 0, 0, 0]),
  ]);

  test("are told how many requests may be under way", async () => {
    await using server = await aServer();
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    const [settings] = await once(session, "remoteSettings");
    expect(settings).toMatchObject({ maxConcurrentStreams: 1000 });
    session.destroy();
  });

  test("hear that the server goes away, once their requests are answered", async () => {
    const answers: ((answer: WireResponse) => void)[] = [];
    const server = await aServer({
      answer: () => ({
        response: new Promise((resolve) => answers.push(resolve)),
        abort: () => answers[0]!(text("at last")),
      }),
    });
    const session = connectHttp2(`http://127.0.0.1:${server.port}`);
    const goneAway = once(session, "goaway");
    const stream = session.request({ ":path": "/", ":method": "POST" });
    const asked = once(session, "remoteSettings");
    stream.end();
    await asked;
    while (answers.length === 0) await new Promise((resolve) => session.ping(resolve));
    const closed = server.close();
    expect(await wholeText(stream)).toBe("at last");
    const [errorCode] = await goneAway;
    expect(errorCode).toBe(0);
    await closed;
  });

  test("end when the client cancels requests by the thousand", async () => {
    let asked = 0;
    const answer = () => {
      asked++;
      return { response: text("ok") };
    };
    await using server = await aServer({ answer });
    using client = await RawConnection.to(server.port);
    const requests = Array.from({ length: 10_000 }, (_, at) => cancelled(2 * at + 1));
    await client.say(Buffer.concat([HELLO, ...requests]));
    await client.hears("\u0007\u0000\u0000\u0000\u0000\u0000"); // GOAWAY
    expect(asked).toBeLessThan(5_000);
  });
});
