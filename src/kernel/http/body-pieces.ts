import { Scratch } from "../memory/block-pool.ts";
import { searchableBytes } from "../webassembly/searchable-bytes.ts";

const EMPTY = Buffer.alloc(0);
/** So many pieces are made one: each costs some hundred bytes beside its own, which a client may send one by one. */
const MOST_LOOSE = 256;

/** Where bodies that come in pieces are put together, one after the other. */
const scratch = new Scratch(searchableBytes);

/** What has come of a body. It takes about as much memory as the client has sent. */
export class BodyPieces {
  #pieces: Buffer[] = [];
  /** How many have come since some were joined last. */
  #loose = 0;

  add(piece: Buffer): void {
    this.#pieces.push(piece);
    if (++this.#loose < MOST_LOOSE) return;
    this.#pieces.push(Buffer.concat(this.#pieces.splice(-MOST_LOOSE)));
    this.#loose = 0;
  }

  clear(): void {
    this.#pieces = [];
    this.#loose = 0;
  }

  /** All of it, which is so long. It may lie in memory that the next body uses again. */
  whole(size: number): Buffer {
    const [only = EMPTY, second] = this.#pieces;
    return second === undefined ? only : joined(this.#pieces, size);
  }
}

function joined(pieces: readonly Buffer[], size: number): Buffer {
  const whole = scratch.take(size);
  let used = 0;
  for (const piece of pieces) used += piece.copy(whole, used);
  return whole.subarray(0, size);
}
