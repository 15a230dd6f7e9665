import { ConnectionError, ErrorCode, MAX_WINDOW_BYTES, USUAL_WINDOW_BYTES } from "./frame/frame.ts";
import { resetFrame, windowUpdateFrame } from "./frame/frame-text.ts";
import type { HeadersInfo } from "./frame/header-block.ts";
import type { HeaderDecoder } from "./hpack/decoder.ts";
import { MAX_STREAMS, STREAM_WINDOW_BYTES } from "./limits.ts";
import { RequestHead, Trailers } from "./request-head.ts";
import { Http2Stream, type StreamHost } from "./stream.ts";

/** Streams that we have ended of late, of which the client may not know yet. */
const MAX_CUT = 1000;
/** Streams that were over of late, so that whoever goes on with one is told that. */
const MAX_OVER = 128;

interface StreamsDeps {
  readonly host: StreamHost;
  readonly decoder: HeaderDecoder;
  /** Has a request served, whose body is still to come unless the stream is whole. */
  readonly serve: (stream: Http2Stream, head: RequestHead) => void;
  /** Hears of a stream that ends by an error of the client's, or because it does not want it any more. */
  readonly cancelled: () => void;
}

/** The streams of a connection: which there are, and what frames do to them. RFC 9113 §5.1 */
export class Streams {
  readonly #deps: StreamsDeps;
  readonly #open = new Map<number, Http2Stream>();
  /** Those that ended before the client could know: what it has sent meanwhile is dropped. */
  readonly #cut = new Set<number>();
  /** Those that came to their end, in the place of those before them. */
  readonly #over = new Int32Array(MAX_OVER);
  #nextOver = 0;
  #lastId = 0;
  #isLeaving = false;
  /** What the client takes of each body to begin with. */
  #sendWindow = USUAL_WINDOW_BYTES;

  constructor(deps: StreamsDeps) {
    this.#deps = deps;
  }

  /** The last that was served. */
  get lastId(): number {
    return this.#lastId;
  }

  get size(): number {
    return this.#open.size;
  }

