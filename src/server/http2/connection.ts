import type { Socket } from "node:net";
import type { Clock } from "../../kernel/time/clock.ts";
import { nextTurn } from "../../kernel/time/system-clock.ts";
import type { Beginner } from "../http/slow-requests.ts";
import type { Logger } from "../log.ts";
import { Allowance } from "./allowance.ts";
import { ConnectionFrames } from "./connection-frames.ts";
import { ConnectionError, ErrorCode, nameOfError, Setting, USUAL_WINDOW_BYTES } from "./frame/frame.ts";
import { FrameReader } from "./frame/frame-reader.ts";
import { goAwayFrame, settingsFrame, windowUpdateFrame } from "./frame/frame-text.ts";
import { HeaderDecoder } from "./hpack/decoder.ts";
import {
  CANCELS,
  CONNECTION_WINDOW_BYTES,
  MAX_HEAD_BYTES,
  MAX_STREAMS,
  REQUESTS_PER_TURN,
  STREAM_WINDOW_BYTES,
} from "./limits.ts";
import { Requests, type RequestsDeps } from "./requests.ts";
import { Outgoing } from "./send/outgoing.ts";
import { Sender } from "./send/sender.ts";
import type { Http2Stream, StreamHost } from "./stream.ts";
import { Streams } from "./streams.ts";

export interface Http2ConnectionDeps extends RequestsDeps {
  readonly clock: Clock;
  readonly log: Logger;
  /** How long a connection may be idle. */
  readonly patienceMs: number;
  /** Hears that the connection has ended. */
  readonly onClose: (connection: Http2Connection) => void;
}

/** What clients say first. RFC 9113 §3.4 */
const PREFACE = Buffer.from("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", "latin1");

const GREETING =
  settingsFrame([
    [Setting.MAX_CONCURRENT_STREAMS, MAX_STREAMS],
    [Setting.INITIAL_WINDOW_SIZE, STREAM_WINDOW_BYTES],
    [Setting.MAX_HEADER_LIST_SIZE, MAX_HEAD_BYTES],
  ]) + windowUpdateFrame(0, CONNECTION_WINDOW_BYTES - USUAL_WINDOW_BYTES);

/** A connection on which HTTP/2 is spoken. RFC 9113 */
export class Http2Connection implements StreamHost, Beginner {
  /** One is watched in the middle of a frame or a block of headers. */
  readonly hasHead = false;
  readonly out: Outgoing;
  readonly sender: Sender;
  readonly #socket: Socket;
  readonly #deps: Http2ConnectionDeps;
  readonly #requests: Requests;
  readonly #streams: Streams;
  readonly #cancels: Allowance;
  readonly #frames: ConnectionFrames;
  readonly #reader: FrameReader;
  #prefaceBytes = 0;
  /** How many frames had begun when it was looked last whether one does not end. */
  #seenFrames = 0;
  #isWatched = false;
  #isLeaving = false;
  #isOver = false;
  /** Whether others have their turn before the rest is read of what came together. */
  #isResting = false;

