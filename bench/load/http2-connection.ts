import { connect, type Socket } from "node:net";
import { Answer } from "./connection.ts";

const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";
const END_OF_HEAD = "\r\n\r\n";
const FRAME_HEAD = 9;
const DATA = 0;
const HEADERS = 1;
const SETTINGS = 4;
const WINDOW_UPDATE = 8;
const END_STREAM = 1;
const ACK = 1;
const END_HEADERS = 4;
/** More than all answers to a connection together. */
const WINDOW = 2 ** 31 - 1 - 65_535;
/** Headers that HTTP/2 has no place for, or has others for. */
const LEFT_OUT = new Set(["host", "connection"]);

/** The frames of a request. */
interface Framed {
  readonly text: string;
  readonly frames: Buffer;
  /** Where the frame of its body begins. */
  readonly dataAt: number;
}

/**
 * A connection over HTTP/2 without TLS that carries one request after another. As `Connection` does, it knows as little as it
 * can: frames are put together once for each text of a request, their headers as literals, and of answers only the ends of
 * streams are looked at.
 */
export class Http2Connection {
  readonly #socket: Socket;
  #bytes: Buffer = Buffer.alloc(0);
  #stream = 1;
  #latest: Framed = { text: "", frames: Buffer.alloc(0), dataAt: 0 };
  #resolve: ((answer: Answer) => void) | undefined;
  #reject: (cause: Error) => void = () => {};

  private constructor(port: number, opened: () => void, failed: (cause: Error) => void) {
    this.#socket = connect({ port, host: "127.0.0.1", noDelay: true }, opened);
    this.#socket.write(Buffer.concat([Buffer.from(PREFACE), frame(SETTINGS, 0, 0, Buffer.alloc(0)), windowUpdate()]));
    this.#socket.on("data", (chunk: Buffer) => this.#read(chunk));
    this.#socket.on("error", (cause) => {
      failed(cause);
      this.#reject(cause);
    });
    this.#socket.on("close", () => this.#reject(new Error("The connection was closed.")));
  }

  static open(port: number): Promise<Http2Connection> {
    return new Promise((resolve, reject) => {
      const connection: Http2Connection = new Http2Connection(port, () => resolve(connection), reject);
    });
  }

  /** Sends a request, given as the text of HTTP/1.1, and waits for its answer, whatever its status. */
  exchange(request: string): Promise<Answer> {
    return new Promise((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
      if (this.#latest.text !== request) this.#latest = framesOf(request);
      const { frames, dataAt } = this.#latest;
      const bytes = Buffer.from(frames);
      bytes.writeUInt32BE(this.#stream, 5);
      bytes.writeUInt32BE(this.#stream, dataAt + 5);
      this.#stream += 2;
      this.#socket.write(bytes);
    });
  }

  close(): void {
    this.#socket.destroy();
  }

  #read(chunk: Buffer): void {
    this.#bytes = this.#bytes.length === 0 ? chunk : Buffer.concat([this.#bytes, chunk]);
    let at = 0;
    while (at + FRAME_HEAD <= this.#bytes.length) {
      const end = at + FRAME_HEAD + this.#bytes.readUIntBE(at, 3);
      if (end > this.#bytes.length) break;
      this.#hear(this.#bytes[at + 3]!, this.#bytes[at + 4]!, this.#bytes.subarray(at + FRAME_HEAD, end));
      at = end;
    }
    this.#bytes = this.#bytes.subarray(at);
  }

  #hear(type: number, flags: number, body: Buffer): void {
    if (type === SETTINGS && (flags & ACK) === 0) this.#socket.write(frame(SETTINGS, ACK, 0, Buffer.alloc(0)));
    if ((type !== DATA && type !== HEADERS) || (flags & END_STREAM) === 0) return;
    this.#resolve?.(new Answer("", body));
  }
}

function frame(type: number, flags: number, stream: number, body: Buffer): Buffer {
  const head = Buffer.alloc(FRAME_HEAD);
  head.writeUIntBE(body.length, 0, 3);
  head[3] = type;
  head[4] = flags;
  head.writeUInt32BE(stream, 5);
  return Buffer.concat([head, body]);
}

function windowUpdate(): Buffer {
  const body = Buffer.alloc(4);
  body.writeUInt32BE(WINDOW);
  return frame(WINDOW_UPDATE, 0, 0, body);
}

function framesOf(request: string): Framed {
  const headEnd = request.indexOf(END_OF_HEAD);
  const [start = "", ...lines] = request.slice(0, headEnd).split("\r\n");
  const headers = lines.map((line) => line.split(/: (.*)/s, 2) as [string, string]);
  const authority = headers.find(([name]) => name === "host")?.[1] ?? "";
  const pseudo = [
    [":method", "POST"],
    [":scheme", "http"],
    [":path", start.split(" ")[1]!],
    [":authority", authority],
  ] as const;
  const fields = [...pseudo, ...headers.filter(([name]) => !LEFT_OUT.has(name))].map(literal);
  const head = frame(HEADERS, END_HEADERS, 0, Buffer.concat(fields));
  const data = frame(DATA, END_STREAM, 0, Buffer.from(request.slice(headEnd + END_OF_HEAD.length), "latin1"));
  return { text: request, frames: Buffer.concat([head, data]), dataAt: head.length };
}

/** A header field in full. RFC 7541 §6.2.2 */
function literal([name, value]: readonly [string, string]): Buffer {
  return Buffer.concat([Buffer.from([0]), text(name), text(value)]);
}

function text(value: string): Buffer {
  const bytes = Buffer.from(value, "latin1");
  if (bytes.length < 127) return Buffer.concat([Buffer.from([bytes.length]), bytes]);
  const size = [127];
  let rest = bytes.length - 127;
  for (; rest >= 128; rest >>= 7) size.push((rest & 127) | 128);
  return Buffer.concat([Buffer.from([...size, rest]), bytes]);
}
