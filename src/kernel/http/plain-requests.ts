import { BodyPieces } from "./body-pieces.ts";
import { HeadLayouts, type HeadLines } from "./head-layout.ts";

/** Longer heads are left to node:http, which knows how to refuse them. */
const MAX_HEAD_BYTES = 16 * 1024;
const EMPTY = Buffer.alloc(0);
const HEAD_END = Buffer.from("\r\n\r\n", "latin1");
/** With a body of stated length, and with none. */
const POST = "POST ";
const GET = "GET ";
type Method = typeof POST | typeof GET;
const VERSION = " HTTP/1.1";
/**
 * Neither control characters nor line ends that are only half there; nor tabs, which are blanks in some places and errors
 * in others, nor 0xa0, which is a blank for JavaScript and none for HTTP.
 */
const PLAIN = /^[\x20-\x7e\x80-\x9f\xa1-\xff]*(?:\r\n[\x20-\x7e\x80-\x9f\xa1-\xff]*)*$/;
const NAME = /^[A-Za-z0-9-]+$/;
/** A length has no more. */
const MOST_DIGITS = 9;
const ZERO = 0x30;
/** Node takes no other characters in a target, and `#` has a meaning of its own. */
export const PATH = /^\/[!"$-~]*$/;
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

/** A head in more pieces than that is no client's: it is not looked at again and again. */
const MAX_HEAD_PIECES = 16;

/** Clients spell a handful of names, each always the same way. */
const MAX_REMEMBERED = 256;
const lowerCase = new Map<string, string>();

/** What stands before the body of a plain request. */
export interface PlainHead {
  readonly method: "POST" | "GET";
  readonly path: string;
  readonly query: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Where the body begins in the bytes that were read. */
  readonly bodyStart: number;
  readonly bodyBytes: number;
}

/**
 * Reads a head that has the form clients send nearly always: that of an HTTP/1.1 POST to a path, with plain headers none of which
 * comes twice, and a body of stated length, by the layout of those before if there were any; where they are taken, that of a GET
 * without a body as well. `unfinished` is one that may become such a head with more bytes; anything else is `unusual`, be it wrong
 * or right: that is node:http's to judge.
 */
export function readPlainHead(
  bytes: Buffer,
  takesGet = false,
  layouts?: HeadLayouts,
): PlainHead | "unfinished" | "unusual" {
  const laidOut = layouts?.read(bytes);
  if (laidOut !== undefined) return plainHead(POST, laidOut, laidOut.bodyStart);
  const headEnd = bytes.indexOf(HEAD_END);
  if (headEnd < 0) return mayBecomePlain(bytes, takesGet) ? "unfinished" : "unusual";
  if (headEnd > MAX_HEAD_BYTES) return "unusual";
  const head = bytes.toString("latin1", 0, headEnd);
  const method = methodOf(head, takesGet);
  const lines = method && readLines(head, method);
  if (method === undefined || lines === undefined) return "unusual";
  const plain = plainHead(method, lines, headEnd + HEAD_END.length);
  if (plain !== "unusual" && method === POST) layouts?.learn(head);
  return plain;
}

function plainHead(method: Method, { target, headers }: HeadLines, bodyStart: number): PlainHead | "unusual" {
  const bodyBytes = bodyLength(method, headers);
  if (bodyBytes === undefined) return "unusual";
  const mark = target.indexOf("?");
  const path = mark < 0 ? target : target.slice(0, mark);
  const query = mark < 0 ? "" : target.slice(mark + 1);
  return { method: method === POST ? "POST" : "GET", path, query, headers, bodyStart, bodyBytes };
}

function methodOf(head: string, takesGet: boolean): Method | undefined {
  if (head.startsWith(POST)) return POST;
  return takesGet && head.startsWith(GET) ? GET : undefined;
}

/** What is in a head that is plain but for what its headers say, line by line. */
function readLines(head: string, method: Method): HeadLines | undefined {
  if (!PLAIN.test(head)) return undefined;
  const firstEnd = lineEnd(head, 0);
  const target = targetIn(head, method, firstEnd);
  const headers = target === undefined ? undefined : readHeaders(head, firstEnd + 2);
  return target === undefined || headers === undefined ? undefined : { target, headers };
}

/**
 * Whether bytes can be the beginning of a plain head. What node:http refuses as soon as it sees it is left to node:http at once,
 * so each line is judged, the last one as far as it goes.
 */
function mayBecomePlain(bytes: Buffer, takesGet: boolean): boolean {
  if (bytes.length > MAX_HEAD_BYTES) return false;
  const text = bytes.toString("latin1");
  const begun = text.endsWith("\r") ? text.slice(0, -1) : text;
  const isLineOver = begun.length < text.length;
  const method = methodOf(begun, takesGet);
  if (method === undefined) return !isLineOver && (POST.startsWith(begun) || (takesGet && GET.startsWith(begun)));
  const firstEnd = begun.indexOf("\r\n");
  if (firstEnd < 0) return mayBecomeFirstLine(begun, method, isLineOver);
  if (!PLAIN.test(begun) || targetIn(begun, method, firstEnd) === undefined) return false;
  const lastStart = begun.lastIndexOf("\r\n") + 2;
  const headers = lastStart > firstEnd + 2 ? readHeaders(begun.slice(0, lastStart - 2), firstEnd + 2) : {};
  return (
    headers !== undefined && hasSoundLength(method, headers) && mayBecomeHeader(begun.slice(lastStart), isLineOver)
  );
}

function mayBecomeFirstLine(text: string, method: Method, isOver: boolean): boolean {
  if (isOver) return targetIn(text, method, text.length) !== undefined;
  const [target = "", version, more] = text.slice(method.length).split(" ");
  return (
    (PATH.test(target) || (target === "" && version === undefined)) &&
    VERSION.startsWith(` ${version ?? ""}`) &&
    more === undefined
  );
}

function mayBecomeHeader(line: string, isOver: boolean): boolean {
  if (line === "") return true;
  const colon = line.indexOf(":");
  if (colon < 0) return !isOver && NAME.test(line);
  const name = lowerCaseName(line.slice(0, colon));
  return name !== undefined && (name !== "content-length" || /^ *(?:\d{1,9} *)?$/.test(line.slice(colon + 1)));
}

/** The target of the request with that method whose first line ends there, or undefined when it is not that of a plain one. */
function targetIn(head: string, method: Method, firstEnd: number): string | undefined {
  const target = head.slice(method.length, firstEnd - VERSION.length);
  return head.startsWith(VERSION, firstEnd - VERSION.length) && PATH.test(target) ? target : undefined;
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

function bodyLength(method: Method, headers: Readonly<Record<string, string>>): number | undefined {
  const { host, connection, "content-length": length } = headers;
  if (!host || (connection !== undefined && connection.toLowerCase() !== "keep-alive")) return undefined;
  if (method === GET) return length === undefined ? 0 : undefined;
  return length === undefined ? undefined : lengthIn(length);
}

/** The length that nothing but digits spell. */
function lengthIn(text: string): number | undefined {
  if (text === "" || text.length > MOST_DIGITS) return undefined;
  let length = 0;
  for (let index = 0; index < text.length; index++) {
    const digit = text.charCodeAt(index) - ZERO;
    if (digit < 0 || digit > 9) return undefined;
    length = length * 10 + digit;
  }
  return length;
}

/** Whether the length is a number, if it is there already; a GET has none. */
function hasSoundLength(method: Method, { "content-length": length }: Readonly<Record<string, string>>): boolean {
  return length === undefined || (method === POST && lengthIn(length) !== undefined);
}

function lineEnd(head: string, from: number): number {
  const end = head.indexOf("\r\n", from);
  return end < 0 ? head.length : end;
}

/** Why there is no next request: it is still to come, or it is not for this way of reading. */
type Missing = "unfinished" | "unusual";

interface PlainRequestsDeps<R> {
  /** Whether a request is for this way of reading, by its head. */
  readonly takes: (head: PlainHead) => boolean;
  /** Makes a request of what it consists of. The body may lie in memory that is used again with the next one. */
  readonly requestOf: (head: PlainHead, body: Buffer) => R;
  /** Whether those without a body are read as well. */
  readonly takesGet?: boolean;
}

/** The requests in what comes on one connection, one after the other, for as long as they all have the plain form. */
export class PlainRequests<R> {
  readonly #deps: PlainRequestsDeps<R>;
  /** What has come and belongs to no request yet. */
  #ahead: Buffer = EMPTY;
  #headPieces = 0;
  /** The head of a request whose body is still to come, as it is, and how much of that. */
  #head: PlainHead | undefined;
  #missing = 0;
  readonly #pieces = new BodyPieces();
  readonly #layouts = new HeadLayouts();

  constructor(deps: PlainRequestsDeps<R>) {
    this.#deps = deps;
  }

  /** How much there is that nobody has asked for. */
  get aheadBytes(): number {
    return this.#ahead.length;
  }

  /** Whether the head is there of the request that is still to come. */
  get hasHead(): boolean {
    return this.#head !== undefined;
  }

  /** Whether a request has come in part, or whole, that was not asked for yet. */
  get hasBegun(): boolean {
    return this.#head !== undefined || this.#ahead.length > 0;
  }

  add(chunk: Buffer): void {
    const rest = this.#missing === 0 ? chunk : this.#addToBody(chunk);
    if (rest.length > 0) this.#ahead = this.#ahead.length === 0 ? rest : Buffer.concat([this.#ahead, rest]);
  }

  /** The next request that has begun, taken out of what has come. Its body is there until the next one is asked for. */
  next(): R | Missing {
    if (this.#head !== undefined) return this.#missing > 0 ? "unfinished" : this.#finish(this.#head);
    const bytes = this.#ahead;
    const head = readPlainHead(bytes, this.#deps.takesGet, this.#layouts);
    if (head === "unusual" || (head === "unfinished" && ++this.#headPieces > MAX_HEAD_PIECES)) return "unusual";
    if (head === "unfinished") return head;
    if (!this.#deps.takes(head)) return "unusual";
    this.#headPieces = 0;
    const end = head.bodyStart + head.bodyBytes;
    if (end <= bytes.length) {
      this.#ahead = end === bytes.length ? EMPTY : bytes.subarray(end);
      return this.#deps.requestOf(head, bytes.subarray(head.bodyStart, end));
    }
    this.#head = head;
    this.#ahead = EMPTY;
    this.#missing = head.bodyBytes;
    this.#addToBody(bytes.subarray(head.bodyStart));
    return "unfinished";
  }

  /** What has come after the last request, once the next one is unusual. */
  takeRest(): Buffer {
    const rest = this.#ahead;
    this.#ahead = EMPTY;
    return rest;
  }

  /** Takes what belongs to the body, and gives back what does not. */
  #addToBody(chunk: Buffer): Buffer {
    const part = chunk.length <= this.#missing ? chunk : chunk.subarray(0, this.#missing);
    this.#missing -= part.length;
    if (part.length > 0) this.#pieces.add(part);
    return part === chunk ? EMPTY : chunk.subarray(part.length);
  }

  #finish(head: PlainHead): R {
    const body = this.#pieces.whole(head.bodyBytes);
    this.#pieces.clear();
    this.#head = undefined;
    return this.#deps.requestOf(head, body);
  }
}
