import { createServer, type IncomingHttpHeaders, type IncomingMessage } from "node:http";
import { Duplex } from "node:stream";
import fc from "fast-check";
import { expect, test } from "vitest";
import { readPlainHead } from "../../src/kernel/http/plain-requests.ts";
import { aRequest } from "../support/almost-plain.ts";

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
  const head = readPlainHead(bytes, true);
  if (typeof head === "string") return undefined;
  const { method, path, query, headers, bodyStart } = head;
  const end = bodyStart + head.bodyBytes;
  if (end > bytes.length) return undefined;
  const url = bytes.toString("latin1").includes(`${path}?${query}`) ? `${path}?${query}` : path;
  return { read: { method, url, headers, body: bytes.toString("latin1", bodyStart, end) }, end };
}

test("what is read straight from the socket is what node:http reads", async () => {
  let taken = 0;
  const property = fc.asyncProperty(aRequest, async (bytes) => {
    const ours = readByUs(bytes);
    if (ours === undefined) return;
    taken++;
    expect(await readByNode(bytes.subarray(0, ours.end))).toEqual([ours.read]);
  });
  await fc.assert(property, { numRuns: 6_000, seed: 20_260_101 });
  expect(taken).toBeGreaterThan(500);
});

test("and so it is of requests without a body", async () => {
  let taken = 0;
  const property = fc.asyncProperty(aRequest, fc.boolean(), async (bytes, keepsLength) => {
    const text = bytes.toString("latin1").replace(/^POST/, "GET");
    const asked = keepsLength ? text : text.replace(/Content-Length:[^\r\n]*\r\n/, "");
    const ours = readByUs(Buffer.from(asked, "latin1"));
    if (ours === undefined) return;
    taken++;
    expect(await readByNode(Buffer.from(asked.slice(0, ours.end), "latin1"))).toEqual([ours.read]);
  });
  await fc.assert(property, { numRuns: 3_000, seed: 20_260_102 });
  expect(taken).toBeGreaterThan(200);
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
  expect(readPlainHead(Buffer.from(text, "latin1"))).toBe("unusual");
});
