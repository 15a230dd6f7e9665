import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainRequest } from "../../src/server/http/plain-request.ts";

/* The reader of plain requests and node:http are given the same bytes: what the one takes, the other takes, alike. */

/** A request as both readers tell it. */
interface Read {
  readonly method: string | undefined;
  readonly url: string | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
}

/** Comes after the bytes in question, and is long enough for the end of no body to reach into it unnoticed. */
const NEXT = `GET /next HTTP/1.1\r\nHost: here\r\nX: ${"x".repeat(2_000)}\r\n\r\n`;

/** The requests node:http reads before the next one, or undefined when it refuses something. */
async function readByNode(bytes: Buffer): Promise<readonly Read[] | undefined> {
  const requests: Promise<Read>[] = [];
  const wire = new Duplex({ read() {}, write: (_chunk, _encoding, done) => done() });
  const isTaken = await new Promise<boolean>((resolve) => {
    const node = createServer((request) => {
      if (request.url === "/next") resolve(true);
      else requests.push(readWhole(request));
    });
    node.on("clientError", () => resolve(false)).emit("connection", wire);
    wire.push(Buffer.concat([bytes, Buffer.from(NEXT)]));
  });
  const read = isTaken ? await Promise.all(requests) : undefined;
  wire.destroy();
  return read;
}

async function readWhole(request: IncomingMessage): Promise<Read> {
  const { method, url, headers } = request;
  const chunks: Buffer[] = [];
  request.on("data", (chunk: Buffer) => chunks.push(chunk)).on("error", () => {});
  await new Promise((resolve) => {
    request.on("end", resolve).on("close", resolve);
  });
  return { method, url, headers, body: Buffer.concat(chunks).toString("latin1") };
}

function readByUs(bytes: Buffer): { readonly read: Read; readonly end: number } | undefined {
  const plain = readPlainRequest(bytes);
  if (plain === undefined) return undefined;
  const { method, path, query, headers, body } = plain.request;
  const url = bytes.toString("latin1").includes(`${path}?${query}`) ? `${path}?${query}` : path;
  return { read: { method, url, headers, body: body.toString("latin1") }, end: plain.end };
}

/** Mostly what is sound, now and then what is not. */
const mostly = (sound: readonly string[], rest: fc.Arbitrary<string>): fc.Arbitrary<string> =>
  fc.oneof({ weight: 8, arbitrary: fc.constantFrom(...sound) }, { weight: 1, arbitrary: rest });
const latin1 = (maxLength: number) =>
  fc.uint8Array({ maxLength }).map((bytes) => Buffer.from(bytes).toString("latin1"));
const blank = mostly(["", " ", "  "], fc.constantFrom("\t", "\u00a0", "\u000b", "\u000c"));
const oddNames = ["Set-Cookie", "Cookie", "Connection", "Keep-Alive", "Expect", "Transfer-Encoding", "Content-Length"];
const name = mostly(
  ["Accept", "X-Amz-Target", "Authorization", "x", "1"],
  fc.oneof(fc.constantFrom(...oddNames, "Upgrade", "TE", "__proto__", "constructor", "x_y", ""), latin1(4)),
);
const value = mostly(
  ["x", "keep-alive", "a b", ""],
  fc.oneof(fc.constantFrom("close", "chunked", "100-continue"), latin1(8)),
);
const header = fc
  .tuple(name, blank, blank, value, blank)
  .map(([key, before, ahead, text, behind]) => `${key}${before === "\t" ? before : ""}:${ahead}${text}${behind}`);
/** A request that is sound but for what the arbitraries above put in it. */
const almostPlain = fc
  .record({
    target: mostly(
      ["/", "/a?b=c", "/?", "//", "/1/q"],
      fc.oneof(
        fc.constantFrom("/#x", "*"),
        latin1(6).map((text) => `/${text}`),
      ),
    ),
    headers: fc.array(header, { maxLength: 3 }),
    length: fc
      .tuple(blank, mostly(["2"], fc.constantFrom("02", "+2", "2,2", "0x2", "2 2")), blank)
      .map((parts) => parts.join("")),
    ending: mostly(["\r\n"], fc.constantFrom("\n", "\r")),
    body: mostly(["hi"], fc.constantFrom("hiPOST", "h")),
  })
  .map(({ target, headers, length, ending, body }) => {
    const lines = [`POST ${target} HTTP/1.1`, "Host: here", ...headers, `Content-Length:${length}`];
    return Buffer.from(`${lines.join("\r\n")}${ending}\r\n${body}`, "latin1");
  });

/** The same with a byte of it changed. */
const damaged = fc.tuple(almostPlain, fc.nat(), fc.nat(255)).map(([bytes, at, byte]) => {
  const changed = Buffer.from(bytes);
  changed[at % changed.length] = byte;
  return changed;
});

test("what is read straight from the socket is what node:http reads", async () => {
  let taken = 0;
  const property = fc.asyncProperty(fc.oneof(almostPlain, damaged), async (bytes) => {
    const ours = readByUs(bytes);
    if (ours === undefined) return;
    taken++;
    expect(await readByNode(bytes.subarray(0, ours.end))).toEqual([ours.read]);
  });
  await fc.assert(property, { numRuns: 6_000, seed: 20_260_101 });
  expect(taken).toBeGreaterThan(500);
});

test.for([
  ["a blank of JavaScript's before the length", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length:\u00a02\r\n\r\nhi"],
  ["a tab behind the length", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\t\r\n\r\nhi"],
  ["a byte from 0x80 on in the target", "POST /\u00e4 HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nhi"],
  ["a fragment", "POST /#a HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n\r\nhi"],
  ["a header that is a list", "POST / HTTP/1.1\r\nHost: here\r\nSet-Cookie: a\r\nContent-Length: 2\r\n\r\nhi"],
  [
    "more headers than Node keeps",
    `POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 2\r\n${Array.from({ length: 2_001 }, (_, at) => `${at}:\r\n`).join("")}\r\nhi`,
  ],
] as const)("%s is left to node:http", ([, text]) => {
  expect(readPlainRequest(Buffer.from(text, "latin1"))).toBeUndefined();
});
