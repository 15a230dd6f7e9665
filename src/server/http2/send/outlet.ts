import { Deque } from "../../../kernel/collection/deque.ts";
import type { Left } from "./outgoing.ts";

const NOTHING = new Uint8Array(0);

/** What is still to be sent of the body of one answer, and how much of it its client takes. */
export class Outlet {
  readonly streamId: number;
  /** How much the client takes; below 0 once it has changed its mind. RFC 9113 §6.9.2 */
  window: number;
  /** How much there is. */
  bytes = 0;
  /** Hears when there is nothing any more, or never will be. */
  onEmpty: (() => void) | undefined;
  #pieces: Deque<Uint8Array> | undefined;
  /** The first piece, or what is left of it. */
  #first: Uint8Array = NOTHING;
  #left: Left | undefined;
  #hasEnd = false;

  constructor(streamId: number, window: number) {
    this.streamId = streamId;
    this.window = window;
  }

  /** Whether what there is is all. */
  get hasEnd(): boolean {
    return this.#hasEnd;
  }

  /** Who hears that all of it has left. */
  get left(): Left | undefined {
    return this.#left;
  }

  add(piece: Uint8Array): void {
    if (piece.length === 0) return;
    this.bytes += piece.length;
    if (this.#first.length === 0) this.#first = piece;
    else {
      this.#pieces ??= new Deque();
      this.#pieces.push(piece);
    }
  }

  /** No more is added. */
  end(left: Left | undefined): void {
    this.#hasEnd = true;
    this.#left = left;
  }

  /** Takes out so much at most, and at least a byte. */
  take(mostBytes: number): Uint8Array {
    const piece = this.#first;
    if (piece.length <= mostBytes) {
      this.#first = this.#pieces?.shift() ?? NOTHING;
      this.bytes -= piece.length;
      return piece;
    }
    this.#first = piece.subarray(mostBytes);
    this.bytes -= mostBytes;
    return piece.subarray(0, mostBytes);
  }

  /** Lets go of all there is. */
  clear(): void {
    this.bytes = 0;
    this.#first = NOTHING;
    this.#pieces = undefined;
    this.tellEmpty();
  }

  tellEmpty(): void {
    const hear = this.onEmpty;
    this.onEmpty = undefined;
    hear?.();
  }
}
