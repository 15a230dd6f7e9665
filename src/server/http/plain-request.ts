import { ReceivedRequest } from "../call.ts";

/** Longer heads are left to node:http, which knows how to refuse them. */
const MAX_HEAD_BYTES = 16 * 1024;
const HEAD_END = Buffer.from("\r\n\r\n", "latin1");
const METHOD = "POST ";
const VERSION = " HTTP/1.1";
/**
 * Neither control characters nor line ends that are only half there; nor tabs, which are blanks in some places and errors
 * in others, nor 0xa0, which is a blank for JavaScript and none for HTTP.
 */
const PLAIN = /^[\x20-\x7e\x80-\x9f\xa1-\xff]*(?:\r\n[\x20-\x7e\x80-\x9f\xa1-\xff]*)*$/;
const NAME = /^[A-Za-z0-9-]+$/;
const LENGTH = /^\d{1,9}$/;
/** Node takes no other characters in a target, and `#` has a meaning of its own. */
const PATH = /^\/[!"$-~]*$/;
/** Node keeps 2,000 headers; no client sends a tenth of that. */
const MAX_HEADERS = 100;
/** Headers that change how a message is read or answered. */
const SPECIAL = new Set([
  "transfer-encoding",
  "expect",
  "upgrade",
  "te",
  "trailer",
  "proxy-connection",
  "http2-settings",
  "set-cookie", // a list
]);

/** Clients spell a handful of names, each always the same way. */
const MAX_REMEMBERED = 256;
const lowerCase = new Map<string, string>();

/** A request and where it ends in the bytes it was read from. */
export interface PlainRequest {
  readonly request: ReceivedRequest;
  readonly end: number;
}

/**
 * Reads a request that has the form SDKs send nearly always: an HTTP/1.1 POST to a path, plain headers none of which
 * comes twice, and a body of stated length, all of it there. Undefined for anything else, be it wrong, unfinished or
 * only unusual: those are node:http's to judge.
 */
export function readPlainRequest(bytes: Buffer): PlainRequest | undefined {
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0 || headEnd > MAX_HEAD_BYTES) return undefined;
  const head = bytes.toString("latin1", 0, headEnd);
  if (!head.startsWith(METHOD) || !PLAIN.test(head)) return undefined;
  const firstEnd = lineEnd(head, 0);
  const target = head.slice(METHOD.length, firstEnd - VERSION.length);
  if (!head.startsWith(VERSION, firstEnd - VERSION.length) || !PATH.test(target)) return undefined;
  const headers = readHeaders(head, firstEnd + 2);
  const length = headers === undefined ? undefined : bodyLength(headers);
  if (headers === undefined || length === undefined) return undefined;
  const bodyStart = headEnd + HEAD_END.length;
  const end = bodyStart + length;
  if (end > bytes.length) return undefined;
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  const body = bytes.subarray(bodyStart, end);
  return { request: new ReceivedRequest({ method: "POST", path, query, headers, body }), end };
}

function readHeaders(head: string, start: number): Readonly<Record<string, string>> | undefined {
  const headers: Record<string, string> = {};
  let count = 0;
  for (let at = start; at < head.length; ) {
    const end = lineEnd(head, at);
    const colon = head.indexOf(":", at);
    const name = colon < 0 || colon >= end ? undefined : lowerCaseName(head.slice(at, colon));
    if (name === undefined || name in headers || ++count > MAX_HEADERS) return undefined;
    headers[name] = head.slice(colon + 1, end).trim();
    at = end + 2;
  }
  return headers;
}

/** The name in lower case, or undefined when it is none that goes with a plain request. */
function lowerCaseName(text: string): string | undefined {
  const known = lowerCase.get(text);
  if (known !== undefined) return known;
  if (!NAME.test(text)) return undefined;
  const name = text.toLowerCase();
  if (SPECIAL.has(name)) return undefined;
  if (lowerCase.size >= MAX_REMEMBERED) lowerCase.clear();
  lowerCase.set(text, name);
  return name;
}

function bodyLength({
  host,
  connection,
  "content-length": length,
}: Readonly<Record<string, string>>): number | undefined {
  if (!host || length === undefined || !LENGTH.test(length)) return undefined;
  if (connection !== undefined && connection.toLowerCase() !== "keep-alive") return undefined;
  return Number(length);
}

function lineEnd(head: string, from: number): number {
  const end = head.indexOf("\r\n", from);
  return end < 0 ? head.length : end;
}
