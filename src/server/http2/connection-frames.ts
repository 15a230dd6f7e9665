import type { Clock } from "../../kernel/time/clock.ts";
import { Allowance } from "./allowance.ts";
import { ConnectionError, ErrorCode, Flag, FrameType, MAX_WINDOW_BYTES } from "./frame/frame.ts";
import type { FrameSink } from "./frame/frame-reader.ts";
import { pingAck, settingsAck, windowUpdateFrame } from "./frame/frame-text.ts";
import { HeaderBlock } from "./frame/header-block.ts";
import { readSettings } from "./frame/peer-settings.ts";
import { CHORES, CONNECTION_WINDOW_BYTES } from "./limits.ts";
import type { Outgoing } from "./send/outgoing.ts";
import type { Sender } from "./send/sender.ts";
import type { Streams } from "./streams.ts";

const STREAM_ID = 0x7fffffff;
const PRIORITY_BYTES = 5;

interface ConnectionFramesDeps {
  readonly out: Outgoing;
  readonly sender: Sender;
  readonly streams: Streams;
  readonly clock: Clock;
}

/** Holds the frames of a connection against what they have to be, and has done what they say. RFC 9113 §6 */
export class ConnectionFrames implements FrameSink {
  readonly #out: Outgoing;
  readonly #sender: Sender;
  readonly #streams: Streams;
  readonly #chores: Allowance;
  /** A block of headers that is still to come whole. */
  #block: HeaderBlock | undefined;
  /** How much the client may still send of all bodies together. */
  #window = CONNECTION_WINDOW_BYTES;
  /** Whether the client has sent its settings, which come first. RFC 9113 §3.4 */
  #hasSettings = false;
  #isOver = false;

  constructor({ out, sender, streams, clock }: ConnectionFramesDeps) {
    this.#out = out;
    this.#sender = sender;
    this.#streams = streams;
    this.#chores = new Allowance(clock, CHORES);
  }

  /** Whether a block of headers has come in part. */
  get isInBlock(): boolean {
    return this.#block !== undefined;
  }

  /** What follows is not looked at any more. */
  stop(): void {
    this.#isOver = true;
  }

  take(type: number, flags: number, streamId: number, payload: Buffer): void {
    if (this.#isOver) return;
    this.#checkTurn(type, streamId);
    if (type === FrameType.DATA) this.#takePadded(streamId, payload, flags);
    else if (type === FrameType.HEADERS) this.#takeHeaders(streamId, payload, flags);
    else if (type === FrameType.CONTINUATION) this.#takeContinuation(payload, flags);
    else if (type === FrameType.PRIORITY) this.#takePriority(streamId, payload);
    else if (type === FrameType.RST_STREAM) this.#takeReset(streamId, payload);
    else if (type === FrameType.WINDOW_UPDATE) this.#takeWindowUpdate(streamId, payload);
    else this.#takeOther(type, flags, streamId, payload);
  }

  takeData(streamId: number, piece: Buffer, flags: number): void {
    if (this.#isOver) return;
    this.#checkTurn(FrameType.DATA, streamId);
    this.#takeBody(streamId, piece, piece.length, (flags & Flag.END_STREAM) !== 0);
  }

  /** Whether such a frame may come now, and on a stream or none. */
  #checkTurn(type: number, streamId: number): void {
    if (!this.#hasSettings && type !== FrameType.SETTINGS) throw protocolError("a frame before SETTINGS");
    const { streamId: expected } = this.#block ?? {};
    if (
      expected !== undefined
        ? type !== FrameType.CONTINUATION || streamId !== expected
        : type === FrameType.CONTINUATION
    ) {
      throw protocolError(expected === undefined ? "CONTINUATION of nothing" : "a frame within a block of headers");
    }
    if (type === FrameType.WINDOW_UPDATE || type > FrameType.CONTINUATION) return;
    const isOfConnection = type === FrameType.SETTINGS || type === FrameType.PING || type === FrameType.GOAWAY;
    if (isOfConnection !== (streamId === 0)) throw protocolError(`a frame of type ${type} on stream ${streamId}`);
  }

  #takePadded(streamId: number, payload: Buffer, flags: number): void {
    this.#takeBody(streamId, withoutPadding(payload), payload.length, (flags & Flag.END_STREAM) !== 0);
  }

  #takeBody(streamId: number, piece: Buffer, flowBytes: number, isLast: boolean): void {
    if (piece.length === 0 && !isLast) this.#chore();
    this.#window -= flowBytes;
    if (this.#window < 0) throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, "more than its window");
    if (this.#window < CONNECTION_WINDOW_BYTES / 2) {
      this.#out.text(windowUpdateFrame(0, CONNECTION_WINDOW_BYTES - this.#window));
      this.#window = CONNECTION_WINDOW_BYTES;
    }
    this.#streams.takeData(streamId, piece, { isLast, flowBytes });
  }

  #takeHeaders(streamId: number, payload: Buffer, flags: number): void {
    let block = (flags & Flag.PADDED) === 0 ? payload : withoutPadding(payload);
    let isOwnParent = false;
    if ((flags & Flag.PRIORITY) !== 0) {
      if (block.length < PRIORITY_BYTES) throw sizeError("HEADERS");
      isOwnParent = (block.readUInt32BE(0) & STREAM_ID) === streamId;
      block = block.subarray(PRIORITY_BYTES);
    }
    const info = { isLast: (flags & Flag.END_STREAM) !== 0, isOwnParent };
    if ((flags & Flag.END_HEADERS) === 0) this.#block = new HeaderBlock(streamId, info, block);
    else this.#streams.takeHeaders(streamId, block, info);
  }

