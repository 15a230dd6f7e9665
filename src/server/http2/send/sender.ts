import { Flag, FrameType, MAX_WINDOW_BYTES, USUAL_FRAME_BYTES, USUAL_WINDOW_BYTES } from "../frame/frame.ts";
import { frameHead, headersFrames } from "../frame/frame-text.ts";
import type { Left, Outgoing } from "./outgoing.ts";
import type { Outlet } from "./outlet.ts";

/** How large a client's table of fields is until it says otherwise. RFC 9113 §6.5.2 */
const USUAL_TABLE_BYTES = 4096;
/** A change of the table's size, to none. RFC 7541 §6.3 */
const NO_TABLE = "\x20";

/** Sends answers, and of their bodies of answers, as much as the client takes at a time. RFC 9113 §5.2 */
export class Sender {
  readonly #out: Outgoing;
  /** How much the client takes of all bodies together. */
  #window = USUAL_WINDOW_BYTES;
  #maxFrameBytes = USUAL_FRAME_BYTES;
  /** What the next block of fields begins with. */
  #beforeBlock = "";
  /** Bodies that wait for the window of all of them, or for the socket, in the order in which they get their turn. */
  readonly #waiting = new Set<Outlet>();
  #waitingBytes = 0;

  constructor(out: Outgoing) {
    this.#out = out;
  }

  /** How much there is in memory that the client does not take yet. */
  get waitingBytes(): number {
    return this.#waitingBytes;
  }

  /** The longest payload that the client takes. */
  setMaxFrame(bytes: number): void {
    this.#maxFrameBytes = bytes;
  }

  /** The client keeps a table of so many bytes at most of the fields it is sent. We use none, which it has to be told once. RFC 7541 §4.2 */
  setHeaderTable(bytes: number): void {
    if (bytes < USUAL_TABLE_BYTES) this.#beforeBlock = NO_TABLE;
  }

  /** Sends the head of an answer, or something that comes before it. */
  sendHead(streamId: number, block: string, isLast: boolean, left: Left | undefined): void {
    this.#out.text(headersFrames(streamId, this.#beforeBlock + block, isLast, this.#maxFrameBytes), left);
    this.#beforeBlock = "";
  }

  /** Sends a body that is short and all there is, an octet a character. */
  sendText(outlet: Outlet, octets: string, left: Left | undefined): void {
    const { length } = octets;
    if (length > this.#most(outlet) || this.#out.isFull)
      return this.sendLast(outlet, Buffer.from(octets, "latin1"), left);
    this.#window -= length;
    outlet.window -= length;
    outlet.end(left);
    this.#out.text(frameHead(length, FrameType.DATA, Flag.END_STREAM, outlet.streamId) + octets, left);
  }

  /** Sends the last piece of a body, and has it heard when all has left. */
  sendLast(outlet: Outlet, piece: Uint8Array, left: Left | undefined): void {
    outlet.end(left);
    if (outlet.bytes === 0 && piece.length === 0) this.#sendEnd(outlet);
    else this.send(outlet, piece);
  }

  send(outlet: Outlet, piece: Uint8Array): void {
    outlet.add(piece);
    this.#waitingBytes += piece.length;
    this.#pump(outlet);
  }

  /** The client takes so much more of all bodies together. False when it must not say so. RFC 9113 §6.9.1 */
  widen(bytes: number): boolean {
    this.#window += bytes;
    this.goOn();
    return this.#window <= MAX_WINDOW_BYTES;
  }

  /** The client takes so much more, or less, of one body. False when it must not say so. */
  widenOne(outlet: Outlet, bytes: number): boolean {
    outlet.window += bytes;
    if (outlet.bytes > 0) this.#pump(outlet);
    return outlet.window <= MAX_WINDOW_BYTES;
  }

  /** Sends what there is, as far as it goes: who has waited longest first. */
  goOn(): void {
    for (const outlet of [...this.#waiting]) {
      if (this.#window <= 0 || this.#out.isFull) return;
      this.#pump(outlet);
    }
  }

  /** The rest of a body is not sent any more. */
  forget(outlet: Outlet): void {
    this.#waiting.delete(outlet);
    this.#waitingBytes -= outlet.bytes;
    outlet.clear();
  }

  #most(outlet: Outlet): number {
    return Math.min(this.#window, outlet.window, this.#maxFrameBytes);
  }

  #pump(outlet: Outlet): void {
    this.#waiting.delete(outlet);
    for (let most = this.#most(outlet); outlet.bytes > 0 && most > 0; most = this.#most(outlet)) {
      if (this.#out.isFull) this.#out.flush();
      if (this.#out.isFull) break;
      this.#sendPiece(outlet, outlet.take(most));
    }
    if (outlet.bytes === 0) outlet.tellEmpty();
    else if (outlet.window > 0) this.#waiting.add(outlet);
  }

  #sendPiece(outlet: Outlet, piece: Uint8Array): void {
    const { length } = piece;
    this.#window -= length;
    outlet.window -= length;
    this.#waitingBytes -= length;
    const isLast = outlet.hasEnd && outlet.bytes === 0;
    const head = frameHead(length, FrameType.DATA, isLast ? Flag.END_STREAM : 0, outlet.streamId);
    this.#out.bytes(head, piece, isLast ? outlet.left : undefined);
  }

  #sendEnd(outlet: Outlet): void {
    this.#out.text(frameHead(0, FrameType.DATA, Flag.END_STREAM, outlet.streamId), outlet.left);
    outlet.tellEmpty();
  }
}
