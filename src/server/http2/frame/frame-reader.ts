import { ConnectionError, ErrorCode, Flag, FrameType, USUAL_FRAME_BYTES } from "./frame.ts";

const HEAD_BYTES = 9;
const STREAM_ID = 0x7fffffff;

/** Who takes frames, in their order. */
export interface FrameSink {
  /** A frame that is whole. */
  take(type: number, flags: number, streamId: number, payload: Buffer): void;
  /** A piece of the payload of a DATA frame without padding, as it comes; the last has the frame's flags, those before it none. */
  takeData(streamId: number, piece: Buffer, flags: number): void;
}

/** Cuts what comes on a connection into frames. It keeps no more than part of one, and copies only what comes in parts. RFC 9113 §4.1 */
export class FrameReader {
  readonly #sink: FrameSink;
  /** A head that has come in part. */
  readonly #head = Buffer.alloc(HEAD_BYTES);
  #headBytes = 0;
  #isInFrame = false;
  #type = 0;
  #flags = 0;
  #streamId = 0;
  /** How much is still to come of the payload. */
  #missing = 0;
  /** A payload that comes in parts, and how much of it has. */
  #gathered: Buffer | undefined;
  #frames = 0;

  constructor(sink: FrameSink) {
    this.#sink = sink;
  }

  /** Whether a frame has come in part. */
  get isInFrame(): boolean {
    return this.#isInFrame || this.#headBytes > 0;
  }

  /** How many frames have begun so far. */
  get frames(): number {
    return this.#frames;
  }

  /**
   * Reads all of it, or up to the end of a frame after which it `isEnough`, and says how many bytes that were. Throws a ConnectionError
   * when there is a frame longer than any that we take.
   */
  read(chunk: Buffer, isEnough = never): number {
    let at = 0;
    for (;;) {
      if (!this.#isInFrame) at = this.#readHead(chunk, at);
      if (!this.#isInFrame) return at;
      at = this.#readPayload(chunk, at);
      if (this.#isInFrame || isEnough()) return at;
    }
  }

  #readHead(chunk: Buffer, at: number): number {
    if (this.#headBytes === 0 && chunk.length - at >= HEAD_BYTES) {
      this.#begin(chunk, at);
      return at + HEAD_BYTES;
    }
    const taken = chunk.copy(this.#head, this.#headBytes, at);
    this.#headBytes += taken;
    if (this.#headBytes === HEAD_BYTES) {
      this.#headBytes = 0;
      this.#begin(this.#head, 0);
    }
    return at + taken;
  }

  #begin(head: Buffer, at: number): void {
    this.#missing = head.readUIntBE(at, 3);
    this.#type = head[at + 3] ?? 0;
    this.#flags = head[at + 4] ?? 0;
    this.#streamId = head.readUInt32BE(at + 5) & STREAM_ID;
    this.#isInFrame = true;
    this.#frames++;
    if (this.#missing > USUAL_FRAME_BYTES) {
      throw new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, `a frame of ${this.#missing} bytes`);
    }
  }

  #readPayload(chunk: Buffer, at: number): number {
    if (this.#type === FrameType.DATA && (this.#flags & Flag.PADDED) === 0) return this.#readData(chunk, at);
    const end = at + this.#missing;
    if (this.#gathered === undefined && end <= chunk.length) {
      this.#end(chunk.subarray(at, end));
      return end;
    }
    this.#gathered ??= Buffer.allocUnsafeSlow(this.#missing);
    const taken = chunk.copy(this.#gathered, this.#gathered.length - this.#missing, at);
    this.#missing -= taken;
    if (this.#missing === 0) this.#end(this.#gathered);
    return at + taken;
  }

  #end(payload: Buffer): void {
    this.#isInFrame = false;
    this.#gathered = undefined;
    this.#sink.take(this.#type, this.#flags, this.#streamId, payload);
  }

  #readData(chunk: Buffer, at: number): number {
    const end = Math.min(at + this.#missing, chunk.length);
    this.#missing -= end - at;
    const isLast = this.#missing === 0;
    if (isLast) this.#isInFrame = false;
    if (isLast || end > at) this.#sink.takeData(this.#streamId, chunk.subarray(at, end), isLast ? this.#flags : 0);
    return end;
  }
}

function never(): boolean {
  return false;
}
