const HEAD_END = "\r\n\r\n";
const LINE_END = "\r\n";
const STATUS_AT = "HTTP/1.1 ".length;
const NOTHING = Buffer.alloc(0);

type Header = readonly [name: string, value: string];

/** Who takes an answer. */
interface AnswerSink {
  /** Its head, and before that perhaps some with a status of 1xx. */
  head(status: number, headers: readonly Header[]): void;
  body(piece: Buffer): void;
}

/** Reads an answer of HTTP/1.1 as node:http writes it, at whose end the connection ends. RFC 9112 */
export class Http1Answer {
  readonly #sink: AnswerSink;
  /** What has come and is only part of a head or a line. */
  #rest: Buffer = NOTHING;
  #isInBody = false;
  #isChunked = false;
  /** How much is still to come of a chunk. */
  #missing = 0;

  constructor(sink: AnswerSink) {
    this.#sink = sink;
  }

  /** Whether the head has come. */
  get isInBody(): boolean {
    return this.#isInBody;
  }

  read(bytes: Buffer): void {
    let rest = this.#rest.length === 0 ? bytes : Buffer.concat([this.#rest, bytes]);
    for (let used = -1; used !== 0 && rest.length > 0; rest = rest.subarray(used)) used = this.#step(rest);
    this.#rest = rest;
  }

  /** Takes what can be taken of the bytes, and says how many they were. */
  #step(bytes: Buffer): number {
    if (!this.#isInBody) return this.#readHead(bytes);
    if (this.#isChunked && this.#missing === 0) return this.#readChunkSize(bytes);
    const piece = this.#isChunked ? bytes.subarray(0, this.#missing) : bytes;
    if (this.#isChunked) this.#missing -= piece.length;
    this.#sink.body(piece);
    return piece.length;
  }

  #readHead(bytes: Buffer): number {
    const end = bytes.indexOf(HEAD_END);
    if (end < 0) return 0;
    const [first = "", ...lines] = bytes.toString("latin1", 0, end).split(LINE_END);
    const status = Number(first.slice(STATUS_AT, STATUS_AT + 3));
    const headers = lines.map(headerOn);
    this.#isInBody = status >= 200;
    this.#isChunked = headers.some(([name, value]) => name === "transfer-encoding" && value === "chunked");
    this.#sink.head(status, headers);
    return end + HEAD_END.length;
  }

  /** A line is empty behind each chunk, and says that the next has no bytes behind the last. */
  #readChunkSize(bytes: Buffer): number {
    const end = bytes.indexOf(LINE_END);
    if (end > 0) this.#missing = Number.parseInt(bytes.toString("latin1", 0, end), 16);
    return end < 0 ? 0 : end + LINE_END.length;
  }
}

function headerOn(line: string): Header {
  const colon = line.indexOf(":");
  return [line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim()];
}