  constructor(socket: Socket, deps: Http2ConnectionDeps) {
    this.#socket = socket;
    this.#deps = deps;
    this.out = new Outgoing(socket);
    this.sender = new Sender(this.out);
    this.#requests = new Requests(deps, socket, this.sender);
    this.#cancels = new Allowance(deps.clock, CANCELS);
    this.#streams = new Streams({
      host: this,
      decoder: new HeaderDecoder(),
      serve: (stream, head) => this.#requests.serve(stream, head),
      cancelled: () => this.#cancelled(),
    });
    this.#frames = new ConnectionFrames({
      out: this.out,
      sender: this.sender,
      streams: this.#streams,
      clock: deps.clock,
    });
    this.#reader = new FrameReader(this.#frames);
    socket.on("error", () => socket.destroy());
    socket.on("data", (chunk: Buffer) => this.#read(chunk)).on("drain", () => this.#goOn());
    socket.on("close", () => this.#end());
    socket.on("timeout", () => this.#tire()).setTimeout(deps.patienceMs);
    this.out.text(GREETING);
  }

  get isGone(): boolean {
    return this.#socket.destroyed;
  }

  answered(stream: Http2Stream): void {
    this.#streams.answered(stream);
    this.#leaveWhenDone();
  }

  reset(stream: Http2Stream, code: ErrorCode): void {
    this.#streams.reset(stream, code);
    this.#leaveWhenDone();
  }

  widen(stream: Http2Stream, bytes: number): void {
    this.#streams.widen(stream, bytes);
  }

  disconnect(): void {
    this.#hangUp("");
  }

  tooSlow(): void {
    this.#fail(
      new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "a frame or a block of headers that does not come whole"),
    );
  }

  /** Takes no more requests, and ends once those under way are answered. */
  close(): void {
    if (this.#isOver || this.#isLeaving) return;
    this.#isLeaving = true;
    this.#streams.leave();
    this.out.text(goAwayFrame(this.#streams.lastId, ErrorCode.NO_ERROR));
    this.#leaveWhenDone();
  }

  #read(chunk: Buffer): void {
    if (this.#isOver) return;
    this.out.hold();
    try {
      const frames = this.#prefaceBytes === PREFACE.length ? chunk : this.#readPreface(chunk);
      if (frames.length > 0) this.#readFrames(frames);
      this.#requests.endTurn();
    } catch (cause) {
      this.#fail(cause);
    }
    this.out.flush();
    this.#watch();
    if (this.out.isOverfull) this.#socket.pause();
  }

  /** Requests that come together are begun in several turns when there are many. */
  #readFrames(frames: Buffer): void {
    const lastOfTurn = this.#streams.lastId + 2 * REQUESTS_PER_TURN;
    const read = this.#reader.read(frames, () => this.#streams.lastId > lastOfTurn);
    if (read === frames.length) return;
    this.#isResting = true;
    this.#socket.pause();
    void nextTurn().then(() => {
      this.#isResting = false;
      this.#read(frames.subarray(read));
      this.#resume();
    });
  }

  #resume(): void {
    if (!this.#isResting && !this.out.isOverfull) this.#socket.resume();
  }

  /** Takes what belongs to the preface, and gives back what does not. */
  #readPreface(chunk: Buffer): Buffer {
    const expected = PREFACE.subarray(this.#prefaceBytes, this.#prefaceBytes + chunk.length);
    if (!chunk.subarray(0, expected.length).equals(expected)) {
      throw new ConnectionError(ErrorCode.PROTOCOL_ERROR, "something else than HTTP/2");
    }
    this.#prefaceBytes += expected.length;
    return chunk.subarray(expected.length);
  }

  /** The client has taken what was written. */
  #goOn(): void {
    this.out.hold();
    this.sender.goOn();
    this.#requests.endTurn();
    this.out.flush();
    this.#resume();
  }

  /** Whoever has begun a frame or a block of headers has so long to finish it. */
  #watch(): void {
    const { frames, isInFrame } = this.#reader;
    const { isInBlock } = this.#frames;
    if (this.#isWatched && !isInBlock && frames !== this.#seenFrames) {
      this.#isWatched = false;
      this.#deps.slow.over(this);
    }
    this.#seenFrames = frames;
    if (this.#isWatched || this.#isOver || !(isInFrame || isInBlock)) return;
    this.#isWatched = true;
    this.#deps.slow.begun(this);
  }

  #cancelled(): void {
    if (this.#cancels.take()) return;
    throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "requests cancelled as fast as they are sent");
  }

  /** Ends the connection and tells the client why; requests under way are lost. RFC 9113 §5.4.1 */
  #fail(cause: unknown): void {
    if (this.#isOver) return;
    const { log } = this.#deps;
    const error = cause instanceof ConnectionError ? cause : new ConnectionError(ErrorCode.INTERNAL_ERROR, "");
    if (error === cause)
      log.log("info", { errorCode: nameOfError(error.code) }, `HTTP/2 connection ended: ${error.message}`);
    else log.log("error", { err: cause }, "HTTP/2 connection ended");
    this.#hangUp(goAwayFrame(this.#streams.lastId, error.code, error.message));
  }

  #hangUp(lastWords: string): void {
    if (this.#isOver) return;
    this.out.text(lastWords);
    this.out.flush();
    this.#end();
    this.#socket.end(() => this.#socket.destroy());
  }

  /** A connection is not idle while a request is under way, be it a subscription that has nothing to tell. */
  #tire(): void {
    if (!this.#streams.isIdle && !this.#requests.isHolding) return;
    this.#hangUp(goAwayFrame(this.#streams.lastId, ErrorCode.NO_ERROR));
  }

  #leaveWhenDone(): void {
    if (!this.#isLeaving || this.#isOver || this.#streams.size > 0) return;
    this.#isOver = true;
    this.out.flush();
    this.#socket.end();
  }

  #end(): void {
    this.#isOver = true;
    this.#frames.stop();
    this.#deps.slow.over(this);
    this.#streams.close();
    if (this.#socket.destroyed) this.#deps.onClose(this);
  }
}