  #takeContinuation(payload: Buffer, flags: number): void {
    const block = this.#block;
    block?.add(payload);
    if (block === undefined || (flags & Flag.END_HEADERS) === 0) return;
    this.#block = undefined;
    this.#streams.takeHeaders(block.streamId, block.whole(), block.info);
  }

  /** Priorities are given up; what is wrong with one is still told. RFC 9113 §5.3.2, RFC 7540 §5.3.1 */
  #takePriority(streamId: number, payload: Buffer): void {
    this.#chore();
    if (payload.length !== PRIORITY_BYTES) this.#streams.refuseFrame(streamId, ErrorCode.FRAME_SIZE_ERROR);
    else if ((payload.readUInt32BE(0) & STREAM_ID) === streamId) {
      this.#streams.refuseFrame(streamId, ErrorCode.PROTOCOL_ERROR);
    }
  }

  #takeReset(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw sizeError("RST_STREAM");
    this.#streams.takeReset(streamId);
  }

  #takeWindowUpdate(streamId: number, payload: Buffer): void {
    if (payload.length !== 4) throw sizeError("WINDOW_UPDATE");
    const bytes = payload.readUInt32BE(0) & STREAM_ID;
    if (streamId !== 0) return this.#streams.takeWindowUpdate(streamId, bytes);
    if (bytes === 0) throw protocolError("WINDOW_UPDATE by 0");
    if (this.#sender.widen(bytes)) return;
    throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, `a window beyond ${MAX_WINDOW_BYTES}`);
  }

  /** Clients are not waited for when they go away, and what is of a type that nobody knows is passed over. RFC 9113 §4.1 */
  #takeOther(type: number, flags: number, streamId: number, payload: Buffer): void {
    this.#chore();
    if (type === FrameType.SETTINGS) this.#takeSettings(payload, (flags & Flag.ACK) !== 0);
    else if (type === FrameType.PING) this.#takePing(payload, (flags & Flag.ACK) !== 0);
    else if (type === FrameType.PUSH_PROMISE) throw protocolError(`PUSH_PROMISE on stream ${streamId}`);
    else if (type === FrameType.GOAWAY && payload.length < 8) throw sizeError("GOAWAY");
  }

  #takeSettings(payload: Buffer, isAck: boolean): void {
    if (isAck && payload.length > 0) throw sizeError("SETTINGS with ACK");
    if (isAck) return;
    const { initialWindow, maxFrameBytes, headerTableBytes } = readSettings(payload);
    this.#hasSettings = true;
    if (headerTableBytes !== undefined) this.#sender.setHeaderTable(headerTableBytes);
    if (maxFrameBytes !== undefined) this.#sender.setMaxFrame(maxFrameBytes);
    this.#out.text(settingsAck);
    if (initialWindow !== undefined) this.#streams.setSendWindow(initialWindow);
  }

  #takePing(payload: Buffer, isAck: boolean): void {
    if (payload.length !== 8) throw sizeError("PING");
    if (!isAck) this.#out.text(pingAck(payload));
  }

  #chore(): void {
    if (!this.#chores.take()) throw new ConnectionError(ErrorCode.ENHANCE_YOUR_CALM, "too much that is no request");
  }
}

/** What is between the length of the padding and the padding. RFC 9113 §6.1 */
function withoutPadding(payload: Buffer): Buffer {
  const padding = payload[0];
  if (padding === undefined) throw sizeError("a padded frame");
  if (padding >= payload.length) throw protocolError("more padding than frame");
  return payload.subarray(1, payload.length - padding);
}

function protocolError(what: string): ConnectionError {
  return new ConnectionError(ErrorCode.PROTOCOL_ERROR, what);
}

function sizeError(what: string): ConnectionError {
  return new ConnectionError(ErrorCode.FRAME_SIZE_ERROR, `${what} of a length that it cannot have`);
}
