import type { Socket } from "node:net";
import { Duplex } from "node:stream";
import { ControlledClock } from "../../src/kernel/time/controlled-clock.ts";
import { nextTurn } from "../../src/kernel/time/system-clock.ts";
import type { WireRequest } from "../../src/protocol/protocol.ts";
import type { Exchange } from "../../src/server/exchange.ts";
import { Endpoint } from "../../src/server/http/endpoint.ts";
import { HttpDate } from "../../src/server/http/reply.ts";
import { SlowRequests } from "../../src/server/http/slow-requests.ts";
import { Http2Connection } from "../../src/server/http2/connection.ts";
import { Flag, FrameType } from "../../src/server/http2/frame/frame.ts";
import { frameHead } from "../../src/server/http2/frame/frame-text.ts";
import { HeaderDecoder } from "../../src/server/http2/hpack/decoder.ts";
import { headerField } from "../../src/server/http2/hpack/encoder.ts";
import type { Field } from "../../src/server/http2/hpack/field.ts";
import { type Logger, silentLogger } from "../../src/server/log.ts";
import { anExchange, text } from "./a-server.ts";
import { stillTime } from "./queue.ts";

export const PREFACE = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n";

/** A frame, its payload an octet a character. */
export function frame(type: number, flags: number, streamId: number, payload = ""): string {
  return frameHead(payload.length, type, flags, streamId) + payload;
}

/** Numbers of four octets each. */
export function uint32(...values: readonly number[]): string {
  const bytes = Buffer.alloc(4 * values.length);
  for (const [index, value] of values.entries()) bytes.writeUInt32BE(value, 4 * index);
  return bytes.toString("latin1");
}

/** Settings and their values in turn. */
export function settings(...pairs: readonly (readonly [setting: number, value: number])[]): string {
  const payload = pairs.map(([setting, value]) => `\0${String.fromCharCode(setting)}${uint32(value)}`).join("");
  return frame(FrameType.SETTINGS, 0, 0, payload);
}

/** The block of a POST that SDKs send, with more headers, or others. */
export function postBlock(headers: Readonly<Record<string, string>>): string {
  const fields = { ":method": "POST", ":scheme": "http", ":path": "/", ":authority": "here", ...headers };
  return Object.entries(fields)
    .map(([name, value]) => headerField(name, value))
    .join("");
}

/** A whole POST. */
export function post(streamId: number, body: string, headers: Readonly<Record<string, string>> = {}): string {
  const block = postBlock({ "content-length": String(body.length), ...headers });
  if (body === "") return frame(FrameType.HEADERS, Flag.END_HEADERS | Flag.END_STREAM, streamId, block);
  return (
    frame(FrameType.HEADERS, Flag.END_HEADERS, streamId, block) + frame(FrameType.DATA, Flag.END_STREAM, streamId, body)
  );
}

/** What a server has sent. */
export interface Heard {
  readonly type: number;
  readonly flags: number;
  readonly streamId: number;
  readonly payload: string;
  /** Fields of a block, in their order. */
  readonly fields: readonly string[];
}

interface WireWishes {
  readonly answer?: (request: WireRequest, origin: string) => Partial<Exchange>;
  readonly log?: Logger;
  readonly maxBodyBytes?: number;
  /** Takes the connections to node:http. */
  readonly serveHttp1?: (connection: Duplex) => void;
}

/** A client of HTTP/2 that says exactly what it is told to, over a connection in memory, and what it has heard. */
export class Http2Wire extends Duplex {
  readonly clock = new ControlledClock(stillTime);
  readonly connection: Http2Connection;
  readonly heard: Heard[] = [];
  /** Whether what the server writes is taken by nobody. */
  isDeaf = false;
  isClosed = false;
  writes = 0;
  #unread = Buffer.alloc(0);
  /** A block of headers that has come in part. */
  #block = "";
  readonly #decoder = new HeaderDecoder();
  #untaken: (() => void) | undefined;

  constructor({
    answer = echo,
    log = silentLogger,
    maxBodyBytes = 1024 * 1024,
    serveHttp1 = () => {},
  }: WireWishes = {}) {
    super({ allowHalfOpen: false });
    this.clock.freeze();
    const handler = (request: WireRequest, origin: string) => anExchange(answer(request, origin));
    this.on("close", () => {
      this.isClosed = true;
    });
    this.connection = new Http2Connection(this as unknown as Socket, {
      aws: new Endpoint({ handler, clock: this.clock, ids: { uuid: () => "id" } as never, log, maxBodyBytes }),
      date: new HttpDate(this.clock),
      clock: this.clock,
      slow: new SlowRequests(this.clock),
      patienceMs: 75_000,
      log,
      serveHttp1,
      onClose: () => {},
    });
  }

