import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readPlainHead } from "../../../src/kernel/http/plain-requests.ts";

const HEAD = "POST /a?b=c HTTP/1.1\r\nHost: here\r\nX-Amz-Target: AmazonSQS.SendMessage\r\nContent-Length: 2\r\n\r\n";
const read = (text: string) => readPlainHead(Buffer.from(text, "latin1"));

test("a plain head is read with path, query, headers, and where its body is", () => {
  expect(read(`${HEAD}hi`)).toEqual({
    method: "POST",
    path: "/a",
    query: "b=c",
    headers: { host: "here", "x-amz-target": "AmazonSQS.SendMessage", "content-length": "2" },
    bodyStart: HEAD.length,
    bodyBytes: 2,
  });
});

describe("a GET, where it is taken,", () => {
  const GET = "GET /a HTTP/1.1\r\nHost: here\r\n\r\n";
  const readAny = (text: string) => readPlainHead(Buffer.from(text, "latin1"), true);

  test("has no body, and may be cut anywhere", () => {
    const read = {
      method: "GET",
      path: "/a",
      query: "",
      headers: { host: "here" },
      bodyStart: GET.length,
      bodyBytes: 0,
    };
    expect(readAny(`${GET}more`)).toEqual(read);
    const cuts = Array.from({ length: GET.length - 1 }, (_, at) => GET.slice(0, at + 1));
    expect(cuts.filter((cut) => readAny(cut) !== "unfinished")).toEqual([]);
  });

  test.for([
    ["a length", "GET / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n"],
    ["a length, seen early", "GET / HTTP/1.1\r\nContent-Length: 0\r\nHost"],
    ["another method", "HEAD / HTTP/1.1\r\nHost: here\r\n\r\n"],
    ["another method, seen early", "PUT"],
    ["no host", "GET / HTTP/1.1\r\n\r\n"],
  ] as const)("is left to node:http with %s", ([, text]) => {
    expect(readAny(text)).toBe("unusual");
  });
});

test("what follows a head is not looked at", () => {
  expect(read(HEAD)).toEqual(read(`${HEAD}\u0000`));
});

test("a head that goes on is unfinished, wherever it is cut", () => {
  const cuts = Array.from({ length: HEAD.length - 1 }, (_, at) => HEAD.slice(0, at + 1));
  expect(cuts.filter((cut) => read(cut) !== "unfinished")).toEqual([]);
});

describe("left to node:http", () => {
  test.for([
    ["another method", "GET / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n"],
    ["another version", "POST / HTTP/1.0\r\nHost: here\r\nContent-Length: 0\r\n\r\n"],
    ["a whole URL for a path", "POST http://x/ HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n"],
    ["a blank in the path", "POST /a b HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\n\r\n"],
    ["no host", "POST / HTTP/1.1\r\nContent-Length: 0\r\n\r\n"],
    ["no length", "POST / HTTP/1.1\r\nHost: here\r\n\r\n"],
    ["a length that is no number", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0x2\r\n\r\nhi"],
    ["a negative length", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: -1\r\n\r\n"],
    ["two lengths", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 1\r\nContent-Length: 2\r\n\r\nhi"],
    ["chunks", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n"],
    ["an expectation", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nExpect: 100-continue\r\n\r\n"],
    ["an upgrade", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nUpgrade: h2c\r\n\r\n"],
    ["a connection that closes", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"],
    ["a folded header", "POST / HTTP/1.1\r\nHost: here\r\n there\r\nContent-Length: 0\r\n\r\n"],
    ["a blank before the colon", "POST / HTTP/1.1\r\nHost: here\r\nContent-Length : 0\r\n\r\n"],
    ["a line without a colon", "POST / HTTP/1.1\r\nHost: here\r\nnothing\r\nContent-Length: 0\r\n\r\n"],
    ["half a line end", "POST / HTTP/1.1\r\nHost: here\nX: y\r\nContent-Length: 0\r\n\r\n"],
    ["a control character", "POST / HTTP/1.1\r\nHost: he\u0000re\r\nContent-Length: 0\r\n\r\n"],
    ["a head beyond 16 KiB", `POST / HTTP/1.1\r\nHost: here\r\nX: ${"y".repeat(17_000)}\r\nContent-Length: 0\r\n\r\n`],
    ["a name that every object has", "POST / HTTP/1.1\r\nHost: here\r\nconstructor: x\r\nContent-Length: 0\r\n\r\n"],
  ] as const)("%s", ([, text]) => {
    expect(read(text)).toBe("unusual");
  });

  test.for([
    ["another method", "GE"],
    ["a target that is none", "POST a"],
    ["two blanks", "POST  "],
    ["another version", "POST / HTTP/2"],
    ["a version with more behind it", "POST / HTTP/1.1 "],
    ["a first line that is over too soon", "POST /\r"],
    ["a special header", "POST / HTTP/1.1\r\nExpect:"],
    ["a header without a colon", "POST / HTTP/1.1\r\nnothing\r"],
    ["a folded header", "POST / HTTP/1.1\r\nHost: here\r\n "],
    ["a name with a blank", "POST / HTTP/1.1\r\nHo st"],
    ["a length that is no number", "POST / HTTP/1.1\r\nContent-Length: 0x"],
    ["a length that is no number, its line over", "POST / HTTP/1.1\r\nContent-Length: 0x\r\nHost"],
    ["two lengths", "POST / HTTP/1.1\r\nContent-Length: 1\r\nContent-Length: 1\r\n"],
    ["a control character", "POST / HTTP/1.1\r\nHost: \u0000"],
    ["more than 16 KiB", `POST / HTTP/1.1\r\nHost: here\r\nX: ${"y".repeat(17_000)}`],
  ] as const)("as soon as it is seen: %s", ([, text]) => {
    expect(read(text)).toBe("unusual");
  });
});

test("no bytes make the reader throw", () => {
  const piece = fc.constantFrom(
    "POST / HTTP/1.1",
    "\r\n",
    "\r",
    "\n",
    ":",
    "Host: x",
    "Content-Length: 3",
    "abc",
    "\u0000",
    " ",
  );
  const bytes = fc.oneof(
    fc.array(piece, { maxLength: 20 }).map((pieces) => Buffer.from(pieces.join(""), "latin1")),
    fc.uint8Array({ maxLength: 200 }).map((raw) => Buffer.from(raw)),
  );
  fc.assert(
    fc.property(bytes, (given) => {
      const head = readPlainHead(given);
      if (typeof head === "object") expect(head.bodyStart).toBeLessThanOrEqual(given.length);
    }),
    { numRuns: 2_000 },
  );
});
