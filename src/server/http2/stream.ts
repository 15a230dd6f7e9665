import type { Carrier } from "../http/reply.ts";
import type { ErrorCode } from "./frame/frame.ts";
import type { Left, Outgoing } from "./send/outgoing.ts";
import { Outlet } from "./send/outlet.ts";
import type { Sender } from "./send/sender.ts";

/** Who takes the body of a request. */
export interface BodyTaker {
  takePiece(piece: Buffer): void;
  /** All of it has come. */
  takeEnd(): void;
  /** Nothing more comes, and nobody waits for an answer. */
  abandon(): void;
}

/** The connection that a stream is on. */
export interface StreamHost {
  readonly out: Outgoing;
  readonly sender: Sender;
  /** Whether nothing of what was written last may have reached the client; Node tells of that as if it had. */
  readonly isGone: boolean;
  /** All of the answer is on its way. */
  answered(stream: Http2Stream): void;
  /** Ends the stream and tells the client why. */
  reset(stream: Http2Stream, code: ErrorCode): void;
  /** Lets the client send so much more of the body. */
  widen(stream: Http2Stream, bytes: number): void;
  /** Ends the connection without a word, once what was written has left. */
  disconnect(): void;
}

/** One request and its answer on a connection with many. RFC 9113 §5 */
export class Http2Stream implements Carrier {
  readonly id: number;
  readonly #host: StreamHost;
  readonly outlet: Outlet;
  /** How much the client may still send. */
  window: number;
  /** How long the body is said to be, and how much has come. */
  readonly length: number | undefined;
  received = 0;
  /** Whether all of the request has come. */
  isWhole = false;
  #taker: BodyTaker | undefined;
  #hasHead = false;
  #isClosed = false;
  #onClose: (() => void)[] | undefined;

  constructor(id: number, host: StreamHost, { window, sendWindow, length }: StreamStart) {
    this.id = id;
    this.#host = host;
    this.window = window;
    this.outlet = new Outlet(id, sendWindow);
    this.length = length;
  }

  get destroyed(): boolean {
    return this.#isClosed;
  }

  /** Whether an answer has begun. */
  get hasHead(): boolean {
    return this.#hasHead;
  }

  /** Whether an answer waits for nothing but the client. */
  get isStuck(): boolean {
    return this.outlet.bytes > 0;
  }

  once(_event: "close", listener: () => void): void {
    if (this.#onClose === undefined) this.#onClose = [listener];
    else this.#onClose.push(listener);
  }

  off(_event: "close", listener: () => void): void {
    const at = this.#onClose?.indexOf(listener) ?? -1;
    if (at >= 0) this.#onClose?.splice(at, 1);
  }

  /** Has the body of the request taken. */
  give(taker: BodyTaker): void {
    this.#taker = taker;
  }

  take(piece: Buffer): void {
    this.#taker?.takePiece(piece);
  }

  takeEnd(): void {
    this.isWhole = true;
    this.#taker?.takeEnd();
  }

  /** Lets the client send so much more. */
  widen(bytes: number): void {
    if (!this.isWhole && !this.#isClosed) this.#host.widen(this, bytes);
  }

  /** Sends what comes before the answer, or the head of the answer, or all of an answer without a body. */
  sendHead(block: string, isLast: boolean, left?: () => void): void {
    if (this.#isClosed) return;
    this.#hasHead = true;
    this.#host.sender.sendHead(this.id, block, isLast, isLast ? this.#heard(left) : undefined);
    if (isLast) this.#host.answered(this);
  }

  /** Sends the next piece of the body. Resolves, or is nothing, when the client has taken it. */
  send(piece: Uint8Array): Promise<void> | undefined {
    if (this.#isClosed) return undefined;
    const { outlet } = this;
    this.#host.sender.send(outlet, piece);
    if (outlet.bytes === 0) return undefined;
    return new Promise((resolve) => {
      outlet.onEmpty = resolve;
    });
  }

  /** Sends a body that is short and whole, an octet a character. */
  sendText(octets: string, left?: () => void): void {
    if (this.#isClosed) return;
    this.#host.sender.sendText(this.outlet, octets, this.#heard(left));
    this.#whenEmpty();
  }

  /** Sends the last piece of the body, which may be empty. */
  sendLast(piece: Uint8Array, left?: () => void): void {
    if (this.#isClosed) return;
    this.#host.sender.sendLast(this.outlet, piece, this.#heard(left));
    this.#whenEmpty();
  }

  /** Ends the stream in the middle. */
  reset(code: ErrorCode): void {
    if (!this.#isClosed) this.#host.reset(this, code);
  }

  /** The whole connection ends, with all that is under way on it. */
  disconnect(): void {
    this.#host.disconnect();
  }

  /** The client has reset the stream, or the connection is gone. */
  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#host.sender.forget(this.outlet);
    const listeners = this.#onClose;
    this.#onClose = undefined;
    this.#taker?.abandon();
    for (const listener of listeners ?? []) listener();
  }

  #whenEmpty(): void {
    const { outlet } = this;
    if (outlet.bytes === 0) this.#host.answered(this);
    else {
      outlet.onEmpty = () => {
        if (!this.#isClosed) this.#host.answered(this);
      };
    }
  }

  /** What does not leave any more has nobody who waits for it. */
  #heard(left: (() => void) | undefined): Left | undefined {
    return left && ((error) => (error || this.#host.isGone ? this.close() : left()));
  }
}

/** What a stream begins with. */
interface StreamStart {
  readonly window: number;
  readonly sendWindow: number;
  readonly length: number | undefined;
}
