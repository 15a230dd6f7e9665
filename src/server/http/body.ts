import type { IncomingMessage } from "node:http";
import { Scratch } from "../../kernel/block-pool.ts";

const EMPTY = Buffer.alloc(0);
/** So many pieces are made one: each costs some hundred bytes beside its own, which a client may send one by one. */
const MOST_LOOSE = 256;

/** Where bodies that come in pieces are put together, one after the other. */
const scratch = new Scratch();

/**
 * Hands over the whole body, which is there until `done` returns, or undefined as soon as it has grown past `maxBytes`.
 * What follows then is read and dropped, so that the client gets to see its answer; one who goes on as long again is cut
 * off.
 */
export function readBody(request: IncomingMessage, maxBytes: number, done: (body: Buffer | undefined) => void): void {
  const pieces = new Pieces();
  let size = 0;
  request.on("data", (chunk: Buffer) => {
    const sizeBefore = size;
    size += chunk.length;
    if (size <= maxBytes) pieces.add(chunk);
    else if (sizeBefore <= maxBytes) {
      pieces.clear();
      done(undefined);
    } else if (size > 2 * maxBytes) request.destroy();
  });
  request.on("end", () => {
    // HTTP/2 requests end even when the connection breaks off in the middle.
    if (size <= maxBytes && !request.aborted) done(pieces.whole(size));
  });
}

/** What has come of a body. */
class Pieces {
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
  }

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