  /** Says something after the preface and settings. */
  static async greeted(wishes: WireWishes = {}, ...pairs: readonly (readonly [setting: number, value: number])[]) {
    const wire = new Http2Wire(wishes);
    await wire.say(PREFACE + settings(...pairs));
    return wire;
  }

  /** Says that, an octet a character, and lets the server have its turn. */
  async say(octets: string): Promise<void> {
    if (!this.destroyed) this.push(Buffer.from(octets, "latin1"));
    await this.turn();
  }

  /** Lets the server have its turn, or as many as it takes for what came together. */
  async turn(): Promise<void> {
    for (let turn = 0; turn < 3; turn++) await nextTurn();
    while (this.isPaused() && !this.isDeaf && !this.destroyed) await nextTurn();
  }

  /** Takes what the server has written, and whatever it writes from now on. */
  async listen(): Promise<void> {
    this.isDeaf = false;
    const taken = this.#untaken;
    this.#untaken = undefined;
    taken?.();
    await this.turn();
  }

  /** The frames of a type that were heard. */
  of(type: number, streamId?: number): readonly Heard[] {
    return this.heard.filter((frame) => frame.type === type && (streamId === undefined || frame.streamId === streamId));
  }

  /** The answer on a stream: its status and as much of its body as was heard. */
  answer(streamId: number): { readonly status: string | undefined; readonly body: string; readonly isWhole: boolean } {
    const status = this.of(FrameType.HEADERS, streamId)[0]?.fields.find((field) => field.startsWith(":status: "));
    const frames = this.heard.filter((frame) => frame.streamId === streamId && frame.type <= FrameType.HEADERS);
    const body = this.of(FrameType.DATA, streamId)
      .map(({ payload }) => payload)
      .join("");
    return { status: status?.slice(9), body, isWhole: ((frames.at(-1)?.flags ?? 0) & Flag.END_STREAM) !== 0 };
  }

  /** The code that the server ended a stream with. */
  resetCode(streamId: number): number | undefined {
    return this.of(FrameType.RST_STREAM, streamId)[0]?.payload.charCodeAt(3);
  }

  /** The code that the server ended the connection with. */
  goAwayCode(): number | undefined {
    return this.of(FrameType.GOAWAY)[0]?.payload.charCodeAt(7);
  }

  setTimeout(): this {
    return this;
  }

  override _read(): void {}

  override _write(chunk: Buffer, _encoding: string, done: () => void): void {
    this.writes++;
    this.#hear(chunk);
    if (this.isDeaf) this.#untaken = done;
    else done();
  }

  /** As a socket does it: who waits for a write hears of it without an error. */
  override _destroy(cause: Error | null, done: (cause: Error | null) => void): void {
    this.#untaken?.();
    done(cause);
  }

  override _writev(chunks: readonly { readonly chunk: Buffer }[], done: () => void): void {
    this._write(Buffer.concat(chunks.map(({ chunk }) => chunk)), "", done);
  }

  #hear(bytes: Buffer): void {
    let rest = Buffer.concat([this.#unread, bytes]);
    while (rest.length >= 9 && rest.length >= 9 + rest.readUIntBE(0, 3)) {
      const end = 9 + rest.readUIntBE(0, 3);
      const payload = rest.toString("latin1", 9, end);
      this.#keep({ type: rest.readUInt8(3), flags: rest.readUInt8(4), streamId: rest.readUInt32BE(5), payload });
      rest = rest.subarray(end);
    }
    this.#unread = rest;
  }

  #keep(frame: Omit<Heard, "fields">): void {
    const fields: string[] = [];
    const isBlock = frame.type === FrameType.HEADERS || frame.type === FrameType.CONTINUATION;
    if (isBlock) this.#block += frame.payload;
    if (isBlock && (frame.flags & Flag.END_HEADERS) !== 0) {
      const add = ({ name, value }: Field) => void fields.push(`${name}: ${value}`);
      this.#decoder.decode(Buffer.from(this.#block, "latin1"), { add });
      this.#block = "";
    }
    this.heard.push({ ...frame, fields });
  }
}

function echo({ path, headers, body }: WireRequest): Partial<Exchange> {
  return { response: text(`${path} ${headers["x-amz-target"]} ${body.toString("latin1")}`) };
}