  /** Whether no request is under way, or none that waits for anything but its client to take the answer. */
  get isIdle(): boolean {
    for (const stream of this.#open.values()) if (!stream.isStuck) return false;
    return true;
  }

  /** No more streams are opened. */
  leave(): void {
    this.#isLeaving = true;
  }

  /** A block of headers that has come whole: the head of a request, or what comes behind its body. */
  takeHeaders(id: number, block: Buffer, { isLast, isOwnParent }: HeadersInfo): void {
    const stream = this.#open.get(id);
    if (stream !== undefined) return this.#takeTrailers(stream, block, isLast);
    const head = new RequestHead();
    this.#deps.decoder.decode(block, head);
    if (this.#cut.has(id)) return;
    if (id % 2 === 0 || id <= this.#lastId) throw this.#wrongId(id, "HEADERS");
    this.#lastId = id;
    if (this.#isLeaving || this.#open.size >= MAX_STREAMS) this.#sendReset(id, ErrorCode.REFUSED_STREAM);
    else if (isOwnParent || (head.isMalformed && !head.isTooLarge)) {
      this.#deps.cancelled();
      this.#sendReset(id, ErrorCode.PROTOCOL_ERROR);
    } else this.#begin(id, head, isLast);
  }

  /** A piece of a body; `flowBytes` is what it counts for, padding included. */
  takeData(
    id: number,
    piece: Buffer,
    { isLast, flowBytes }: { readonly isLast: boolean; readonly flowBytes: number },
  ): void {
    const stream = this.#open.get(id);
    if (stream === undefined || stream.isWhole) return this.#refuseData(id, stream);
    stream.window -= flowBytes;
    stream.received += piece.length;
    const { length } = stream;
    if (stream.window < 0) this.#refuse(stream, ErrorCode.FLOW_CONTROL_ERROR);
    else if (length !== undefined && (stream.received > length || (isLast && stream.received < length))) {
      this.#refuse(stream, ErrorCode.PROTOCOL_ERROR);
    } else {
      if (flowBytes > piece.length && !isLast) stream.widen(flowBytes - piece.length);
      stream.take(piece);
      if (isLast) stream.takeEnd();
    }
  }

  /** The client does not want the stream any more. */
  takeReset(id: number): void {
    if (id > this.#lastId) throw this.#wrongId(id, "RST_STREAM");
    this.#deps.cancelled();
    const stream = this.#open.get(id);
    if (stream === undefined) return;
    this.#forget(stream);
    stream.close();
  }

  /** The client takes more of an answer. */
  takeWindowUpdate(id: number, bytes: number): void {
    if (id > this.#lastId) throw this.#wrongId(id, "WINDOW_UPDATE");
    const stream = this.#open.get(id);
    if (stream === undefined) return;
    if (bytes === 0) this.#refuse(stream, ErrorCode.PROTOCOL_ERROR);
    else if (!this.#deps.host.sender.widenOne(stream.outlet, bytes)) this.#refuse(stream, ErrorCode.FLOW_CONTROL_ERROR);
  }

  /** Ends a stream, also one that has not begun, because a frame about it is not as it has to be. */
  refuseFrame(id: number, code: ErrorCode): void {
    const stream = this.#open.get(id);
    if (stream !== undefined) return this.#refuse(stream, code);
    this.#deps.cancelled();
    this.#sendReset(id, code);
  }

  /** The client takes so much of each body to begin with; of those under way the difference. RFC 9113 §6.9.2 */
  setSendWindow(bytes: number): void {
    const more = bytes - this.#sendWindow;
    this.#sendWindow = bytes;
    for (const { outlet } of this.#open.values()) {
      if (this.#deps.host.sender.widenOne(outlet, more)) continue;
      throw new ConnectionError(ErrorCode.FLOW_CONTROL_ERROR, `a window beyond ${MAX_WINDOW_BYTES}`);
    }
  }

  /** All of an answer is on its way. What is still to come of its request is of no use. RFC 9113 §8.1 */
  answered(stream: Http2Stream): void {
    if (stream.isWhole) this.#forget(stream);
    else this.#end(stream, ErrorCode.NO_ERROR);
  }

  /** Ends a stream and tells the client why. */
  reset(stream: Http2Stream, code: ErrorCode): void {
    this.#end(stream, code);
    stream.close();
  }

  widen(stream: Http2Stream, bytes: number): void {
    stream.window += bytes;
    this.#deps.host.out.text(windowUpdateFrame(stream.id, bytes));
  }

  /** Nothing more comes or goes on any of them. */
  close(): void {
    const open = [...this.#open.values()];
    this.#open.clear();
    for (const stream of open) stream.close();
  }

  #begin(id: number, head: RequestHead, isLast: boolean): void {
    const { host } = this.#deps;
    const { length } = head;
    const stream = new Http2Stream(id, host, { window: STREAM_WINDOW_BYTES, sendWindow: this.#sendWindow, length });
    this.#open.set(id, stream);
    stream.isWhole = isLast;
    if (isLast && length !== undefined && length > 0) this.#refuse(stream, ErrorCode.PROTOCOL_ERROR);
    else this.#deps.serve(stream, head);
  }

  #takeTrailers(stream: Http2Stream, block: Buffer, isLast: boolean): void {
    const trailers = new Trailers();
    this.#deps.decoder.decode(block, trailers);
    if (stream.isWhole) throw new ConnectionError(ErrorCode.STREAM_CLOSED, "HEADERS on a stream that has ended");
    if (!isLast || trailers.isMalformed || stream.received < (stream.length ?? 0)) {
      this.#refuse(stream, ErrorCode.PROTOCOL_ERROR);
    } else stream.takeEnd();
  }

  #refuseData(id: number, stream: Http2Stream | undefined): void {
    if (id > this.#lastId || id % 2 === 0) throw this.#wrongId(id, "DATA");
    if (stream !== undefined) this.#refuse(stream, ErrorCode.STREAM_CLOSED);
    else if (!this.#cut.has(id)) throw new ConnectionError(ErrorCode.STREAM_CLOSED, "DATA on a stream that has ended");
  }

  /** Ends a stream for what the client did. */
  #refuse(stream: Http2Stream, code: ErrorCode): void {
    this.#deps.cancelled();
    this.reset(stream, code);
  }

  #end(stream: Http2Stream, code: ErrorCode): void {
    this.#forget(stream);
    this.#sendReset(stream.id, code);
  }

  #sendReset(id: number, code: ErrorCode): void {
    this.#cut.add(id);
    if (this.#cut.size > MAX_CUT) this.#cut.delete(this.#cut.values().next().value ?? 0);
    this.#deps.host.out.text(resetFrame(id, code));
  }

  #forget(stream: Http2Stream): void {
    if (!this.#open.delete(stream.id)) return;
    this.#over[this.#nextOver] = stream.id;
    this.#nextOver = (this.#nextOver + 1) % MAX_OVER;
  }

  #wrongId(id: number, what: string): ConnectionError {
    const isOver = this.#over.includes(id);
    return new ConnectionError(
      isOver ? ErrorCode.STREAM_CLOSED : ErrorCode.PROTOCOL_ERROR,
      `${what} on a stream that ${isOver ? "has ended" : "cannot be"}`,
    );
  }
}
